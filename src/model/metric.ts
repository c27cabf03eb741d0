/** The base units in which everything is recorded; only `report/words` prints ns, MiB or ×. */
export type Unit = "seconds" | "bytes" | "count" | "perSecond" | "bytesPerSecond" | "fraction";

/** Which way is good. A chart's caption and the gate need to know; a claim's bound does not. */
export type Better = "lower" | "higher";

/** What one reading means: its base unit, which direction is good, and whether noise can touch it. */
export interface Metric {
  readonly unit: Unit;
  readonly better: Better;
  /** The reading is counted, not timed: every round must give the same number, and one round is enough. */
  readonly exact?: true;
  /** What is read, in words; its name in the file unless given. */
  readonly says?: string;
}

const reading = (unit: Unit, better: Better, says: string | undefined): Metric => ({
  unit,
  better,
  ...(says === undefined ? {} : { says }),
});

export const seconds = (better: Better, says?: string): Metric => reading("seconds", better, says);
export const bytes = (better: Better, says?: string): Metric => reading("bytes", better, says);
export const count = (better: Better, says?: string): Metric => reading("count", better, says);
export const perSecond = (better: Better, says?: string): Metric => reading("perSecond", better, says);
export const bytesPerSecond = (better: Better, says?: string): Metric => reading("bytesPerSecond", better, says);
/** A share between 0 and 1. */
export const fraction = (better: Better, says?: string): Metric => reading("fraction", better, says);

/** Marks a reading as a fact that no noise can touch (a layout's size, whether anything failed). */
export const exact = (metric: Metric): Metric => ({ ...metric, exact: true });

/** What the lab reads of every trial, whoever wrote it. */
export const processMetrics = {
  /** Peak resident memory of the trial's process. */
  rss: bytes("lower"),
  /** Processor time, user and system together: per operation when timed, of the whole story in a scenario. */
  cpu: seconds("lower"),
} as const satisfies Record<string, Metric>;

/** What a timed experiment gets for free; all but `rss` are per operation. */
export const timedMetrics = {
  time: seconds("lower"),
  /** Allocated on the JavaScript heap. */
  bytes: bytes("lower"),
  /** Allocated outside the JavaScript heap (array buffers). */
  externalBytes: bytes("lower"),
  /** Pause of the garbage collector. */
  gc: seconds("lower"),
  ...processMetrics,
} as const satisfies Record<string, Metric>;

export type ProcessMetric = keyof typeof processMetrics;
export type TimedMetric = keyof typeof timedMetrics;
