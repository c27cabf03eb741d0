import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { RUNTIME_MEMORY } from "../host/memory.ts";
import { endOf, lastWords } from "../load/last-words.ts";
import type { Reply, Request } from "./protocol.ts";

export interface Limits {
  /** Seconds after which the process is ended. */
  readonly timeout: number;
  /** Bytes of private memory, enforced where the system can (`canLimitMemory`). */
  readonly memory: number;
}

/** What every process may answer instead of what it was asked for. */
export interface Failed {
  readonly task: "failed";
  readonly message: string;
}

/** How the lab has something done in a process of its own: a real one, or in the tests a simulated one. */
export type Launcher<Asked, Answer> = (
  asked: Asked,
  flags: readonly string[],
  limits: Limits,
  signal: AbortSignal,
) => Promise<Answer | Failed>;

/** How the lab has something measured. */
export type Launch = Launcher<Request, Reply>;

/** Linux counts private writable memory, typed arrays included, against RLIMIT_DATA; other systems ignore it or have none. */
export const canLimitMemory = process.platform === "linux";

/** Without it every trial would strip the types of every file again, which takes longer than most trials. */
const CODE_CACHE = fileURLToPath(new URL("../../node_modules/.cache/assay", import.meta.url));
const GRACE = 0.5;
/** Longer waits overflow the timers of the runtime, which then fire at once. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** A process that runs, and what became of it. */
export interface Running<Answer> {
  readonly child: ChildProcess;
  /** Its reply, once it and all it started are gone. Never rejects: whatever goes wrong is `failed`, with a message for the reader. */
  readonly over: Promise<Answer | Failed>;
  /** Ends it, for this reason. */
  readonly end: (why: string) => void;
}

/** A lab that leaves at once takes with it every trial that is too busy to notice. */
const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach(endGroup));

/** Starts a fresh process of this runtime on `entry`, which replies once and ends. @throws what the system has against it. */
export function begin<Answer>(
  entry: URL,
  argument: unknown,
  flags: readonly string[],
  limits: Limits,
  heard: (message: Answer) => boolean = () => true,
): Running<Answer> {
  const child = start(fileURLToPath(entry), argument, flags, limits);
  running.add(child);
  let answer: Answer | undefined;
  let ended: string | undefined;
  const said = lastWords(child);
  const end = (why: string): void => {
    ended ??= why;
    // A story gets a moment to stop its servers; a loop that never yields would not hear it.
    child.kill("SIGTERM");
    setTimeout(() => endGroup(child), GRACE * 1000).unref();
  };
  child.on("message", (message) => {
    if (heard(message as Answer)) answer = message as Answer;
  });
  child.on("error", (error) => (ended ??= notStarted(error)));
  child.on("exit", () => {
    endGroup(child);
    // What escaped the group may hold the output open for as long as it likes.
    setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()), GRACE * 1000).unref();
  });
  const over = new Promise<Answer | Failed>((resolve) => {
    const settle = (code: number | null, killedBy: string | null): void => {
      running.delete(child);
      if (ended === undefined && answer !== undefined) resolve(answer);
      else resolve({ task: "failed", message: ended ?? explain(code, killedBy, said(), limits) });
    };
    child.on("close", settle);
    // What never ran may never close.
    if (child.pid === undefined) child.on("error", () => settle(null, null));
  });
  return { child, over, end };
}

/** Waits for a process within its limit, and ends it where the signal aborts. */
export async function within<T>(awaited: Promise<T>, { end }: Running<unknown>, { timeout }: Limits, signal: AbortSignal): Promise<T> {
  const interrupted = (): void => end("interrupted");
  const clock = setTimeout(() => end(`took longer than its limit of ${timeout} s`), Math.min(timeout * 1000, LONGEST_WAIT));
  if (signal.aborted) interrupted();
  signal.addEventListener("abort", interrupted, { once: true });
  try {
    return await awaited;
  } finally {
    clearTimeout(clock);
    signal.removeEventListener("abort", interrupted);
  }
}

/**
 * Starts a fresh process of this runtime on `entry`, waits for its one reply, and makes sure that it and all it started are gone.
 * Never rejects: whatever goes wrong comes back as `failed`, with a message for the reader.
 */
export const launcher =
  <Asked, Answer>(entry: URL): Launcher<Asked, Answer> =>
  async (request, flags, limits, signal) => {
    if (signal.aborted) return { task: "failed", message: "interrupted" };
    try {
      const process = begin<Answer>(entry, request, flags, limits);
      return await within(process.over, process, limits, signal);
    } catch (error) {
      return { task: "failed", message: notStarted(error as Error) };
    }
  };

/** The system has no room for another process, or not for one with so long a request. */
export const notStarted = (error: Error): string => `the runtime could not be started: ${error.message}`;

/** Where trials are measured. */
export const TRIAL = new URL("./trial.ts", import.meta.url);

/** Measures a trial in a fresh process. */
export const launch: Launch = launcher<Request, Reply>(TRIAL);

function start(entry: string, request: unknown, flags: readonly string[], limits: Limits): ChildProcess {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...environment } = process.env;
  const run = [process.execPath, ...flags, entry, JSON.stringify(request)];
  // A processor-time limit ends even a loop whose lab was killed and can no longer end it.
  const kilobytes = Math.ceil((limits.memory + RUNTIME_MEMORY) / 1024);
  const processorSeconds = Math.ceil(limits.timeout * 4 + 10);
  const limited = `ulimit -d ${kilobytes}; ulimit -c 0; ulimit -t ${processorSeconds}; exec "$@"`;
  const [command, ...parameters] = canLimitMemory ? ["/bin/sh", "-c", limited, "sh", ...run] : run;
  return spawn(command!, parameters, {
    env: { NODE_COMPILE_CACHE: CODE_CACHE, ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // A group of its own, so that what a variant started ends with it.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing was left.
  }
}

function explain(code: number | null, killedBy: string | null, words: string, limits: Limits): string {
  const outOfMemory = /out of memory|allocation failed|FatalOOM|bad_alloc|Cannot allocate/i.test(words);
  if (outOfMemory) return `ran out of memory (its limit is ${Math.round(limits.memory / 1024 / 1024)} MiB)`;
  return endOf(code, killedBy, words, "returned a reading");
}
