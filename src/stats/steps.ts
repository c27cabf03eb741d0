import type { Quantity } from "../model/claim.ts";
import type { RunRecord } from "../model/record.ts";
import type { Interval } from "../model/verdict.ts";

export interface FoundStep {
  readonly at: Interval;
  readonly from: number;
  readonly to: number;
}

export function steps(_record: RunRecord, _variant: string, _metric: string, _along: string): FoundStep[] {
  return [];
}

export function stepOf(record: RunRecord, quantity: Extract<Quantity, { kind: "step" }>): Interval | undefined {
  return steps(record, quantity.of, quantity.metric, quantity.along)[quantity.nth - 1]?.at;
}
