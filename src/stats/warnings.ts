import type { RunRecord } from "../model/record.ts";
import { pointKey } from "../model/sweep.ts";
import type { Warning, WarningKind } from "../model/warning.ts";
import { warningKinds } from "../model/warning.ts";
import { nullRatio, replicates } from "./estimate.ts";

/** Doubts about the machine: they come and go with it, concern all that it ran, and one trial in four is too much. */
const ofTheMachine: readonly WarningKind[] = ["stolen-time", "switched-out", "shared-core"];

/** Doubts about a variant at a point: they should show in most of its trials if they are its own. */
const ofTheVariant: readonly WarningKind[] = ["not-steady", "nothing-to-time", "coarse-timer"];

/**
 * The doubts that a record as a whole raises, in the order in which the kinds are declared. A variant's own are kept if at least half of its trials at
 * that point show them; those of the machine (stolen time, switches, a shared core) if at least a quarter of all trials do, once for the experiment.
 * The null control's trials count for the machine alone. Whether a record is stale cannot be seen in it, so that is for whoever knows the code.
 */
export function warningsOf(record: RunRecord): Warning[] {
  const raised = [...machine(record), ...variants(record), ...facts(record), ...nulls(record), ...limits(record)];
  return raised.toSorted((a, b) => warningKinds.indexOf(a.kind) - warningKinds.indexOf(b.kind));
}

function machine({ rounds }: RunRecord): Warning[] {
  const trials = rounds.flatMap((round) => round.trials);
  return ofTheMachine.flatMap((kind) => {
    const some = trials.filter((trial) => trial.warnings.includes(kind)).length;
    return some > 0 && some >= trials.length / 4 ? [{ kind, trials: { some, all: trials.length } }] : [];
  });
}

function variants(record: RunRecord): Warning[] {
  return everywhere(record, (variant, point) => {
    const trials = trialsOf(record, variant, point);
    return ofTheVariant.flatMap((kind) => {
      const some = trials.filter((trial) => trial.warnings.includes(kind)).length;
      return some > 0 && some >= trials.length / 2 ? [{ kind, variant, point, trials: { some, all: trials.length } }] : [];
    });
  });
}

/** All trials of a variant at a point but the null control's, in the order of the rounds. */
export function trialsOf(record: RunRecord, variant: string, point: RunRecord["points"][number]): RunRecord["rounds"][number]["trials"] {
  const key = pointKey(point);
  return record.rounds.flatMap(({ trials }) =>
    trials.filter((trial) => trial.variant === variant && !trial.control && pointKey(trial.point) === key),
  );
}

function facts(record: RunRecord): Warning[] {
  const exact = Object.keys(record.metrics).filter((metric) => record.metrics[metric]!.exact);
  return everywhere(record, (variant, point) =>
    exact.some((metric) => new Set(replicates(record, variant, metric, point).values()).size > 1)
      ? [{ kind: "exact-varies" as const, variant, point }]
      : [],
  );
}

function nulls(record: RunRecord): Warning[] {
  const interval = nullRatio(record);
  return interval && (interval.low > 1 || interval.high < 1) ? [{ kind: "null-excludes-one" }] : [];
}

function limits(record: RunRecord): Warning[] {
  return record.rounds.length > 0 && record.memoryLimit === null ? [{ kind: "no-memory-limit" }] : [];
}

function everywhere(record: RunRecord, raise: (variant: string, point: RunRecord["points"][number]) => Warning[]): Warning[] {
  return record.points.flatMap((point) => record.variants.flatMap((variant) => raise(variant, point)));
}
