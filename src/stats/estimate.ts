import { processMetrics } from "../model/metric.ts";
import type { RunRecord, Trial } from "../model/record.ts";
import type { Point } from "../model/sweep.ts";
import { pointKey } from "../model/sweep.ts";
import type { Estimate, Interval } from "../model/verdict.ts";
import { levelOf } from "./looks.ts";
import { mean, median } from "./quantiles.ts";
import { logRatios, ratioInterval } from "./ratio.ts";
import { medianInterval } from "./single.ts";

/**
 * One number a round, in base units, keyed by the index of the round: what the trial's samples come to by the record's own centre.
 * The round is the replicate, because samples of one process are not independent. Rounds without such a reading are absent.
 */
export function replicates(
  record: RunRecord,
  variant: string,
  metric: string,
  point: Point,
  { control = false }: { readonly control?: boolean } = {},
): Map<number, number> {
  const centre = record.centre === "mean" ? mean : median;
  const numbers = new Map<number, number>();
  for (const [round, trials] of trialsIn(record).get(cellKey(variant, control, point)) ?? []) {
    const samples = trials.find((trial) => trial.readings[metric])?.readings[metric];
    if (samples) numbers.set(round, centre(samples));
  }
  return numbers;
}

const cellKey = (variant: string, control: boolean, point: Point): string => `${control} ${pointKey(point)} ${variant}`;

const sorted = new WeakMap<object, Map<string, Map<number, Trial[]>>>();

/** The trials of a record by cell and round: a record with a thousand points is asked for each of them, several times. Records do not change. */
function trialsIn({ rounds }: RunRecord): Map<string, Map<number, Trial[]>> {
  let cells = sorted.get(rounds);
  if (!cells) {
    cells = new Map();
    for (const [round, { trials }] of rounds.entries()) {
      for (const trial of trials) {
        const key = cellKey(trial.variant, trial.control ?? false, trial.point);
        const own = cells.get(key) ?? new Map<number, Trial[]>();
        cells.set(key, own.set(round, [...(own.get(round) ?? []), trial]));
      }
    }
    sorted.set(rounds, cells);
  }
  return cells;
}

/** Readings of two variants from the rounds that hold both, in the order of the rounds. */
export interface Pairs {
  readonly of: readonly number[];
  readonly over: readonly number[];
}

export function pairsOf(record: RunRecord, of: string, over: string, metric: string, point: Point): Pairs {
  return matched(replicates(record, of, metric, point), replicates(record, over, metric, point));
}

/** Readings of one variant at two points, from the rounds that hold both. */
export function growthPairs(record: RunRecord, of: string, metric: string, at: Point, since: Point): Pairs {
  return matched(replicates(record, of, metric, at), replicates(record, of, metric, since));
}

function matched(of: ReadonlyMap<number, number>, over: ReadonlyMap<number, number>): Pairs {
  const both = [...of.keys()].filter((round) => over.has(round));
  return { of: both.map((round) => of.get(round)!), over: both.map((round) => over.get(round)!) };
}

/** A fact's interval is its range over the rounds, no wider than nothing unless it varies; no noise, so no doubt: level 1. */
export function exactRange(values: readonly number[]): Interval {
  return { center: median(values), low: Math.min(...values), high: Math.max(...values), n: values.length, level: 1 };
}

/**
 * How many times `of` is what `over` is in pairs of a metric, at the level of the record's looks; of an exact metric the ratio of the facts.
 * Undefined where there are no pairs, or where a reading leaves no ratio (zero or negative; of exact ones only a zero below).
 */
export function quotientOf(record: RunRecord, metric: string, pairs: Pairs): Interval | undefined {
  if (pairs.of.length === 0) return undefined;
  if (!record.metrics[metric]?.exact) return ratioInterval(pairs.of, pairs.over, levelOf(record));
  const ratios = pairs.of.map((reading, round) => reading / pairs.over[round]!);
  return ratios.every(Number.isFinite) ? exactRange(ratios) : undefined;
}

/** How many times `of` is what `over` is at a point. */
export function ratioOf(record: RunRecord, of: string, over: string, metric: string, point: Point): Interval | undefined {
  return quotientOf(record, metric, pairsOf(record, of, over, metric, point));
}

/**
 * The median of a variant's metric at a point over all rounds, in base units; of an exact metric its range.
 * Undefined where there is no reading. The level is that of the record's looks unless another is asked for.
 */
export function valueOf(record: RunRecord, of: string, metric: string, point: Point, level?: number): Interval | undefined {
  const values = [...replicates(record, of, metric, point).values()];
  if (values.length === 0) return undefined;
  return record.metrics[metric]?.exact ? exactRange(values) : medianInterval(values, level ?? levelOf(record));
}

/** Every number of a record that has a reading, by point, variant and metric in the order in which they were declared; level 0.95 unless exact. */
export function estimates(record: RunRecord): Estimate[] {
  return record.points.flatMap((point) =>
    record.variants.flatMap((variant) =>
      Object.entries(record.metrics).flatMap(([metric, { unit }]) => {
        const interval = valueOf(record, variant, metric, point, 0.95);
        return interval ? [{ experiment: record.experiment, variant, point, metric, unit, ...interval }] : [];
      }),
    ),
  );
}

/** What the null control is judged by: `time`, or a scenario's first own reading that noise can touch. Undefined if it has none. */
export function nullMetric(record: RunRecord): string | undefined {
  if (record.kind === "experiment") return "time";
  return Object.keys(record.metrics).find((metric) => !Object.hasOwn(processMetrics, metric) && !record.metrics[metric]!.exact);
}

/** The control of each round beside the first variant's trial at the same point of the same round: the same code under two names. */
export function nullPairs(record: RunRecord, metric: string | undefined = nullMetric(record)): Pairs {
  const first = record.variants[0];
  if (metric === undefined || first === undefined) return { of: [], over: [] };
  const pairs = record.points.map((point) =>
    matched(replicates(record, first, metric, point, { control: true }), replicates(record, first, metric, point)),
  );
  return { of: pairs.flatMap(({ of }) => of), over: pairs.flatMap(({ over }) => over) };
}

/** How much the same code under two names differs; undefined where no round holds both or a reading is not positive. */
export function nullRatio(record: RunRecord, metric: string | undefined = nullMetric(record)): Interval | undefined {
  const { of, over } = nullPairs(record, metric);
  return of.length === 0 ? undefined : ratioInterval(of, over, levelOf(record));
}

/** Log ratios of the null control, for planning; empty where it has none. */
export function nullLogRatios(record: RunRecord, metric: string | undefined = nullMetric(record)): number[] {
  const { of, over } = nullPairs(record, metric);
  return logRatios(of, over) ?? [];
}

/** The largest absolute log ratio in the null's interval: no smaller difference can be told from none. Undefined without a null. */
export function floorOf(record: RunRecord, metric: string | undefined = nullMetric(record)): number | undefined {
  const interval = nullRatio(record, metric);
  return interval && Math.max(Math.abs(Math.log(interval.low)), Math.abs(Math.log(interval.high)));
}
