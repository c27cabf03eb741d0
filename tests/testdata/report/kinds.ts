import { across, histogram, pareto, relative, staircase } from "../../../src/model/chart.ts";
import { ratio, step } from "../../../src/model/claim.ts";
import { experiment, scenario } from "../../../src/model/experiment.ts";
import { bytes, exact, perSecond, seconds } from "../../../src/model/metric.ts";
import { seeded } from "../../../src/inputs/random.ts";
import { KiB, MiB, doubling } from "../../../src/inputs/sizes.ts";
import { climb, post, type Truth } from "./synthetic.ts";

/** Definitions and truths for each kind of chart that is not one reading over the sweep. */

const run = (): number => 0;
const nothing = async () => ({ peak: 0, took: 0 });

export const trade = scenario(post, {
  question: "What does holding back cost, and what does it save?",
  metrics: { peak: bytes("lower", "peak memory"), took: seconds("lower", "time to finish") },
  variants: { "all at once": nothing, "p-limit 100": nothing, "p-limit 10": nothing, pullers: nothing, "async-sema 100": nothing, "one by one": nothing },
  chart: pareto("took", "peak"),
  claims: {},
});

export const tradeOff: Truth = (variant) => {
  const known: { [variant: string]: readonly [number, number] } = { "all at once": [1.9, 820], "p-limit 100": [2.05, 96], "p-limit 10": [11, 61], pullers: [1.98, 84], "async-sema 100": [2.1, 90], "one by one": [98, 58] };
  const [took, peak] = known[variant]!;
  return { took, peak: peak * MiB };
};

export const engines = scenario(post, {
  question: "What does an answer cost where it is fast, at each size?",
  sweep: { rows: [10_000, 100_000, 1_000_000] },
  metrics: { rate: perSecond("higher", "answers"), held: bytes("lower", "bytes held") },
  variants: { row: async () => ({ rate: 1, held: 1 }), column: async () => ({ rate: 1, held: 1 }), "column, sorted": async () => ({ rate: 1, held: 1 }), cube: async () => ({ rate: 1, held: 1 }) },
  chart: pareto("held", "rate"),
  claims: {},
});

export const engineCosts: Truth = (variant, { rows }) => {
  const n = Number(rows);
  return { rate: { row: 3e8 / n, column: 4e9 / n, "column, sorted": 9e9 / n }[variant] ?? 80_000, held: { row: 120, column: 31, "column, sorted": 22 }[variant]! * n || 9e6 };
};

const orders = ((): number[] => {
  const random = seeded(11);
  return Array.from({ length: 720 }, () => 40 + 8 * Math.min(3, Math.floor(random() * 2 + random() * 2.4)));
})();

export const permutations = scenario(post, {
  question: "How large is the record in each of the 720 orders of its fields?",
  metrics: { size: exact(bytes("lower", "bytes a record")) },
  variants: { "any order": async () => ({ size: [1] }), declared: async () => ({ size: 1 }), sorted: async () => ({ size: 1 }) },
  chart: histogram("size"),
  claims: {},
  priced: { metric: "size", times: 1e8, says: "a hundred million records held in memory" },
});

export const orderSizes: Truth = (variant) => ({ size: variant === "any order" ? orders : variant === "sorted" ? 40 : 56 });

export const pauses = scenario(post, {
  question: "How long do pauses last, one by one?",
  metrics: { pause: seconds("lower", "pause") },
  variants: { "many short-lived": async () => ({ pause: [1] }), "large live set": async () => ({ pause: [1] }), budget: async () => ({ pause: 1 }) },
  chart: histogram("pause"),
  claims: {},
});

export const pauseTimes: Truth = (variant) => {
  const random = seeded(variant.length);
  const spread = (): number => Math.exp(1.6 * (random() + random() + random() - 1.5));
  if (variant === "budget") return { pause: 0.0166 };
  return { pause: Array.from({ length: 150 }, () => (variant === "large live set" && random() < 0.3 ? 18e-3 : 0.9e-3) * spread()) };
};

const tail = async () => ({ p50: 1, p90: 1, p99: 1, max: 1 });
export const load = scenario(post, {
  question: "What does the slowest request in a hundred wait for?",
  sweep: { clients: [1, 8] },
  metrics: { p50: seconds("lower", "median latency"), p90: seconds("lower", "p90 latency"), p99: seconds("lower", "p99 latency"), max: seconds("lower", "largest latency") },
  variants: { direct: tail, "through a tunnel": tail, "tunnel with 20 ms each way": tail },
  chart: across("p50", "p90", "p99", "max"),
  claims: { "cache-07": [{ says: "the tunnel at least doubles the p99", holds: ratio("through a tunnel", "direct", "p99").atLeast(2), at: { clients: 8 } }] },
});

