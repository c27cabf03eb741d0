import type { Quantity } from "../model/claim.ts";
import type { Metric } from "../model/metric.ts";
import { isBytes } from "./words.ts";

/** The unit in which a quantity is told: a step lies along the sweep, so it has that parameter's. */
export function unitOf(asked: Quantity, metrics: { readonly [metric: string]: Metric } | undefined): string {
  if (asked.kind === "ratio") return "ratio";
  if (asked.kind === "step") return isBytes(asked.along) ? "bytes" : "count";
  return metrics?.[asked.metric]?.unit ?? "count";
}
