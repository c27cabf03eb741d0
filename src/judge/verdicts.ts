import type { Claim } from "../model/claim.ts";
import { roundsForValue } from "../model/effort.ts";
import type { Definition } from "../model/experiment.ts";
import { isPlace, namesOf, restsOn } from "../model/quantity.ts";
import { pointsTried, type RunRecord } from "../model/record.ts";
import type { Interval, Verdict } from "../model/verdict.ts";
import { floorOf, nullLogRatios, replicates } from "../stats/estimate.ts";
import { errorSpentBy } from "../stats/looks.ts";
import { roundsToDecide } from "../stats/power.ts";
import { measured as measure, pairsFor, plannedBy } from "../stats/quantity.ts";
import { condition } from "./condition.ts";
import type { ObstacleOptions } from "./obstacles.ts";
import { obstacle } from "./obstacles.ts";
import { noPlace } from "./places.ts";
import { rule } from "./ruling.ts";

type Finding = Pick<Verdict, "ruling" | "measured" | "floor" | "because">;

/**
 * Rules on every reading of every claim of an experiment, in the order of the definition. Pure: the same record gives the same verdicts.
 * @param experiment identity, `<article>/<experiment>`.
 * @param record what this host measured; undefined if it never ran the experiment.
 */
export function verdictsOf(
  definition: Definition,
  experiment: string,
  record: RunRecord | undefined,
  options: ObstacleOptions = {},
): Verdict[] {
  return Object.entries(definition.claims).flatMap(([id, claims = []]) =>
    claims.map((claim) => {
      const find = (it: Claim): Finding => obstacle(definition, experiment, it, record, options) ?? found(it, record!);
      const barred = claim.given && condition(claim.given, claim.at ?? {}, (holds, at) => find({ says: claim.given!.says, holds, at }));
      const finding = barred ? open(barred, find(claim)) : find(claim);
      return { claim: id, experiment, says: claim.says, bound: claim.holds, at: claim.at ?? {}, ...finding };
    }),
  );
}

/** A condition that is not met or still open decides; what was measured stands beside it, and what was never run says so itself. */
function open(barred: Finding, finding: Finding): Finding {
  if (barred.ruling !== "undecided") return barred;
  return finding.measured === undefined ? finding : { ...finding, ...barred };
}

function found(claim: Claim, record: RunRecord): Finding {
  const { quantity } = claim.holds;
  const measured = measure(record, quantity, claim.at ?? {});
  if (!measured) return noPlace(record, claim.holds) ?? { ruling: "undecided", because: noReading(claim, record) };
  return record.metrics[quantity.metric]?.exact ? fact(claim, measured, record) : estimate(claim, measured, record);
}

function noReading({ holds: { quantity }, at = {} }: Claim, record: RunRecord): string {
  const apart = pairsFor(record, quantity, at)?.of.length === 0;
  if (apart) return quantity.kind === "growth" ? "no round holds both points" : "no round holds both variants";
  return quantity.kind === "extrapolated"
    ? "no round holds two points to extrapolate from, or a reading is not above zero"
    : "a reading is zero or negative, so there is no ratio";
}

/** One round of a fact is enough; facts that vary are none. */
function fact(claim: Claim, measured: Interval, record: RunRecord): Finding {
  const { quantity } = claim.holds;
  const points = restsOn(quantity, claim.at ?? {}, pointsTried(record));
  const varies = namesOf(quantity).some((variant) =>
    points.some((point) => new Set(replicates(record, variant, quantity.metric, point).values()).size > 1),
  );
  if (varies) {
    return { ruling: "undecided", measured, because: "a reading that was declared exact differed between rounds" };
  }
  return { measured, ...rule(sides(claim, measured)) };
}

function estimate(claim: Claim, measured: Interval, record: RunRecord): Finding {
  const { kind, metric } = claim.holds.quantity;
  if (kind === "value" && measured.n < roundsForValue) {
    return { ruling: "undecided", measured, because: `a single variant's interval needs ${roundsForValue} rounds; ${measured.n} so far` };
  }
  // The null control says how alike readings are; a place along the sweep is none.
  const floor = isPlace(kind) ? undefined : (floorOf(record, metric) ?? floorOf(record));
  const ruled = rule({ ...sides(claim, measured), ...(floor !== undefined && { floor }) });
  const because = ruled.ruling === "undecided" ? `${ruled.because}; ${outlook(claim, measured, record)}` : ruled.because;
  return { ruling: ruled.ruling, measured, ...(floor !== undefined && { floor }), ...(because !== undefined && { because }) };
}

function sides(claim: Claim, { center, low, high }: Interval) {
  const { holds } = claim;
  // What nobody measured can be no more than consistent.
  const model = claim.model === true || holds.quantity.kind === "extrapolated";
  return { center, low, high, boundLow: holds.low, boundHigh: holds.high, kind: holds.quantity.kind, model };
}

/** How much more it would take, in words. */
function outlook(claim: Claim, { n }: Interval, record: RunRecord): string {
  const { quantity, low: boundLow, high: boundHigh } = claim.holds;
  if (n < 2) return "one round says nothing of the spread";
  const planned = plannedBy(record, quantity, claim.at ?? {});
  if (!planned) return `after ${n} rounds`;
  const ownNull = nullLogRatios(record, quantity.metric);
  const nullLogs = ownNull.length > 0 ? ownNull : nullLogRatios(record);
  const rounds = roundsToDecide({ ...planned, boundLow, boundHigh, nullLogs });
  return rounds === undefined
    ? `after ${n} rounds the estimate is too near the edge for more of them to decide it`
    : `about ${rounds} rounds would decide it, ${n} so far`;
}

/**
 * How many verdicts chance alone would turn: each decided one that noise can touch was exposed to the error
 * of the look it rests on and of those before it.
 * Facts, and what was not decided, do not count. Both are counts; `turned` is an expectation and seldom whole.
 */
export function chanceTurned(verdicts: readonly Verdict[]): { readonly decided: number; readonly turned: number } {
  const decided = verdicts.filter(
    ({ ruling, measured }) =>
      measured && measured.level < 1 && ["reproduced", "consistent with the model", "weaker", "refuted"].includes(ruling),
  );
  return { decided: decided.length, turned: decided.reduce((sum, { measured }) => sum + errorSpentBy(measured!), 0) };
}
