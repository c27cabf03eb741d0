import { restsOn, type Asked } from "../model/quantity.ts";
import { pointsTried, type RunRecord } from "../model/record.ts";
import type { Point } from "../model/sweep.ts";
import type { Interval } from "../model/verdict.ts";
import { exactRange, replicates } from "./estimate.ts";
import { levelOf } from "./looks.ts";
import { mean } from "./quantiles.ts";
import { logInterval } from "./ratio.ts";

/**
 * What a variant would read at `along = to` if the law of its last readings went on, in base units: nobody measured it.
 *
 * In every round a straight line goes through the logarithms of the readings at the three largest values up to `at` (of the two, where there are no
 * more): the power law that fits them best. What it gives at `to` is that round's replicate, and the interval is Student's, of the logarithms
 * of these.
 *
 * The interval holds the noise of the readings, which grows with the distance to `to`. It does not hold that the law may change beyond the data
 * (memory that is full, an index that gets a level deeper, a disk that gets busy), and neither that three points of a bent curve are no straight
 * line: of a law that still bends it covers the tangent, not the curve. Hence no verdict on it is better than "consistent with the model".
 * Undefined where no round holds two such points, or a reading is not positive.
 */
export function extrapolationOf(record: RunRecord, quantity: Asked<"extrapolated">, at: Point): Interval | undefined {
  const logs = extrapolationLogs(record, quantity, at);
  if (logs === undefined || logs.length === 0) return undefined;
  if (record.metrics[quantity.metric]?.exact) return exactRange(logs.map(Math.exp));
  const level = levelOf(record);
  return logs.length === 1 ? { center: Math.exp(logs[0]!), low: 0, high: Infinity, n: 1, level } : logInterval(logs, level);
}

/** The logarithm of what each round's line gives at `to`; undefined where a logarithm has no meaning. */
export function extrapolationLogs(record: RunRecord, quantity: Asked<"extrapolated">, at: Point): number[] | undefined {
  const { of, metric, along, to } = quantity;
  const read = restsOn(quantity, at, pointsTried(record)).map((point) => ({
    x: Math.log(Number(point[along])),
    rounds: replicates(record, of, metric, point),
  }));
  if (read.length < 2) return undefined;
  const held = [...read[0]!.rounds.keys()].filter((round) => read.every(({ rounds }) => rounds.has(round)));
  const readings = held.map((round) => read.map(({ rounds }) => rounds.get(round)!));
  if (!readings.flat().every((reading) => reading > 0)) return undefined;
  const xs = read.map(({ x }) => x);
  return readings.map((own) => lineAt(xs, own.map(Math.log), Math.log(to)));
}

/** The least-squares line through these points, at `x`. */
function lineAt(xs: readonly number[], ys: readonly number[], x: number): number {
  const [xMean, yMean] = [mean(xs), mean(ys)];
  const across = xs.reduce((sum, it) => sum + (it - xMean) ** 2, 0);
  const up = xs.reduce((sum, it, index) => sum + (it - xMean) * (ys[index]! - yMean), 0);
  return yMean + (up / across) * (x - xMean);
}
