import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { checkOpenLoop, GRACE, type OpenLoop } from "./open-loop.ts";
import type { Load } from "./tally.ts";
import { CONNECT_TIMEOUT } from "./target.ts";

export interface Generation<Options = unknown> extends OpenLoop {
  /** URL of the module whose export opens the target (`OpenTarget`): `new URL("./_name.ts", import.meta.url).href`. */
  readonly module: string;
  /** Name of that export; `default` unless given. */
  readonly export?: string;
  /** Handed to it; anything that can be cloned. */
  readonly options: Options;
}

/** What the generator's process sends back. */
export type Answer = { readonly load: Load } | { readonly error: string };

/** Seconds that the target may take to close. */
export const CLOSE_TIMEOUT = 2;
/** Seconds that the runtime may take to start, on a machine that is busy with the server under test. */
const START_TIMEOUT = 10;
/** Seconds from the answer to the end of the process. */
const END_TIMEOUT = 0.5;
const KEPT_OUTPUT = 2000;
const PROCESS = fileURLToPath(new URL("./generator-process.ts", import.meta.url));

/**
 * Runs an open loop in a process of its own, with the runtime's default flags, so that neither waits for the other's event loop or
 * garbage collector. The process is gone when the promise settles, and ends by itself if this one dies.
 * @throws one line: what the order, the module, the target or the process did wrong, or that the signal ended it. Failing requests are counted.
 */
export async function generate<Options>(order: Generation<Options> & { readonly signal?: AbortSignal }): Promise<Load> {
  const { signal, ...generation } = order;
  checkOpenLoop(generation);
  if (signal?.aborted) throw interrupted(signal);
  const child = start();
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));
  const kill = (): void => void child.kill("SIGKILL");
  // A trial that leaves at once takes its generator with it.
  process.once("exit", kill);
  signal?.addEventListener("abort", kill, { once: true });
  const { deadline = order.window + GRACE } = order;
  const limit = START_TIMEOUT + CONNECT_TIMEOUT + deadline + CLOSE_TIMEOUT;
  let late = false;
  const clock = setTimeout(() => {
    late = true;
    kill();
  }, limit * 1e3);
  try {
    const answer = await answerOf(child, generation);
    if (signal?.aborted) throw interrupted(signal);
    if (late) throw new Error(`the load generator took longer than its limit of ${limit} s`);
    if ("error" in answer) throw new Error(`the load generator failed: ${answer.error}`);
    return answer.load;
  } finally {
    clearTimeout(clock);
    signal?.removeEventListener("abort", kill);
    // It ends when the channel closes. One that is stuck does not notice.
    if (child.connected) child.disconnect();
    const stuck = setTimeout(kill, END_TIMEOUT * 1e3);
    await gone;
    clearTimeout(stuck);
    process.off("exit", kill);
    child.stderr?.destroy();
  }
}

function start(): ChildProcess {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
  return spawn(process.execPath, [PROCESS], {
    env,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
    windowsHide: true,
  });
}

/** A process that ends without an answer has one made up of its last words. Rejects only if the options cannot be sent. */
function answerOf(child: ChildProcess, generation: Generation): Promise<Answer> {
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (words = (words + text).slice(-8 * KEPT_OUTPUT)));
  return new Promise((resolve) => {
    child.once("message", (message) => resolve(message as Answer));
    child.once("error", (error) => resolve({ error: `the runtime could not be started: ${error.message}` }));
    child.once("exit", (code, killedBy) => {
      // What it printed last may still be on its way; something it started may hold the output open for ever.
      const tell = (): void => resolve({ error: explain(code, killedBy, words) });
      child.once("close", tell);
      setTimeout(tell, END_TIMEOUT * 1e3).unref();
    });
    // If it cannot be told, it has ended, and `exit` says why.
    child.send(generation, () => {});
  });
}

function explain(code: number | null, killedBy: string | null, words: string): string {
  const error = words.match(/^\w*Error: .*$/m)?.[0];
  const end = killedBy ? `was ended by ${killedBy}` : `exited with code ${code}`;
  return `its process ${end} before it answered${error ? `: ${error}` : ""}`.slice(0, KEPT_OUTPUT);
}

const interrupted = (signal: AbortSignal): Error => new Error("the load was interrupted", { cause: signal.reason });
