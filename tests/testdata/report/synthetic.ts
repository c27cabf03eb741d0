import { article } from "../../../src/model/article.ts";
import { ratio, value } from "../../../src/model/claim.ts";
import { experiment, scenario, type Definition } from "../../../src/model/experiment.ts";
import { count, exact, perSecond, seconds } from "../../../src/model/metric.ts";
import type { RunRecord } from "../../../src/model/record.ts";
import { type Point, pointsOf, pointKey } from "../../../src/model/sweep.ts";
import type { Estimate, Interval, Ruling, Verdict } from "../../../src/model/verdict.ts";
import { seeded } from "../../../src/inputs/random.ts";
import { KiB, MiB, doubling } from "../../../src/inputs/sizes.ts";

/** Records that nobody measured, one for each shape a chart can take. Seeded: the same on every machine. */

export const post = article({
  title: "What the cache line costs",
  slug: "what-the-cache-line-costs",
  url: "https://journal.example/what-the-cache-line-costs/",
  published: "2026-06",
  claims: {
    "cache-01": { claim: "Once the data has outgrown the cache, disorder costs at least threefold.", quantity: "3×", where: "post", testable: "measure" },
    "cache-02": { claim: "While the data fits in the first level, order does not matter.", where: "listing", testable: "measure" },
    "cache-03": { claim: "A cache line holds 64 bytes.", quantity: "64 B", where: "post", testable: "cite", source: { title: "Optimization Reference Manual", url: "https://vendor.example/manual", date: "2026-05-02" } },
    "cache-04": { claim: "Most programmers never think of this.", where: "post", testable: "argue", because: "No program can ask most programmers what they think of." },
    "cache-05": { claim: "Reordering the fields saves 16 bytes an object.", quantity: "56 → 40 B", where: "post", testable: "check" },
    "cache-06": { claim: "A limit on concurrency keeps descriptors from running out.", where: "post", testable: "measure" },
    "cache-07": { claim: "The queue keeps its promises at 20 jobs a second.", where: "post", testable: "measure" },
  },
});

const host: RunRecord["host"] = {
  id: "a1b2c3d4e5f6",
  label: "reference host: shared 2-core virtual machine",
  cpu: "Intel(R) Xeon(R) Processor @ 2.60GHz",
  arch: "x64",
  cores: 2,
  memory: 8 * 1024 * MiB,
  os: "Linux 6.1",
  virtual: true,
  caches: [
    { level: 1, bytes: 48 * KiB },
    { level: 2, bytes: 2 * MiB },
    { level: 3, bytes: 33 * MiB },
  ],
};

/** What a round of a variant reads at a point, before noise (samples of a distribution as they are); undefined where it fails. */
export type Truth = (variant: string, point: Point) => { readonly [metric: string]: number | readonly number[] } | undefined;

/** A record of `rounds` rounds whose readings are the truth times log-normal noise of 4 % (none for exact metrics). */
export function recordOf(id: string, definition: Definition, truth: Truth, rounds = 8): RunRecord {
  const random = seeded(id.length);
  const noise = (): number => Math.exp(0.04 * (random() + random() + random() + random() - 2) * 1.7);
  const points = pointsOf(definition.sweep);
  const conditions = { wall: 0.2, cpu: 0.1, read: 0.03, collections: 0, pause: 0, involuntarySwitches: 1, stolen: 0, batch: 100, steady: true };
  const trial = (variant: string, point: Point, control: boolean) => {
    const read = truth(variant, point);
    if (read === undefined) return [];
    const noisy = (metric: string, it: number): number => (definition.metrics[metric]?.exact ? it : it * noise());
    const readings = Object.fromEntries(Object.entries(read).map(([metric, it]) => [metric, typeof it === "number" ? [noisy(metric, it)] : [...it]]));
    return [{ variant, point: { ...point }, ...(control && { control: true as const }), readings, conditions, warnings: [] }];
  };
  return {
    schema: 1,
    experiment: id,
    kind: definition.kind,
    source: "0123456789abcdef",
    commit: "4f2a9c1",
    startedAt: "2026-11-21T09:30:00Z",
    effort: "quick",
    seed: 7,
    runtime: "node 26.10.0",
    flags: [],
    host,
    metrics: Object.fromEntries(Object.entries(definition.metrics).map(([name, metric]) => [name, { ...metric }])),
    variants: [...definition.variantNames],
    points: points.map((point) => ({ ...point })),
    centre: "median",
    ...(definition.kind === "experiment" && definition.per !== undefined && { per: definition.per }),
    agreement: definition.kind === "experiment" ? { agree: true } : null,
    memoryLimit: null,
    rounds: Array.from({ length: rounds }, () => ({
      trials: points.flatMap((point) => [
        ...definition.variantNames.flatMap((variant) => trial(variant, point, false)),
        ...trial(definition.variantNames[0]!, point, true),
      ]),
    })),
    failures: [],
    digest: "0".repeat(64),
  };
}

