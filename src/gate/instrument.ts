import type { Versions } from "../model/gate.ts";
import type { Point } from "../model/sweep.ts";

/** What is compared: one variant at one point, in two versions of its file. */
export interface Pairing {
  /** Paths of the experiment's file in either version. */
  readonly files: Versions<string>;
  readonly variant: string;
  readonly point: Point;
  /** Flags of the runtime. Where they differ only the isolated instrument can compare. */
  readonly flags: Versions<readonly string[]>;
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

/** Why a replicate could not be made, and by whose fault where that is known. */
export interface Unreadable {
  /** `unavailable`: the host lacks a service that the experiment needs. */
  readonly task: "failed" | "unavailable";
  readonly message: string;
  readonly side?: Side;
}

export type Duel = Replicate | Unreadable;

export const sides = ["base", "head"] as const;
export type Side = (typeof sides)[number];

export const other = (side: Side): Side => (side === "base" ? "head" : "base");
