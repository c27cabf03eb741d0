import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { endOf, lastWords } from "./last-words.ts";

/** What a companion's module opens in the other process. */
export interface Opened<Ready, Question, Answer> {
  /** Sent once, when the companion can be used: its port, say. Anything that can be cloned. */
  readonly ready: Ready;
  /** Answers what the parent asks; both can be cloned. Questions may overlap. */
  answer?(question: Question): Answer | Promise<Answer>;
  /** Closes servers and connections; has `END_TIMEOUT` seconds for it. */
  [Symbol.asyncDispose]?(): Promise<void>;
}

/** An export of a companion's module: runs in the other process. */
export type OpenCompanion<Options = unknown, Ready = unknown, Question = never, Answer = unknown> = (
  options: Options,
) => Promise<Opened<Ready, Question, Answer>>;

// The type of any module's export: what `infer` below reads its parts from.
type AnyOpen = OpenCompanion<never, unknown, never, unknown>;
type OptionsOf<Open> = Open extends (options: infer Options) => unknown ? Options : never;
type OpenedBy<Open extends AnyOpen> = Awaited<ReturnType<Open>>;
type Asking<Open extends AnyOpen> =
  OpenedBy<Open> extends Opened<unknown, infer Question, infer Answer> ? (question: Question) => Promise<Answer> : never;

export interface CompanionOrder<Open extends AnyOpen> {
  /** URL of the module: `new URL("./_name.ts", import.meta.url).href`. */
  readonly module: string;
  /** Name of the export that opens it; `open` unless given. */
  readonly export?: string;
  /** Handed to it; anything that can be cloned. */
  readonly options: OptionsOf<Open>;
  /** Seconds that it may take to be ready; 10 unless given. */
  readonly within?: number;
  /** Ends the companion when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** What errors call it; `companion` unless given. */
  readonly name?: string;
}

/** A process of its own, with the runtime's default flags, that runs one of our modules. Ends when disposed, and when its parent dies. */
export interface Companion<Open extends AnyOpen> extends AsyncDisposable {
  readonly pid: number;
  readonly ready: OpenedBy<Open>["ready"];
  /** @throws one line: what its answer threw, or that its process ended first. */
  readonly ask: Asking<Open>;
  /** For companions that are killed on purpose. */
  kill(signal: NodeJS.Signals): void;
  /** How its process ended, whoever ended it. */
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What the parent says. */
export type Said =
  | { readonly open: { readonly module: string; readonly export: string; readonly options: unknown } }
  | { readonly id: number; readonly question: unknown };
/** What the companion says; `error` without an `id` is its end. */
export type Told =
  | { readonly ready: unknown }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id?: number; readonly error: string };

/** Seconds in which a companion closes what it opened. */
export const END_TIMEOUT = 0.5;
/** Seconds until a companion that has not noticed its end is killed: longer, so that its own time is not cut short. */
const STUCK = 2 * END_TIMEOUT;
const READY_TIMEOUT = 10;
const PROCESS = fileURLToPath(new URL("./companion-process.ts", import.meta.url));

/**
 * Starts a companion and waits until it is ready.
 * @throws one line: what the module or the process did wrong, that it took too long, or that the signal ended it. The process is gone then.
 */
export async function companion<Open extends AnyOpen>(order: CompanionOrder<Open>): Promise<Companion<Open>> {
  const { module, options, within = READY_TIMEOUT, signal, name = "companion" } = order;
  if (signal?.aborted) throw interrupted(name, signal);
  const running = start();
  const { child } = running;
  const kill = (): void => void child.kill("SIGKILL");
  signal?.addEventListener("abort", kill, { once: true });
  const end = async (): Promise<void> => {
    signal?.removeEventListener("abort", kill);
    // It ends when the channel closes. One that is stuck does not notice.
    if (child.connected) child.disconnect();
    const stuck = setTimeout(kill, STUCK * 1e3);
    await running.ended;
    clearTimeout(stuck);
    child.stderr?.destroy();
  };
  let late = false;
  const clock = setTimeout(() => {
    late = true;
    kill();
  }, within * 1e3);
  try {
    const ready = await running.open({ module, export: order.export ?? "open", options });
    return {
      pid: child.pid!,
      ready,
      ask: (async (question: unknown) => {
        try {
          return await running.ask(question);
        } catch (error) {
          throw signal?.aborted ? interrupted(name, signal) : failed(name, error);
        }
      }) as Asking<Open>,
      kill: (killedBy) => void child.kill(killedBy),
      ended: running.ended,
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    if (signal?.aborted) throw interrupted(name, signal);
    if (late) throw new Error(`the ${name} took longer than its limit of ${within} s`, { cause: error });
    throw failed(name, error);
  } finally {
    clearTimeout(clock);
  }
}

const interrupted = (name: string, signal: AbortSignal): Error => new Error(`the ${name} was interrupted`, { cause: signal.reason });
const failed = (name: string, error: unknown): Error => new Error(`the ${name} failed: ${(error as Error).message}`);

/** A trial that leaves at once takes its companions with it. */
const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** A process and the conversation with it. */
function start() {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
  const child = spawn(process.execPath, [PROCESS], {
    env,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
    windowsHide: true,
  });
  running.add(child);
  const ended = Promise.withResolvers<Ended>();
  child.once("exit", (code, signal) => ended.resolve({ code, signal })).once("error", () => ended.resolve({ code: null, signal: null }));
  void ended.promise.then(() => running.delete(child));

  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let over: Error | undefined;
  const fail = (line: string): void => {
    over ??= new Error(line);
    for (const { reject } of waiting.values()) reject(over);
    waiting.clear();
  };
  const settle = (id: number, told: Told): void => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if ("error" in told) asked?.reject(new Error(told.error));
    else asked?.resolve("ready" in told ? told.ready : told.answer);
  };
  child.on("message", (told: Told) => {
    if ("ready" in told) settle(0, told);
    else if (told.id === undefined) fail((told as { error: string }).error);
    else settle(told.id, told);
  });
  watchEnd(child, fail);

  let asked = 0;
  const say = (said: Said, id: number): Promise<unknown> => {
    if (over) return Promise.reject(over);
    // If it cannot be told because it has ended, `watchEnd` says why. What cannot be cloned throws here, with nobody waiting yet.
    child.send(said, () => {});
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    return answer.promise;
  };
  return {
    child,
    ended: ended.promise,
    open: async (open: { module: string; export: string; options: unknown }) => say({ open }, 0),
    ask: async (question: unknown) => say({ id: ++asked, question }, asked),
  };
}

/** A process that ends without an answer has one made up of its last words. */
function watchEnd(child: ChildProcess, fail: (line: string) => void): void {
  const words = lastWords(child);
  child.once("error", (error) => fail(`the runtime could not be started: ${error.message}`));
  child.once("exit", (code, killedBy) => {
    // What it printed last may still be on its way; something it started may hold the output open for ever.
    const tell = (): void => fail(`its process ${endOf(code, killedBy, words(), "answered")}`);
    child.once("close", tell);
    setTimeout(tell, END_TIMEOUT * 1e3).unref();
  });
}
