import { namesOf, type Bound } from "../model/claim.ts";
import type { Definition } from "../model/experiment.ts";
import type { RunRecord } from "../model/record.ts";
import type { Point } from "../model/sweep.ts";
import { verdictsOf } from "./verdicts.ts";

/** A variant at a point of which more rounds could still decide something. */
export interface OpenCell {
  readonly variant: string;
  readonly point: Point;
}

/**
 * What more rounds may still decide: the variants and points that undecided claims rest on, their conditions included, and the first
 * variant beside them, for the null control. A claim of which nothing was measured is not open: rounds do not help it. A step that was not found is: it
 * may be hidden in the noise of few rounds.
 */
export function openCells(definition: Definition, experiment: string, record: RunRecord): OpenCell[] {
  const claims = Object.values(definition.claims).flatMap((readings) => readings ?? []);
  const verdicts = verdictsOf(definition, experiment, record);
  return claims.flatMap(({ holds, given, at = {} }, index) => {
    const { ruling, measured } = verdicts[index]!;
    const hidden = holds.quantity.kind === "step" && ruling !== "not tried" && ruling !== "not run";
    if (measured === undefined ? !hidden : ruling !== "undecided") return [];
    const conditions = given ? [given.holds, ...(given.fails ? [given.fails] : [])] : [];
    return [...cellsOf(definition, record, holds, at), ...conditions.flatMap((it) => cellsOf(definition, record, it, given?.at ?? at))];
  });
}

/** A step lies along the whole sweep, so it rests on all points. */
function cellsOf(definition: Definition, record: RunRecord, { quantity }: Bound, at: Point): OpenCell[] {
  const variants = [...new Set([definition.variantNames[0]!, ...namesOf(quantity)])];
  const points = quantity.kind === "step" ? record.points : [at];
  return points.flatMap((point) => variants.map((variant) => ({ variant, point })));
}
