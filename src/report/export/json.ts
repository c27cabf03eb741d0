import type { RunRecord } from "../../model/record.ts";
import { estimates } from "../../stats/estimate.ts";

/**
 * What a record comes to, as a JSON document: every estimate with its interval in base units, the host, and the digest of the record
 * that it was computed from. An edge that is infinite is null.
 */
export function estimatesJson(record: RunRecord): string {
  const { experiment, digest, source, commit, startedAt, effort, runtime, per, host } = record;
  const document = {
    experiment,
    record: { digest, source, ...(commit !== undefined && { commit }), startedAt, effort, runtime },
    host,
    ...(per !== undefined && { per }),
    estimates: estimates(record).map(({ variant, point, metric, unit, center, low, high, n, level }) => ({
      variant,
      point,
      metric,
      unit,
      better: record.metrics[metric]!.better,
      center,
      low,
      high,
      n,
      level,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
