import type { Interval } from "../model/verdict.ts";

/** What became of one comparison of a reading in two versions. */
export const states = ["slower", "entangled", "faster", "same", "undecided", "new", "gone", "broken"] as const;
export type State = (typeof states)[number];

/** Logs of head over base, one a replicate: of the duet, and of the isolated instrument. */
export interface Evidence {
  readonly duet: readonly number[];
  readonly isolated: readonly number[];
}

/** What a comparison comes to. */
export interface Decision {
  readonly state: Exclude<State, "new" | "gone" | "broken">;
  /** Head over base: of the confirmation alone where there was one, because what is picked for being large is too large. */
  readonly ratio: Interval;
  /** An entangled comparison counts as slower if the isolated instrument says so twice. */
  readonly slower: boolean;
  /** Smallest slowdown that would have been seen four times out of five, as a ratio. */
  readonly detectable: number;
}
