import type { Bound } from "../model/claim.ts";
import type { RunRecord } from "../model/record.ts";
import type { Point } from "../model/sweep.ts";
import type { Verdict } from "../model/verdict.ts";
import { crossoverOf } from "../stats/crossover.ts";
import { stepOf } from "../stats/steps.ts";

/** A place along the sweep that a claim asks for and that the readings do not show: points that were not measured may. */
export interface PlaceLacking {
  readonly because: string;
  /** What those points are called. */
  readonly others: string;
  /** Whether a point is one of them. */
  maybeAt(point: Point): boolean;
}

/** What the readings lack of a claim's place; undefined where they show it, refute it, or where more rounds are what it takes. */
export function placeLacking(record: RunRecord, bound: Bound): PlaceLacking | undefined {
  const { quantity } = bound;
  if (quantity.kind === "step") {
    const because = `no step number ${quantity.nth} was found`;
    return stepOf(record, quantity) ? undefined : { because, others: "larger sizes", maybeAt: () => true };
  }
  if (quantity.kind !== "crossover" || noPlace(record, bound)?.ruling === "refuted") return undefined;
  const it = crossoverOf(record, quantity);
  if (it.found !== "none") return undefined;
  const beyond = (value: number): boolean => (it.side === "below" ? value > it.to : value < it.from);
  const others = it.side === "below" ? "larger values" : "smaller values";
  return { because: it.because, others, maybeAt: (point) => beyond(Number(point[quantity.along])) };
}

/**
 * The ruling on a place that no interval was found for. A crossover that is not among the values that were measured lies beyond them: where
 * `of` is below throughout, beyond the largest, else below the smallest. So a claim that says it lies among them, or on the other side, is refuted;
 * any other is open.
 */
export function noPlace(record: RunRecord, { quantity, low, high }: Bound): Required<Pick<Verdict, "ruling" | "because">> | undefined {
  if (quantity.kind === "step") return { ruling: "undecided", because: `no step number ${quantity.nth} was found along ${quantity.along}` };
  if (quantity.kind !== "crossover") return undefined;
  const it = crossoverOf(record, quantity);
  if (it.found === "crossover") return undefined;
  const excluded = it.found === "none" && (it.side === "below" ? high <= it.to : low >= it.from);
  if (excluded) return { ruling: "refuted", because: it.because };
  return { ruling: "undecided", because: it.found === "none" ? `${it.because}; it may lie beyond` : it.because };
}
