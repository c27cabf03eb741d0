import { across, histogram } from "../../../src/model/chart.ts";
import type { Definition } from "../../../src/model/experiment.ts";
import { count, exact, seconds } from "../../../src/model/metric.ts";
import { seeded } from "../../../src/inputs/random.ts";
import { latencies, layout, load, pauses, permutations, trade } from "./kinds.ts";
import type { Truth } from "./synthetic.ts";

/** Charts with more names, panels and lines than they have room for: none of their labels may run into another. */

const of = <D extends Definition>(definition: D, names: readonly string[]): D => ({ ...definition, variantNames: names });

const stores = ["rows in Postgres", "rows in SQLite", "JSON lines", "Parquet, zstd", "Parquet, snappy", "Arrow in memory", "objects in an array", "a Map by key", "typed columns", "bits packed by hand", "DuckDB file", "ClickHouse merge tree"];

const scattered: Truth = (variant) => {
  const random = seeded(variant.length * 7 + variant.charCodeAt(0));
  return { took: 0.01 + random() * random() * 2, peak: 1e6 * (1 + 400 * random() * random()) };
};

export const crowded: readonly { readonly id: string; readonly definition: Definition; readonly truth: Truth }[] = [
  { id: "crowded/stores", definition: of(trade, stores), truth: scattered },
  { id: "crowded/neighbours", definition: of(trade, ["one", "two of them", "three of them", "four of them", "five of them"]), truth: (variant) => ({ took: 1 + variant.length * 0.001, peak: 1e6 }) },
  { id: "crowded/zero", definition: trade, truth: (variant) => ({ took: variant.startsWith("p") ? 0 : 1, peak: variant.length * 1e6 }) },
  { id: "crowded/panels", definition: { ...load, sweep: { limit: ["a", "b", "c", "d", "e"] }, claims: {} }, truth: latencies },
  {
    id: "crowded/readings",
    definition: {
      ...load,
      sweep: {},
      claims: {},
      metrics: { reading: seconds("lower", "time until a reader sees the first row"), writing: seconds("lower"), afterTheCrash: seconds("lower"), vacuum: seconds("lower"), checkpoint: seconds("lower") },
      chart: across("reading", "writing", "afterTheCrash", "vacuum", "checkpoint"),
    },
    truth: (variant) => ({ reading: 0.01, writing: 0.02, afterTheCrash: variant.length / 10, vacuum: 0.2, checkpoint: 0.3 }),
  },
  {
    id: "crowded/orders",
    definition: of(permutations, ["any order", "declared", "sorted", "packed by hand", "as C would", "as Rust would"]),
    truth: (variant) => (variant === "any order" ? { size: [40, 48, 48, 56, 56, 56, 64] } : { size: { declared: 56, "packed by hand": 35 }[variant] ?? 40 }),
  },
  {
    id: "crowded/kinds",
    definition: { ...pauses, metrics: { lost: exact(count("lower", "lost jobs")) }, chart: histogram("lost") },
    truth: (variant) => ({ lost: variant === "budget" ? 12 : [0, 0, 0, 1, 2, 2, 3, 900, 12_000] }),
  },
  {
    id: "crowded/fields",
    definition: { ...layout, sweep: { records: [1000, 4000, 16_000, 64_000], fields: [2, 6, 12] }, claims: {} },
    truth: (variant, { records, fields }) => ({ time: 1e-9 * (1 + ((variant.length / 30) * Math.log(Number(records))) / Number(fields)) }),
  },
];
