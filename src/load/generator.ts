import { companion } from "./companion.ts";
import type { open } from "./generation.ts";
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

/** Seconds that the runtime may take to start, on a machine that is busy with the server under test. */
const START_TIMEOUT = 10;
/** Seconds that the target may take to close. */
export const CLOSE_TIMEOUT = 2;

/**
 * Runs an open loop in a process of its own, with the runtime's default flags, so that neither waits for the other's event loop or
 * garbage collector. The process is gone when the promise settles, and ends by itself if this one dies.
 * @throws one line: what the order, the module, the target or the process did wrong, or that the signal ended it. Failing requests are counted.
 */
export async function generate<Options>(order: Generation<Options> & { readonly signal?: AbortSignal }): Promise<Load> {
  const { signal, ...generation } = order;
  checkOpenLoop(generation);
  const { deadline = order.window + GRACE } = order;
  await using generator = await companion<typeof open>({
    module: new URL("./generation.ts", import.meta.url).href,
    options: generation,
    signal,
    within: START_TIMEOUT + CONNECT_TIMEOUT + deadline + CLOSE_TIMEOUT,
    name: "load generator",
  });
  return generator.ready;
}