/** Verdicts on all claims of a definition, ruled as told, in order. */
export function verdictsOf(id: string, definition: Definition, rulings: readonly Ruling[], measured?: readonly (Interval | undefined)[]): Verdict[] {
  const claims = Object.entries(definition.claims).flatMap(([claim, readings]) => (readings ?? []).map((it) => ({ claim, it })));
  return claims.map(({ claim, it }, index) => ({
    claim,
    experiment: id,
    says: it.says,
    ruling: rulings[index] ?? "undecided",
    bound: it.holds,
    at: it.at ?? {},
    ...(measured?.[index] && { measured: measured[index] }),
    floor: 0.02,
  }));
}

const run = (): number => 0;

export const staircase = experiment(post, {
  question: "What does one read cost once the data has outgrown the cache?",
  sweep: { bytes: doubling(16 * KiB, 64 * MiB) },
  variants: { ordered: run, "page by page": run, scattered: run },
  per: "read",
  claims: {
    "cache-01": [{ says: "at 64 MiB disorder costs at least threefold", holds: ratio("scattered", "ordered").atLeast(3), at: { bytes: 64 * MiB } }],
    "cache-02": [{ says: "at 16 KiB order makes less than a tenth", holds: ratio("scattered", "ordered").between(0.9, 1.1), at: { bytes: 16 * KiB } }],
  },
});

/** Steps where the host's caches end. */
export const climb: Truth = (variant, { bytes }) => {
  const size = Number(bytes);
  const step = (edge: number, cost: number): number => cost / (1 + (edge / size) ** 2.2);
  const ladder = 1.6 + step(48 * KiB, 3.2) + step(2 * MiB, 16) + step(33 * MiB, 95);
  if (variant === "scattered") return { time: ladder * 1e-9 };
  if (variant === "page by page") return { time: (1.6 + (ladder - 1.6) * 0.42) * 1e-9 };
  return { time: (1.6 + step(2 * MiB, 0.5) + step(33 * MiB, 1.6)) * 1e-9 };
};

export const limiters = experiment(post, {
  question: "What does a limiter cost for every task that it lets through?",
  variants: { none: run, "p-limit": run, "async-sema": run, "pullers over one iterator": run },
  per: "task",
  claims: { "cache-06": [{ says: "p-limit costs at most twice what pullers cost", holds: ratio("p-limit", "pullers over one iterator").atMost(2) }] },
});

export const limiterCost: Truth = (variant) => ({ time: { none: 92e-9, "p-limit": 611e-9, "async-sema": 402e-9 }[variant] ?? 188e-9, bytes: 120 });

export const descriptors = scenario(post, {
  question: "How many requests does a burst lose when descriptors run out?",
  sweep: { limit: ["soft 1,024", "hard 524,288"], requests: [100, 500, 1000, 2000, 5000] },
  metrics: { errors: count("lower"), seconds: seconds("lower") },
  variants: { unbounded: async () => ({ errors: 0, seconds: 1 }), "p-limit": async () => ({ errors: 0, seconds: 1 }), "keep-alive agent": async () => ({ errors: 0, seconds: 1 }) },
  claims: { "cache-06": [{ says: "with a limit nothing is lost", holds: value("p-limit", "errors").atMost(0), at: { limit: "soft 1,024", requests: 5000 } }] },
});

