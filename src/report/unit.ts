import type { Metric } from "../model/metric.ts";
import { isFactor, isPlace, type Quantity } from "../model/quantity.ts";
import { isBytes } from "./words.ts";

/** The unit in which a quantity is told: a place along the sweep has that parameter's. */
export function unitOf(asked: Quantity, metrics: { readonly [metric: string]: Metric } | undefined): string {
  if (isFactor(asked.kind)) return "ratio";
  if (isPlace(asked.kind) && "along" in asked) return isBytes(asked.along) ? "bytes" : "count";
  return metrics?.[asked.metric]?.unit ?? "count";
}
