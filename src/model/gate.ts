import type { Metric, Unit } from "./metric.ts";
import type { Point } from "./sweep.ts";
import type { Interval } from "./verdict.ts";

/**
 * What became of one comparison of a reading in two versions of a benchmark.
 * - `slower`: worse by more than the margin, and confirmed in fresh processes. (Of bytes, counts and rates it means worse, too.)
 * - `entangled`: the two instruments disagree: beside each other the versions read otherwise than alone. The isolated one rules.
 * - `faster`: better by more than the margin. `same`: the interval lies within the margin. `undecided`: neither.
 * - `new`, `gone`: only one version has it. `broken`: it cannot be loaded or fails, in one version or in both.
 */
export const states = ["slower", "entangled", "broken", "undecided", "gone", "new", "faster", "same"] as const;
export type State = (typeof states)[number];

/** Two versions of one thing. */
export interface Versions<T> {
  readonly base: T;
  readonly head: T;
}

/** ln(head / base), one a replicate: what the first look saw, and what fresh processes said of a suspect. */
export interface Replicates {
  readonly duet: readonly number[];
  readonly isolated: readonly number[];
  readonly confirmation: readonly number[];
}

/** One reading of one variant at one point, in two versions. */
export interface Comparison {
  /** `<article>/<experiment>`. */
  readonly experiment: string;
  /** Empty where the state is of the experiment as a whole. */
  readonly variant: string;
  readonly point: Point;
  /** `time`, `bytes`, or the name of a scenario's reading. Empty where the state is of the variant as a whole. */
  readonly metric: string;
  readonly unit: Unit;
  readonly better: Metric["better"];
  /** What an operation is called. */
  readonly per?: string;
  readonly state: State;
  /** Whether it counts against the change: slower, or entangled and slower alone. */
  readonly worse: boolean;
  /** Head over base: of the confirmation alone where there was one, because what is picked for being large is too large. */
  readonly ratio?: Interval;
  /** The readings themselves, in base units: medians of the replicates that the ratio comes from. */
  readonly values?: Versions<number>;
  /** Smallest change for the worse that would have been seen four times out of five, as a ratio above 1. */
  readonly detectable?: number;
  readonly replicates?: Replicates;
  /** What the comparison of this variant at this point cost; the readings of one variant share it. */
  readonly seconds: number;
  /** Why, where the numbers do not say: a failure in one version, a spent budget. */
  readonly because?: string;
  /** Of what is broken: the version at fault; absent where both are, or where neither alone is. */
  readonly fault?: keyof Versions<unknown>;
}

/** Head over base, if that is a number that can be told: a side that read zero has none. */
export const ratioIn = ({ ratio }: Comparison): Interval | undefined =>
  ratio && ratio.center > 0 && Number.isFinite(ratio.center) ? ratio : undefined;

/** How many times worse the head is; infinite where it was nothing and is something. */
function harmOf(it: Comparison): number {
  const ratio = ratioIn(it)?.center;
  const grown =
    ratio ?? (it.values === undefined || it.values.base === it.values.head ? 1 : it.values.head > it.values.base ? Infinity : 0);
  return it.better === "lower" ? grown : 1 / grown;
}

/** Worst first; equals stay in their order. */
export function worstFirst(comparisons: readonly Comparison[]): Comparison[] {
  const harms = new Map(comparisons.map((it) => [it, harmOf(it)]));
  const before = (a: number, b: number): number => (a === b ? 0 : b - a);
  return comparisons.toSorted((a, b) => before(harms.get(a)!, harms.get(b)!));
}

/** What one experiment's versions differ in, as a unified diff of all that it imports, the lab itself left out. */
export interface Change {
  readonly experiment: string;
  readonly diff: string;
  /** Packages of another version: `p-limit 7.3.2 → 7.3.3`. */
  readonly packages: readonly string[];
}

/** One version as the reader named it and as git knows it. */
export interface NamedVersion {
  readonly name: string;
  /** Hash of the commit, with `+` where the work tree differs from it. */
  readonly commit: string;
}

/** A change that nobody minds, as a share: of allocation a smaller one may do, because it hardly varies. */
export interface Margin {
  /** Of time, and of whatever a scenario reads. */
  readonly time: number;
  /** Of the bytes that an operation allocates. */
  readonly bytes: number;
}

export const defaultMargin: Margin = { time: 0.01, bytes: 0.005 };

/** What the version is called that lies on disk as it stands. */
export const WORK_TREE = "work tree";

/** The margin that holds for a reading. */
export const marginFor = ({ time, bytes }: Margin, metric: string): number => (metric === "bytes" ? bytes : time);

/** What `assay gate` found. */
export interface GateResult extends Versions<NamedVersion> {
  readonly margin: Margin;
  /** Worst first within each experiment. */
  readonly comparisons: readonly Comparison[];
  readonly changes: readonly Change[];
  /** Experiments that were not timed because nothing they import differs. */
  readonly unchanged: readonly string[];
  /** Seconds that all of it took. */
  readonly seconds: number;
  readonly exit: number;
}
