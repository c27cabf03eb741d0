import type { Interval } from "../model/verdict.ts";
import { deviation, mean } from "./quantiles.ts";
import { studentQuantile } from "./student.ts";

/** ln(of / over), pair by pair; undefined where a reading is not positive, because then there is no ratio. */
export function logRatios(of: readonly number[], over: readonly number[]): number[] | undefined {
  if (of.length !== over.length) throw new RangeError(`pairs need as many readings on either side, not ${of.length} and ${over.length}`);
  if (![...of, ...over].every((reading) => reading > 0)) return undefined;
  return of.map((reading, round) => Math.log(reading / over[round]!));
}

/**
 * How many times `of` is what `over` is, from readings paired by round: the geometric mean of the ratios with Student's interval of the paired log ratios.
 * A round that was slow as a whole cancels out of its ratio; and where both sides have the same noise, a log ratio is as likely as its negative, whatever that noise.
 * Such symmetry is what keeps Student's t honest on noise far from normal, two modes included (simulated in the tests).
 * It has a limit: a slow mode that only one side has, and that shows in one round of five, is missed by a third of all runs of five rounds; by twenty rounds 93 % cover.
 * Ratios that are all the same have no width. A single pair says nothing about its spread: its interval is everything, 0 to infinity.
 * Source: Student, "The Probable Error of a Mean", Biometrika 6 (1908).
 * @param level confidence wanted, between 0 and 1.
 * @returns undefined where a reading is zero or negative.
 * @throws {RangeError} on no pairs, on sides of different length, and on a level outside (0, 1).
 */
export function ratioInterval(of: readonly number[], over: readonly number[], level: number): Interval | undefined {
  if (!(level > 0 && level < 1)) throw new RangeError(`a confidence level lies between 0 and 1, not ${level}`);
  const logs = logRatios(of, over);
  if (!logs) return undefined;
  const n = logs.length;
  if (n === 0) throw new RangeError("a ratio needs at least one pair");
  if (n === 1) return { center: of[0]! / over[0]!, low: 0, high: Infinity, n, level };
  if (logs.every((log) => log === logs[0])) {
    const ratio = of[0]! / over[0]!; // not exp(log): rounding must not push a ratio of exactly 3 over the edge of "at least 3"
    return { center: ratio, low: ratio, high: ratio, n, level };
  }
  return logInterval(logs, level);
}

/**
 * The geometric mean of ratios with Student's interval, from their logarithms.
 * @param logs ln(ratio), at least two of them.
 */
export function logInterval(logs: readonly number[], level: number): Interval {
  const n = logs.length;
  const centre = mean(logs);
  const half = (studentQuantile(1 - (1 - level) / 2, n - 1) * deviation(logs)) / Math.sqrt(n);
  return { center: Math.exp(centre), low: Math.exp(centre - half), high: Math.exp(centre + half), n, level };
}
