import { startOf, type Quantity } from "../model/quantity.ts";
import type { RunRecord } from "../model/record.ts";
import type { Point } from "../model/sweep.ts";
import type { Interval } from "../model/verdict.ts";
import { crossoverOf } from "./crossover.ts";
import { growthPairs, type Pairs, pairsOf, quotientOf, ratioOf, replicates, valueOf } from "./estimate.ts";
import { extrapolationLogs, extrapolationOf } from "./extrapolation.ts";
import { logRatios } from "./ratio.ts";
import { stepOf } from "./steps.ts";

/** What a record answers to a quantity at a point; undefined where it has no answer. */
export function measured(record: RunRecord, quantity: Quantity, at: Point): Interval | undefined {
  switch (quantity.kind) {
    case "ratio":
      return ratioOf(record, quantity.of, quantity.over, quantity.metric, at);
    case "value":
      return valueOf(record, quantity.of, quantity.metric, at);
    case "growth":
      return quotientOf(record, quantity.metric, pairsFor(record, quantity, at)!);
    case "step":
      return stepOf(record, quantity);
    case "crossover": {
      const it = crossoverOf(record, quantity);
      return it.found === "crossover" ? it.at : undefined;
    }
    case "extrapolated":
      return extrapolationOf(record, quantity, at);
  }
}

/** Of a factor its two readings, from the rounds that hold both; undefined of what is none. */
export function pairsFor(record: RunRecord, quantity: Quantity, at: Point): Pairs | undefined {
  if (quantity.kind === "ratio") return pairsOf(record, quantity.of, quantity.over, quantity.metric, at);
  return quantity.kind === "growth" ? growthPairs(record, quantity.of, quantity.metric, at, startOf(quantity, at)) : undefined;
}

/** What more rounds are planned by: one logarithm a round, and what the interval is of. Undefined where there are no such replicates. */
export interface Planned {
  readonly logs: readonly number[];
  readonly centre: "mean" | "median";
}

export function plannedBy(record: RunRecord, quantity: Quantity, at: Point): Planned | undefined {
  const pairs = pairsFor(record, quantity, at);
  const planned = (logs: readonly number[] | undefined, centre: Planned["centre"]): Planned | undefined =>
    logs?.every(Number.isFinite) ? { logs, centre } : undefined;
  if (pairs) return planned(logRatios(pairs.of, pairs.over), "mean");
  if (quantity.kind === "extrapolated") return planned(extrapolationLogs(record, quantity, at), "mean");
  if (quantity.kind !== "value") return undefined;
  return planned([...replicates(record, quantity.of, quantity.metric, at).values()].map(Math.log), "median");
}
