import type { Claim } from "../model/claim.ts";
import type { Definition } from "../model/experiment.ts";
import { isPlace, namesOf, restsOn } from "../model/quantity.ts";
import { pointsTried, type RunRecord } from "../model/record.ts";
import type { Point } from "../model/sweep.ts";
import { pointKey, pointsOf } from "../model/sweep.ts";
import type { Verdict } from "../model/verdict.ts";
import { replicates } from "../stats/estimate.ts";
import { trialsOf } from "../stats/warnings.ts";
import { placeLacking } from "./places.ts";

/** Why a reading cannot be ruled on by its numbers, whatever they are. */
export type Obstacle = Required<Pick<Verdict, "ruling" | "because">>;

export interface ObstacleOptions {
  /** How long full effort is expected to take, in words ("4 min"); printed where a claim needs it. */
  readonly fullTakes?: string;
}

/** What stands between a claim's reading and a ruling: nothing was run, not at this point, not soundly. Undefined if nothing does. */
export function obstacle(
  definition: Definition,
  experiment: string,
  claim: Claim,
  record: RunRecord | undefined,
  options: ObstacleOptions = {},
): Obstacle | undefined {
  if (!record) return { ruling: "not run", because: `npx assay run ${experiment}` };
  if (record.notTried !== undefined) return { ruling: "not tried", because: record.notTried };
  const named = namesOf(claim.holds.quantity);
  const lack = record.lacking?.find(({ variant }) => named.includes(variant));
  if (lack) return { ruling: "not tried", because: lack.because };
  const because = disagreement(definition, record) ?? breakdown(record);
  if (because !== undefined) return { ruling: "undecided", because };
  if (isPlace(claim.holds.quantity.kind)) return noPlace(definition, experiment, claim, record, options);
  const points = restingOn(definition, claim, record);
  const skipped = record.skipped?.find((it) => holds(points, it.point));
  if (skipped) return { ruling: "not tried", because: skipped.because };
  const missing = points.find((point) => !holds(record.points, point));
  if (missing) return elsewhere(definition, experiment, missing, record, options);
  const [doubt] = points.flatMap(
    (point) => failure(record, claim, point) ?? silence(record, claim, point) ?? emptiness(record, claim, point) ?? [],
  );
  return doubt === undefined ? undefined : { ruling: "undecided", because: doubt };
}

function holds(points: readonly Point[], point: Point): boolean {
  return points.some((it) => pointKey(it) === pointKey(point));
}

/** The points of a claim. No line goes through one point: an extrapolation from a run that holds no more of them lacks what the sweep has. */
function restingOn(definition: Definition, { holds: { quantity }, at = {} }: Claim, record: RunRecord): Point[] {
  const points = restsOn(quantity, at, pointsTried(record));
  return quantity.kind === "extrapolated" && points.length < 2 ? restsOn(quantity, at, pointsOf(definition.sweep)).slice(-2) : points;
}

/** A place lies along the sweep. Where it was not found, a point that was left out may be the one that shows it. */
function noPlace(
  definition: Definition,
  experiment: string,
  claim: Claim,
  record: RunRecord,
  options: ObstacleOptions,
): Obstacle | undefined {
  const doubt = failure(record, claim);
  if (doubt !== undefined) return { ruling: "undecided", because: doubt };
  const lacking = placeLacking(record, claim.holds);
  if (lacking === undefined) return undefined;
  const skipped = record.skipped?.find(({ point }) => lacking.maybeAt(point));
  if (skipped) return { ruling: "not tried", because: `${lacking.because}, and of the ${lacking.others}: ${skipped.because}` };
  const missing = pointsOf(definition.sweep).filter((point) => !holds(record.points, point) && lacking.maybeAt(point));
  const ofQuick = missing.find((point) => holds(pointsOf(definition.sweep, definition.quick ?? {}), point));
  const [first] = missing;
  return first && elsewhere(definition, experiment, ofQuick ?? first, record, options);
}

/** The point was not run: full effort would, unless this run was told to leave it out. */
function elsewhere(definition: Definition, experiment: string, point: Point, record: RunRecord, options: ObstacleOptions): Obstacle {
  if (record.effort === "full" || holds(pointsOf(definition.sweep, definition.quick ?? {}), point)) {
    return { ruling: "not run", because: `this run left its point out: npx assay run ${experiment}` };
  }
  const takes = options.fullTakes === undefined ? "" : ` (about ${options.fullTakes})`;
  return { ruling: "needs full", because: `its point is run at full effort only: npx assay run ${experiment} --effort full${takes}` };
}

/** Variants that do different things have no comparison, unless the file says why they must differ. */
function disagreement(definition: Definition, record: RunRecord): string | undefined {
  if (definition.differs !== undefined || record.agreement === null || record.agreement.agree) return undefined;
  return `the variants disagree, so their ${definition.kind === "experiment" ? "timings" : "readings"} are withheld${record.agreement.detail ? `: ${record.agreement.detail}` : ""}`;
}

/** The experiment could not be loaded, or its variants could not be compared: nothing in the record is to be trusted. */
function breakdown(record: RunRecord): string | undefined {
  const failed = record.failures.find(({ phase }) => phase !== "trial");
  return failed && `the experiment failed (${failed.phase}): ${failed.message}`;
}

/** A trial that failed is not missing by chance (the slow ones time out), so the ones that remain do not speak for it. */
function failure(record: RunRecord, claim: Claim, point?: Point): string | undefined {
  const failed = record.failures.find(
    (it) =>
      (it.variant === undefined || namesOf(claim.holds.quantity).includes(it.variant)) &&
      (it.point === undefined || point === undefined || pointKey(it.point) === pointKey(point)),
  );
  return failed && `a trial failed${failed.variant === undefined ? "" : ` (${failed.variant})`}: ${failed.message}`;
}

function silence(record: RunRecord, claim: Claim, point: Point): string | undefined {
  const { metric } = claim.holds.quantity;
  const silent = namesOf(claim.holds.quantity).find((variant) => replicates(record, variant, metric, point).size === 0);
  return silent === undefined ? undefined : `there is no reading of ${metric} for ${silent}`;
}

/** Work that the compiler removed proves nothing, neither its speed nor that it allocates nothing. */
function emptiness(record: RunRecord, claim: Claim, point: Point): string | undefined {
  const empty = namesOf(claim.holds.quantity).find((variant) => {
    const trials = trialsOf(record, variant, point);
    return trials.filter((trial) => trial.warnings.includes("nothing-to-time")).length >= trials.length / 2;
  });
  return empty === undefined ? undefined : `${empty} cannot be told from an empty call: the compiler may have removed its work`;
}