export const losses: Truth = (variant, { limit, requests }) => ({
  errors: variant === "unbounded" && limit === "soft 1,024" ? Math.max(0, Number(requests) - 1004) : 0,
  seconds: Number(requests) / 900,
});

export const remedies = scenario(post, {
  question: "Which jobs are gone after the worker was killed?",
  metrics: { lost: exact(count("lower")), duplicated: exact(count("lower")) },
  variants: { "array in memory": async () => ({ lost: 0, duplicated: 0 }), "acknowledge early": async () => ({ lost: 0, duplicated: 0 }), lease: async () => ({ lost: 0, duplicated: 0 }), "lease + idempotency key": async () => ({ lost: 0, duplicated: 0 }) },
  claims: { "cache-07": [{ says: "a lease loses nothing", holds: value("lease", "lost").atMost(0) }, { says: "memory loses at least ten jobs", holds: value("array in memory", "lost").atLeast(10) }] },
});

export const lostJobs: Truth = (variant) => ({ lost: { "array in memory": 47, "acknowledge early": 12 }[variant] ?? 0, duplicated: variant === "lease" ? 3 : 0 });

export const saturation = scenario(post, {
  question: "How long does a job wait before anyone looks at it?",
  sweep: { pool: ["1 worker", "4 workers", "16 workers"] },
  metrics: { p99: seconds("lower"), goodput: perSecond("higher") },
  variants: { "polling every second": async () => ({ p99: 1, goodput: 1 }), "listen and notify": async () => ({ p99: 1, goodput: 1 }) },
  claims: { "cache-07": [{ says: "notified workers wait at most a tenth", holds: ratio("listen and notify", "polling every second", "p99").atMost(0.1), at: { pool: "4 workers" }, model: true }] },
});

export const waits: Truth = (variant, { pool }) => ({
  p99: (variant === "listen and notify" ? 0.004 : 0.98) * ({ "1 worker": 8, "4 workers": 1.2 }[String(pool)] ?? 1),
  goodput: 20,
});

export const layouts = experiment(post, {
  question: "How many bytes does a record of six fields take?",
  sweep: { fields: [2, 6] },
  variants: { declared: run, sorted: run },
  claims: { "cache-05": [{ says: "sorted fields take at most 40 bytes", holds: value("sorted", "bytes").atMost(40), at: { fields: 6 } }] },
});

export const sizes: Truth = (variant, { fields }) => ({ time: 3e-9, bytes: variant === "sorted" ? Number(fields) * 6.67 : Number(fields) * 9.33 });

export const all = [
  { id: "cache-line/staircase", definition: staircase, truth: climb },
  { id: "cache-line/limiters", definition: limiters, truth: limiterCost },
  { id: "cache-line/descriptors", definition: descriptors, truth: losses },
  { id: "cache-line/remedies", definition: remedies, truth: lostJobs },
  { id: "cache-line/saturation", definition: saturation, truth: waits },
  { id: "cache-line/layouts", definition: layouts, truth: sizes },
] as const;

/** Middle and ends of the readings of each round: simple on purpose, so that charts are tested apart from the statistics. */
export function estimatesOf(record: RunRecord): Estimate[] {
  return record.points.flatMap((point) =>
    record.variants.flatMap((variant) =>
      Object.entries(record.metrics).flatMap(([metric, { unit }]) => {
        const values = record.rounds
          .flatMap(({ trials }) => trials.filter((it) => it.variant === variant && !it.control && pointKey(it.point) === pointKey(point)))
          .flatMap(({ readings }) => readings[metric]?.[0] ?? [])
          .toSorted((a, b) => a - b);
        if (values.length === 0) return [];
        const center = values[Math.floor(values.length / 2)]!;
        return [{ experiment: record.experiment, variant, point, metric, unit, center, low: values[0]!, high: values[values.length - 1]!, n: values.length, level: 0.95 }];
      }),
    ),
  );
}
