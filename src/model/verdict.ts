import type { Bound } from "./claim.ts";
import type { Point } from "./sweep.ts";

/** An estimate with its interval, from `n` rounds. `level` is the confidence it was computed for. */
export interface Interval {
  readonly center: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly level: number;
}

/** One number of a record: a variant's metric at a point, over all rounds. */
export interface Estimate extends Interval {
  readonly experiment: string;
  readonly variant: string;
  readonly point: Point;
  readonly metric: string;
  readonly unit: string;
}

/** Measured rulings partition all results; `cited` and `argued` belong to claims that no program judges. */
export const rulings = [
  "refuted",
  "undecided",
  "weaker",
  "needs full",
  "not run",
  "not tried",
  "consistent with the model",
  "reproduced",
  "cited",
  "argued",
] as const;
export type Ruling = (typeof rulings)[number];

/** The ruling on one reading of a claim, with everything needed to see why. */
export interface Verdict {
  /** Ledger id. */
  readonly claim: string;
  /** `<article>/<experiment>`. */
  readonly experiment: string;
  readonly says: string;
  readonly ruling: Ruling;
  readonly bound: Bound;
  readonly at: Point;
  /** The measured quantity; absent when nothing was measured. For a `value` it is in base units. */
  readonly measured?: Interval;
  /** Largest difference that the null control of this experiment shows, as an absolute log ratio. */
  readonly floor?: number;
  /** Why the ruling is what it is, where the numbers alone do not say. */
  readonly because?: string;
}

/** What all readings of a claim together say: the worst of them. */
export interface ClaimVerdict {
  readonly claim: string;
  readonly ruling: Ruling | "not yet answered";
  readonly verdicts: readonly Verdict[];
}
