import type { RunRecord } from "../model/record.ts";
import type { Interval, Verdict } from "../model/verdict.ts";
import { estimates, nullRatio } from "../stats/estimate.ts";

type Shown = Pick<Interval, "center" | "low" | "high" | "n">;
const shown = ({ center, low, high, n }: Interval): Shown => ({ center, low, high, n });

/** The document that `run --json` prints: records, what they come to, and what it says of the claims. Infinite edges become null. */
export function runDocument(records: readonly RunRecord[], verdicts: readonly Verdict[]): object {
  return {
    records,
    estimates: records.flatMap((record) =>
      estimates(record).map(({ experiment, variant, point, metric, unit, ...interval }) => ({
        experiment,
        variant,
        point,
        metric,
        unit,
        ...shown(interval),
      })),
    ),
    verdicts: verdicts.map(({ claim, experiment, says, ruling, bound, at, measured, because }) => ({
      claim,
      experiment,
      says,
      ruling,
      at,
      ...(measured && { [bound.quantity.kind]: shown(measured) }),
      bound: {
        ...bound.quantity,
        ...(bound.quantity.kind === "extrapolated" && { measuredUpTo: at[bound.quantity.along] }),
        low: Number.isFinite(bound.low) ? bound.low : null,
        high: Number.isFinite(bound.high) ? bound.high : null,
      },
      ...(because !== undefined && { because }),
    })),
    nulls: records.flatMap((record) => {
      const ratio = nullRatio(record);
      return ratio ? [{ experiment: record.experiment, ratio: shown(ratio) }] : [];
    }),
  };
}
