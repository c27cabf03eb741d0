import { firstLook } from "../../src/model/effort.ts";
import type { Failure, RunRecord, Trial } from "../../src/model/record.ts";
import type { Metric } from "../../src/model/metric.ts";
import { timedMetrics } from "../../src/model/metric.ts";
import type { Point } from "../../src/model/sweep.ts";
import type { WarningKind } from "../../src/model/warning.ts";

/** Samples of one metric: a list is one list a round (a number is a single sample), so its length is the number of rounds. */
type Samples = readonly (number | readonly number[])[];

/** One column of trials: the same variant at the same point, round by round. A round without a number has no trial. */
export interface Column {
  readonly variant: string;
  readonly point?: Point;
  readonly control?: true;
  readonly readings: { readonly [metric: string]: Samples };
  /** Shown by the first so many of its trials. */
  readonly warned?: { readonly [kind in WarningKind]?: number };
}

/** A trial at rest: nothing was stolen, collected or switched out. */
const quiet: Trial["conditions"] = {
  wall: 0.2,
  cpu: 0.1,
  read: 0.1,
  collections: 0,
  pause: 0,
  involuntarySwitches: 0,
  stolen: 0,
};

/** Of the records that a run may leave the one whose intervals are narrowest: a run of five rounds or fewer may have had one look. */
export const narrowest = (rounds: number): Pick<RunRecord, "looks"> => (rounds <= firstLook ? { looks: 1 } : {});

/** A valid record of the given columns; everything else is plain and can be overridden. */
export function recordOf(columns: readonly Column[], changes: Partial<RunRecord> = {}): RunRecord {
  const lengths = columns.flatMap(({ readings }) => Object.values(readings).map((samples) => samples.length));
  const rounds = Array.from({ length: Math.max(0, ...lengths) }, (_, round) => ({
    trials: columns.flatMap((column) => trialOf(column, round)),
  }));
  const points = new Map(columns.map(({ point = {} }) => [JSON.stringify(point), { ...point }]));
  return {
    schema: 1,
    experiment: "a-post/an-experiment",
    kind: "experiment",
    source: "0123456789abcdef",
    startedAt: "2026-11-21T12:00:00Z",
    effort: "quick",
    seed: 1,
    runtime: "v26.10.0",
    flags: [],
    host: { id: "0123456789ab", cpu: "a processor", arch: "x64", cores: 2, memory: 2 ** 33, os: "linux", virtual: true, caches: [] },
    metrics: { ...timedMetrics },
    variants: [...new Set(columns.map(({ variant }) => variant))],
    points: points.size > 0 ? [...points.values()] : [{}],
    centre: "median",
    agreement: { agree: true },
    memoryLimit: 2 ** 30,
    rounds,
    failures: [] as Failure[],
    digest: "0".repeat(64),
    ...changes,
  };
}

function trialOf(column: Column, round: number): Trial[] {
  const readings = Object.entries(column.readings).flatMap(([metric, samples]) => {
    const sample = samples[round];
    return sample === undefined ? [] : [[metric, typeof sample === "number" ? [sample] : [...sample]] as const];
  });
  if (readings.length === 0) return [];
  const warnings = Object.entries(column.warned ?? {}).flatMap(([kind, some]) => (round < some ? [kind as WarningKind] : []));
  const { variant, point = {}, control } = column;
  return [{ variant, point: { ...point }, ...(control && { control }), readings: Object.fromEntries(readings), conditions: quiet, warnings }];
}

/** What turns a record into that of a scenario with these metrics. */
export function scenarioWith(metrics: { readonly [metric: string]: Metric }): Partial<RunRecord> {
  return { kind: "scenario", metrics: { ...metrics, rss: timedMetrics.rss, cpu: timedMetrics.cpu }, agreement: null };
}
