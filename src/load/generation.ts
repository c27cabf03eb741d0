import { setTimeout } from "node:timers/promises";
import type { Opened } from "./companion.ts";
import { exportedFunction } from "./exported.ts";
import { CLOSE_TIMEOUT, type Generation } from "./generator.ts";
import { Metronome } from "./metronome.ts";
import { openLoop } from "./open-loop.ts";
import type { Load } from "./tally.ts";
import { CONNECT_TIMEOUT, type OpenTarget } from "./target.ts";

/** What a load generator's process does: takes one order, opens the target, runs the open loop, closes the target, hands over the load. */
export async function open(order: Generation): Promise<Opened<Load, never, never>> {
  return { ready: await loaded(order) };
}

async function loaded(order: Generation): Promise<Load> {
  const openTarget = await exportedFunction<OpenTarget>(order.module, order.export ?? "default");
  await using clock = await Metronome.start();
  const target = await within(CONNECT_TIMEOUT, openTarget(order.options as never), "the target was not open");
  try {
    return await openLoop(target, order, { clock });
  } finally {
    await within(CLOSE_TIMEOUT, target.close(), "the target was not closed");
  }
}

async function within<T>(seconds: number, awaited: Promise<T>, what: string): Promise<T> {
  const settled = new AbortController();
  const expired = async (): Promise<never> => {
    await setTimeout(seconds * 1e3, undefined, { signal: settled.signal });
    throw new Error(`${what} within ${seconds} s`);
  };
  try {
    return await Promise.race([awaited, expired()]);
  } finally {
    settled.abort();
  }
}
