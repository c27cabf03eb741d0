import type { Bound, Claim } from "../model/claim.ts";
import type { Definition } from "../model/experiment.ts";
import { namesOf, restsOn } from "../model/quantity.ts";
import { pointsTried, type RunRecord } from "../model/record.ts";
import type { Point } from "../model/sweep.ts";
import type { Verdict } from "../model/verdict.ts";
import { crossoverOf } from "../stats/crossover.ts";
import { verdictsOf } from "./verdicts.ts";

/** A variant at a point of which more rounds could still decide something. */
export interface OpenCell {
  readonly variant: string;
  readonly point: Point;
}

/**
 * What more rounds may still decide: the variants and points that undecided claims rest on, their conditions included, and the first
 * variant beside them, for the null control. A claim of which nothing was measured is not open: rounds do not help it. A place along the sweep
 * that was not found is: it may be hidden in the noise of few rounds.
 */
export function openCells(definition: Definition, experiment: string, record: RunRecord): OpenCell[] {
  const claims = Object.values(definition.claims).flatMap((readings) => readings ?? []);
  const verdicts = verdictsOf(definition, experiment, record);
  return claims.flatMap((claim, index) => {
    const { holds, given, at = {} } = claim;
    const verdict = verdicts[index]!;
    if (verdict.measured === undefined ? !hidden(claim, verdict, record) : verdict.ruling !== "undecided") return [];
    const conditions = given ? [given.holds, ...(given.fails ? [given.fails] : [])] : [];
    return [...cellsOf(definition, record, holds, at), ...conditions.flatMap((it) => cellsOf(definition, record, it, given?.at ?? at))];
  });
}

/** Whether a place may be there that noise hides. */
function hidden({ holds: { quantity } }: Claim, { ruling }: Verdict, record: RunRecord): boolean {
  if (quantity.kind === "step") return ruling !== "not tried" && ruling !== "not run";
  return quantity.kind === "crossover" && ruling === "undecided" && crossoverOf(record, quantity).found === "unclear";
}

function cellsOf(definition: Definition, record: RunRecord, { quantity }: Bound, at: Point): OpenCell[] {
  const variants = [...new Set([definition.variantNames[0]!, ...namesOf(quantity)])];
  return restsOn(quantity, at, pointsTried(record)).flatMap((point) => variants.map((variant) => ({ variant, point })));
}
