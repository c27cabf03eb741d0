import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import { host } from "../host/fingerprint.ts";
import { seeded } from "../inputs/random.ts";
import { allocationOf } from "../measure/allocation.ts";
import { batchOf, type Batch } from "../measure/batch.ts";
import { now } from "../measure/clock.ts";
import { dispose } from "../measure/dispose.ts";
import { reachTopTierSoon } from "../measure/flags.ts";
import { replyTo } from "../measure/together.ts";
import type { DefinedExperiment } from "../model/experiment.ts";
import type { Point } from "../model/sweep.ts";
import type { Side, Unreadable } from "./instrument.ts";

/** One version of a variant, set up in this process and ready to be timed. */
export interface Prepared extends AsyncDisposable {
  /** Times one batch of so many calls, in seconds, after one call that is not timed: it pays for what the other side left in the caches. */
  time(calls: number): Promise<number>;
  /** Bytes that one operation allocates on the heap; none where they cannot be told from what the process does beside it. */
  bytes(limit: number): Promise<number>;
  /** Operations of one call. */
  readonly perCall: number;
}

/** What the process itself may allocate while a stretch of calls is read, in bytes: what is less is none of the calls'. */
const DISTURBANCE = 16 * 1024;

const NAME_OF_LAB = "#lab";
const LAB = new URL("../lab.ts", import.meta.url).href;

/** Called with every module that is resolved, and with the one that asks for it. */
export type Resolved = (importer: string, address: string) => void;

/**
 * Has every version use this lab. A benchmark of an older version lies in a work tree with a lab of its own, and what is compared would then be
 * the harness as well as the code.
 */
export function useThisLab(resolved?: Resolved): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === NAME_OF_LAB) return { url: LAB, shortCircuit: true };
      const found = next(specifier, context);
      if (context.parentURL !== undefined) resolved?.(context.parentURL, found.url);
      return found;
    },
  });
}

export interface SideRequest {
  readonly file: string;
  readonly variant: string;
  readonly point: Point;
  readonly seed: number;
  readonly window: number;
}

/** The address of a version's file: a path, or an address with parameters of its own (`file:…?extra=5`), which make it another module. */
export const addressOf = (file: string): string => (file.startsWith("file:") ? file : pathToFileURL(file).href);

/** Imports a version's file. @throws what it throws. */
export async function definitionAt(file: string): Promise<DefinedExperiment> {
  return ((await import(addressOf(file))) as { default: DefinedExperiment }).default;
}

/** Sets one version up. @throws what its file, its setup or its first call throws. */
export async function prepare(definition: DefinedExperiment, { variant, point, seed, window }: SideRequest): Promise<Prepared> {
  const signal = new AbortController().signal;
  const stage = { variant, window, signal, random: seeded(seed), host: host() };
  const input = await definition.setup?.(point, stage);
  const call = definition.variants[variant] as ((input: unknown) => unknown) | undefined;
  if (!call) throw new Error(`there is no variant ${variant}`);
  const { operations = 1 } = definition;
  const perCall = typeof operations === "function" ? operations(point) : operations;
  reachTopTierSoon();
  const first = call(input);
  const asynchronous = first instanceof Promise;
  if (asynchronous) await first;
  const batch = batchOf(call, input, asynchronous ? "asynchronous" : "synchronous");
  const run = runOf(batch, asynchronous);
  return {
    perCall,
    async time(calls) {
      await run(1);
      batch.calls = calls;
      const began = now();
      const running = batch.run();
      if (running instanceof Promise) await running;
      return now() - began;
    },
    async bytes(limit) {
      const { heap, calls: together } = await allocationOf(run, limit, now);
      return heap * together < DISTURBANCE ? 0 : heap / perCall;
    },
    [Symbol.asyncDispose]: () => dispose(input),
  };
}

/** Runs so many calls, and is asynchronous only where they are. */
function runOf(batch: Batch, asynchronous: boolean): (calls: number) => unknown {
  const plainly = (calls: number): unknown => {
    batch.calls = calls;
    return batch.run();
  };
  return asynchronous ? async (calls) => void (await plainly(calls)) : plainly;
}

/** What is said of something that one side threw. */
export function unreadable(error: unknown, side?: Side): Unreadable {
  const reply = replyTo(error);
  const message = reply.task === "unavailable" ? reply.because : (reply as { message: string }).message;
  return { task: reply.task === "unavailable" ? "unavailable" : "failed", message, ...(side && { side }) };
}
