import { z } from "zod";
import { efforts } from "./effort.ts";
import { pointKey, type Point } from "./sweep.ts";
import { warningKinds } from "./warning.ts";

/**
 * The record: the one thing through which measuring and reporting meet, as it stands on disk.
 * All readings are raw and in base units, so that anyone can redo the statistics.
 */

const Finite = z.number();
const Name = z.string().min(1).max(200);
const Text = z.string().max(4000);
const PointSchema = z.record(Name, z.union([Finite, z.string().max(200), z.boolean()]));

export const MetricSchema = z.strictObject({
  unit: z.enum(["seconds", "bytes", "count", "perSecond", "bytesPerSecond", "fraction"]),
  better: z.enum(["lower", "higher"]),
  exact: z.literal(true).optional(),
  says: z.string().max(120).optional(),
});

export const HostSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{12}$/),
  label: z.string().max(200).optional(),
  cpu: z.string().max(200),
  arch: z.string().max(40),
  cores: z.int().positive(),
  memory: Finite.nonnegative(),
  os: z.string().max(100),
  virtual: z.boolean().nullable(),
  caches: z.array(z.strictObject({ level: z.int().positive(), bytes: Finite.positive() })).max(16),
});

/** What went on around the readings of one trial; seconds and counts. */
const ConditionsSchema = z.strictObject({
  /** From the start of the process to the end of the trial; where the process was started ahead of it or has run others, from its own beginning. */
  wall: Finite.nonnegative(),
  /** Processor time of the process while it was being read. */
  cpu: Finite.nonnegative(),
  /** Wall time while it was being read. */
  read: Finite.nonnegative(),
  collections: z.int().nonnegative(),
  pause: Finite.nonnegative(),
  involuntarySwitches: z.int().nonnegative(),
  /** Processor time taken by the hypervisor, over all cores; null where the system does not tell. */
  stolen: Finite.nonnegative().nullable(),
  /** Calls in a batch; absent in a scenario. */
  batch: z.int().positive().optional(),
  /** What a fixed piece of arithmetic took at its quickest around the batches of this trial. */
  atRest: Finite.positive().optional(),
  /** Batches that do not count, because something else used the core while they ran. */
  leftOut: z.int().nonnegative().optional(),
  steady: z.boolean().optional(),
});

export const TrialSchema = z.strictObject({
  variant: Name,
  /** The null control: the first variant under a second name. */
  control: z.literal(true).optional(),
  point: PointSchema,
  /** Flags with which this trial was started, where they depend on the point. */
  flags: z.array(z.string().max(200)).optional(),
  stopwatch: z.enum(["mitata", "tinybench"]).optional(),
  /** For each metric the raw samples in the order in which they were taken. */
  readings: z.record(Name, z.array(Finite).min(1)),
  conditions: ConditionsSchema,
  warnings: z.array(z.enum(warningKinds)),
});

const FailureSchema = z.strictObject({
  phase: z.enum(["load", "agree", "trial"]),
  variant: Name.optional(),
  point: PointSchema.optional(),
  message: Text,
});

export const RunRecordSchema = z.strictObject({
  schema: z.literal(1),
  /** `<article>/<experiment>`. */
  experiment: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/),
  kind: z.enum(["experiment", "scenario"]),
  /** Hash of all code, package versions, runtime and flags that the readings depend on. */
  source: z.string().regex(/^[0-9a-f]{16}$/),
  /** Commit of the benchmarks, with `+` where the work tree differed; absent outside git. */
  commit: z.string().max(80).optional(),
  startedAt: z.iso.datetime(),
  effort: z.enum(efforts),
  seed: z.int().nonnegative(),
  runtime: z.string().max(100),
  flags: z.array(z.string().max(200)),
  host: HostSchema,
  metrics: z.record(Name, MetricSchema),
  variants: z.array(Name).min(1),
  points: z.array(PointSchema).min(1),
  /** Points that this host could not try, and why. */
  skipped: z.array(z.strictObject({ point: PointSchema, because: Text })).optional(),
  /** Variants for which this host has no service (no such engine), and why. */
  lacking: z.array(z.strictObject({ variant: Name, because: Text })).optional(),
  /** How the samples of a timed trial become one number. */
  centre: z.enum(["median", "mean"]),
  /** What an operation is called. */
  per: z.string().max(60).optional(),
  /** How the variants' results compare; null in a scenario. */
  agreement: z.union([z.strictObject({ agree: z.boolean(), detail: Text.optional() }), z.null()]),
  /** All trials of a round shared one process. */
  together: z.literal(true).optional(),
  /** How many looks at the claims there was time for; two unless given. */
  looks: z.int().min(1).max(2).optional(),
  /** The most bytes of private memory that a trial was limited to; null where the system has no such limit. */
  memoryLimit: Finite.nullable(),
  rounds: z.array(
    z.strictObject({
      /** Trials in the order in which they ran. */
      trials: z.array(TrialSchema),
    }),
  ),
  failures: z.array(FailureSchema),
  /** Why nothing was measured here: what the host lacks. */
  notTried: Text.optional(),
  /** SHA-256 of everything else in this record, so that a cut or an edited one is noticed. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});

export type RunRecord = z.infer<typeof RunRecordSchema>;

/** The points of a record that this host could try. */
export function pointsTried({ points, skipped = [] }: Pick<RunRecord, "points" | "skipped">): readonly Point[] {
  const left = new Set(skipped.map(({ point }) => pointKey(point)));
  return points.filter((point) => !left.has(pointKey(point)));
}

export type Trial = z.infer<typeof TrialSchema>;
export type Failure = z.infer<typeof FailureSchema>;
export type Conditions = z.infer<typeof ConditionsSchema>;
export type Round = RunRecord["rounds"][number];
