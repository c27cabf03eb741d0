import type { Failed } from "../measure/launch.ts";
import type { Point } from "../model/sweep.ts";

/** Where the two versions of a benchmark lie. */
export interface Versions<T = string> {
  readonly base: T;
  readonly head: T;
}

/** What is compared: one variant at one point, in two versions of its file. */
export interface Pairing {
  /** Paths of the experiment's file in either version. */
  readonly files: Versions;
  readonly variant: string;
  readonly point: Point;
}

/** What a process is asked that compares two versions once: its answer is one replicate. */
export interface DuelRequest extends Pairing {
  readonly seed: number;
  /** Seconds of batches to keep, both sides together. */
  readonly timing: number;
  /** Shortest and longest warm-up of both sides together, in seconds. */
  readonly warmUp: readonly [shortest: number, longest: number];
  /** How long a load may last, in seconds. */
  readonly window: number;
}

/** One replicate: what one process, or one pair of processes, read of both versions. */
export interface Replicate {
  readonly task: "duel";
  /** Seconds per operation, in the middle of the batches. */
  readonly time: Versions<number>;
  /** ln(head / base): the middle of the blocks, each of which holds both sides twice. */
  readonly logRatio: number;
  /** Bytes that one operation allocates on the heap; absent where it could not be read. */
  readonly bytes?: Versions<number>;
  /** Blocks that were timed. */
  readonly blocks: number;
  /** From the start of the process to its answer, in seconds. */
  readonly seconds: number;
}

export type Duel = Replicate | (Failed & { readonly side?: keyof Versions });

export const sides = ["base", "head"] as const;
export type Side = (typeof sides)[number];

export const other = (side: Side): Side => (side === "base" ? "head" : "base");