export const latencies: Truth = (variant, { clients }) => {
  const base = variant === "direct" ? 0.4e-3 : variant === "through a tunnel" ? 0.9e-3 : 41e-3;
  const busy = clients === 8 ? 1.7 : 1;
  return { p50: base, p90: base * 1.3 * busy, p99: (base + 1e-3) * 2.6 * busy, max: (base + 4e-3) * 4 * busy };
};

export const layout = experiment(post, {
  question: "Does a smaller record pay once the cache is too small for both?",
  sweep: { records: [1_000, 4_000, 16_000, 64_000, 256_000, 1_000_000] },
  variants: { sorted: run, declared: run, "one field a page": run, "sorted again": run },
  per: "record",
  chart: relative("time", "sorted", { declared: 1.4, "one field a page": 1.6 }),
  claims: { "cache-05": [{ says: "declared order takes at least 1.2 times as long", holds: ratio("declared", "sorted").atLeast(1.2), at: { records: 1_000_000 } }] },
});

export const layoutCosts: Truth = (variant, { records }) => {
  const grown = Math.min(1, Math.log(Number(records) / 1000) / 6);
  return { time: 3e-9 * (1 + grown) * ({ declared: 1 + 0.38 * grown, "one field a page": 1.02 + 0.7 * grown }[variant] ?? 1) };
};

export const offsets = experiment(post, {
  question: "Does a number that is not aligned cost a second fetch?",
  sweep: { at: ["inside a word", "across words", "across lines", "across pages"] },
  variants: { aligned: run, shifted: run, "shifted twice": run },
  per: "read",
  chart: relative("time", "aligned"),
  claims: { "cache-02": [{ says: "across two lines at least 1.5 times", holds: ratio("shifted", "aligned").atLeast(1.5), at: { at: "across lines" } }] },
});

export const offsetCosts: Truth = (variant, { at }) => ({
  time: variant === "aligned" ? 1e-9 : ({ "across lines": 1.9e-9, "across pages": 4.4e-9 }[String(at)] ?? 1e-9) * (variant === "shifted" ? 1 : 1.2),
});

export const limitersBeside = experiment(post, {
  question: "What does each limiter cost beside none?",
  variants: { none: run, "p-limit": run, "async-sema": run, "pullers over one iterator": run },
  per: "task",
  chart: relative("time", "none"),
  claims: { "cache-06": [{ says: "pullers cost at most twice", holds: ratio("pullers over one iterator", "none").atMost(2.5) }] },
});

export const stairs = experiment(post, {
  question: "At which sizes does a read become dearer?",
  sweep: { bytes: doubling(4 * KiB, 256 * MiB) },
  variants: { scattered: run, ordered: run },
  per: "read",
  chart: staircase("time"),
  claims: { "cache-01": [{ says: "the first level ends between 16 and 64 KiB", holds: step("scattered", 1, "bytes").between(16 * KiB, 64 * KiB) }, { says: "at 256 MiB disorder costs at least tenfold", holds: ratio("scattered", "ordered").atLeast(10), at: { bytes: 256 * MiB } }] },
});

/** As `stats/steps` would find them in `climb`. */
export const foundSteps = [
  { at: { center: 44 * KiB, low: 32 * KiB, high: 52 * KiB, n: 8, level: 0.95 }, from: 1.6e-9, to: 4.8e-9 },
  { at: { center: 1.9 * MiB, low: 1.5 * MiB, high: 2.4 * MiB, n: 8, level: 0.95 }, from: 4.8e-9, to: 20e-9 },
  { at: { center: 12 * MiB, low: 9 * MiB, high: 15 * MiB, n: 8, level: 0.95 }, from: 20e-9, to: 110e-9 },
];

export const kinds = [
  { id: "cache-line/trade", definition: trade, truth: tradeOff },
  { id: "cache-line/engines", definition: engines, truth: engineCosts },
  { id: "cache-line/permutations", definition: permutations, truth: orderSizes },
  { id: "cache-line/pauses", definition: pauses, truth: pauseTimes },
  { id: "cache-line/load", definition: load, truth: latencies },
  { id: "cache-line/layout", definition: layout, truth: layoutCosts },
  { id: "cache-line/offsets", definition: offsets, truth: offsetCosts },
  { id: "cache-line/limiters-beside", definition: limitersBeside, truth: (variant: string) => ({ time: { none: 92e-9, "p-limit": 611e-9, "async-sema": 402e-9 }[variant] ?? 188e-9 }) },
  { id: "cache-line/stairs", definition: stairs, truth: climb },
] as const;
