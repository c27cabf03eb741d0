import { setTimeout } from "node:timers/promises";
import { CLOSE_TIMEOUT, type Answer, type Generation } from "./generator.ts";
import { Metronome } from "./metronome.ts";
import { openLoop } from "./open-loop.ts";
import type { Load } from "./tally.ts";
import { CONNECT_TIMEOUT, type OpenTarget } from "./target.ts";

/**
 * The process of a load generator: takes one order, opens the target, runs the open loop, closes the target, sends one answer, and ends
 * when its parent has read it, or has died.
 */
process.on("disconnect", () => process.exit(0));
// What a target forgot to catch is the answer, not a stack on the terminal.
process.on("uncaughtException", (error) => reply({ error: lineOf(error) }));
process.once("message", (order) => void run(order as Generation<never>));

async function run(order: Generation<never>): Promise<void> {
  try {
    reply({ load: await loaded(order) });
  } catch (error) {
    reply({ error: lineOf(error) });
  }
}

async function loaded(order: Generation<never>): Promise<Load> {
  const open = await targetOf(order);
  await using clock = await Metronome.start();
  const target = await within(CONNECT_TIMEOUT, open(order.options), "the target was not open");
  try {
    return await openLoop(target, order, { clock });
  } finally {
    await within(CLOSE_TIMEOUT, target.close(), "the target was not closed");
  }
}

async function targetOf({ module, export: name = "default" }: Generation): Promise<OpenTarget> {
  const exported = ((await import(module)) as Record<string, unknown>)[name];
  if (typeof exported !== "function") throw new TypeError(`${module} has no function as its export ${name}`);
  return exported as OpenTarget;
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

function lineOf(error: unknown): string {
  const line = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return line.split("\n", 1)[0]!;
}

let replied = false;
function reply(answer: Answer): void {
  if (replied || !process.connected) return;
  replied = true;
  process.send!(answer);
}
