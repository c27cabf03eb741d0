import type { Asked } from "../model/quantity.ts";
import type { RunRecord } from "../model/record.ts";
import type { Interval } from "../model/verdict.ts";
import { replicates } from "./estimate.ts";
import { levelOf } from "./looks.ts";
import { median, quantile } from "./quantiles.ts";
import { ratioInterval } from "./ratio.ts";
import type { Height, Plateau } from "./step-plateaus.ts";
import { plateausOf } from "./step-plateaus.ts";

/** A place where readings along a swept number leave one level for a higher one. */
export interface FoundStep {
  /** Where, in units of the parameter. */
  readonly at: Interval;
  /** The level before and the one after, in base units of the metric, each where it borders on the step. */
  readonly from: number;
  readonly to: number;
}

/**
 * The steps of a staircase, in ascending order, found without being told how many there are.
 *
 * On log–log axes the time of a dependent chase against its size is a row of plateaus, into which `step-plateaus` divides the medians over the
 * rounds. Where a step lies is then read from every round by itself: how many times each size takes what the plateau before takes, with
 * Student's interval of the paired log ratios.
 * - The high end is the first size that has surely left the plateau for good: by more than a quarter of the rise, in logarithms, above the
 *   plateau's line, with no size on the way to the next plateau whose median is back. (Sooner would be too soon: levels drift, caches that are
 *   indexed by physical address begin to miss before they are full, and a single size may be slow.) A rise on which no size surely does is
 *   noise, and no step.
 * - The low end comes from the sizes before that. Of `size` bytes visited in turn a cache of `capacity` bytes can serve no more than the share
 *   capacity / size, whatever it evicts. So a size that takes at most `e` times the plateau, where the next level takes `r` times, shows a
 *   capacity of at least size × (1 − (e − 1) / (r − 1)). What is drift is counted as misses here.
 * - The center is where the line between the medians crosses that quarter.
 *
 * So no interval is narrower than the gap between two measured sizes, and noise widens it. What is found is the *effective* capacity: other
 * tenants of a cache, where the system puts the pages, and other caches on the way (those of address translation) can make it another than
 * the one in the data sheet. A plateau between two steps that holds only one measured size cannot be told from a place on the way up: then
 * the two steps are found as one. Nor can a slow size right before a small step, or at the very end, be told from a step in that place.
 *
 * Simulated in the tests, with single readings and whole sizes that are slow: the intervals cover more often than they must (98 % and more), no step
 * is invented on a level curve, and one is missed where five rounds are noisy and sizes few.
 * Sources: Saavedra & Smith, "Measuring Cache and TLB Performance and Their Effect on Benchmark Runtimes", IEEE Transactions on Computers 44
 * (1995), for the staircase; Cooper & Sandoval, "Portable Techniques to Find Effective Memory Hierarchy Parameters" (Rice University), for
 * effective capacities; Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5 (1966), for the most that any eviction can do.
 */
export function steps(record: RunRecord, variant: string, metric: string, along: string): FoundStep[] {
  return rises(record, variant, metric, along).filter((step) => step !== undefined);
}

/**
 * The nth step (1 is the first) that a claim asks for; undefined if the readings show fewer, and from a rise on of which noise hides where it is:
 * whether it counts as a step is not known then, and so no number of a later one.
 */
export function stepOf(record: RunRecord, quantity: Asked<"step">): Interval | undefined {
  const counted = rises(record, quantity.of, quantity.metric, quantity.along).slice(0, quantity.nth);
  return counted.includes(undefined) ? undefined : counted[quantity.nth - 1]?.at;
}

/** From each plateau to the next; undefined where no size has surely left the one before. */
function rises(record: RunRecord, variant: string, metric: string, along: string): (FoundStep | undefined)[] {
  const readings = complete(record, variant, metric, along);
  if (!readings) return [];
  const plateaus = plateausOf(heightsOf(readings));
  return plateaus.slice(1).map((after, index) => located(readings, plateaus[index]!, after));
}

interface Readings {
  /** Ascending. */
  readonly sizes: readonly number[];
  /** For each size one time a round, in the same rounds for all. */
  readonly times: readonly (readonly number[])[];
  /** Confidence that intervals are to have. */
  readonly level: number;
}

/** The rounds that read every size that was read at all; undefined where there are none, or where a logarithm has no meaning. */
function complete(record: RunRecord, variant: string, metric: string, along: string): Readings | undefined {
  const read = record.points
    .map((point) => ({ size: point[along], rounds: replicates(record, variant, metric, point) }))
    .filter((it): it is { size: number; rounds: Map<number, number> } => typeof it.size === "number" && it.rounds.size > 0)
    .toSorted((a, b) => a.size - b.size);
  const rounds = record.rounds.map((_, round) => round).filter((round) => read.every((it) => it.rounds.has(round)));
  const times = read.map((it) => rounds.map((round) => it.rounds.get(round)!));
  const positive = read.every(({ size }) => size > 0) && times.flat().every((time) => time > 0);
  if (read.length === 0 || rounds.length === 0 || !positive) return undefined;
  return { sizes: read.map(({ size }) => size), times, level: levelOf(record) };
}

/** Medians with their errors: a size's own, but no less than is usual, because a few rounds agree by chance at one size or another. */
function heightsOf({ sizes, times }: Readings): Height[] {
  const logs = times.map((it) => it.map(Math.log));
  const errors = logs.map(errorOfMedian);
  const usual = median(errors);
  return sizes.map((size, index) => ({ x: Math.log(size), y: median(logs[index]!), error: Math.max(errors[index]!, usual) }));
}

/**
 * The median's asymptotic error on normal noise, with the distance of the quartiles for its spread. One reading of five that is twice as slow
 * moves the median little, and this as little; the standard deviation it would make so large that a step could hide in it. A single round
 * tells no error. Quartiles of few readings lie nearer to each other than those of all: by what the last factor makes up for, to 3 % for 5 to 20.
 */
function errorOfMedian(logs: readonly number[]): number {
  const spread = ((quantile(logs, 0.75) - quantile(logs, 0.25)) / 1.349) * (1 + 1.6 / logs.length);
  return (Math.sqrt(Math.PI / 2) * spread) / Math.sqrt(logs.length);
}

/** How much of the way up, in logarithms, a size has left a plateau. */
const SHARE = 0.25;
/** Sizes of one level differ by no more than this factor. */
const EVEN = 1.05;

/** Where the readings go from one plateau to the next; undefined if no size has surely left the one before. */
function located(readings: Readings, before: Plateau, after: Plateau): FoundStep | undefined {
  const { sizes, times, level } = readings;
  const n = times[0]!.length;
  // Beyond the plateau its line goes on level: the drift of a few sizes says nothing of what lies further on.
  const line = (index: number): number => Math.exp(before.at(Math.log(sizes[Math.min(index, before.last)]!)));
  const from = line(before.last);
  const to = Math.exp(after.at(Math.log(sizes[after.first]!)));
  const edge = (to / from) ** SHARE;

  const along = levels(readings, range(before), line);
  const near = range({ first: before.first, last: after.last }).map((index) => {
    const here = times[index]!;
    const drifted = along.map((own) => own * line(index));
    return {
      size: sizes[index]!,
      middle: median(here.map((time, round) => time / drifted[round]!)),
      least: ratioInterval(here, drifted, level)!.low,
    };
  });

  // One slow size among others has left nothing: the search begins behind the last one that is on the level, or on it again.
  const back = near.findLastIndex(({ middle }, nth) => before.first + nth <= after.first && middle <= edge);
  const left = near.findIndex(({ least }, nth) => nth > back && least > edge);
  if (left < 0) return undefined;
  const high = near[left]!.size;
  const shown = range({ first: before.first, last: before.first + left - 1 }).map((index) => shownBy(readings, before, to, index));
  const low = Math.min(high, Math.max(near[0]!.size, ...shown));
  const center = Math.min(high, Math.max(low, crossing(near, edge)));
  return { at: { center, low, high, n, level }, from, to };
}

/** The capacity that the times at one size show at least, where the level behind the step is `to`; 0 where they show nothing. */
function shownBy(readings: Readings, before: Span, to: number, index: number): number {
  const ground = levels(readings, groundFor(readings, before, index), () => 1);
  const most = ratioInterval(readings.times[index]!, ground, readings.level)!.high;
  const rise = to / median(ground);
  // Ground as high as the next level, or surely higher than the size itself, has been slow: nothing can be held against it.
  if (rise <= 1 || most < 1 / EVEN) return 0;
  return readings.sizes[index]! * (1 - (Math.max(1, most) - 1) / (rise - 1));
}

/**
 * The sizes that one is compared with: of the others on the plateau the half with the least medians. Neither must a slow one among two or three
 * raise the ground, nor the last, which may already miss; and ground that is too low only widens an interval.
 */
function groundFor({ times }: Readings, plateau: Span, size: number): number[] {
  const others = range(plateau).filter((index) => index !== size);
  if (others.length === 0) return [size];
  const ascending = others.toSorted((a, b) => median(times[a]!) - median(times[b]!));
  return ascending.slice(0, Math.max(1, Math.floor(others.length / 2)));
}

/** Each round's own level: how its times at these sizes compare with a height. A round that was slow as a whole cancels out of what is divided by it. */
function levels({ times }: Readings, indices: readonly number[], height: (index: number) => number): number[] {
  return times[0]!.map((_, round) => median(indices.map((index) => times[index]![round]! / height(index))));
}

/** Where the medians cross the edge for good before they reach the next plateau, interpolated on log–log axes. */
function crossing(near: readonly { readonly size: number; readonly middle: number }[], edge: number): number {
  const above = near.findLastIndex(({ middle }) => middle <= edge) + 1;
  const [a, b] = [near[above - 1], near[above]];
  if (!a || !b) return (b ?? a)!.size;
  const way = Math.log(edge / a.middle) / Math.log(b.middle / a.middle);
  return a.size * (b.size / a.size) ** way;
}

type Span = Pick<Plateau, "first" | "last">;

const range = ({ first, last }: Span): number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index);
