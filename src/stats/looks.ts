import { firstLook } from "../model/effort.ts";
import type { RunRecord } from "../model/record.ts";
import type { Interval } from "../model/verdict.ts";

/** Chance that any of the looks at one comparison misleads. */
export const totalError = 0.05;

/**
 * The confidence level of a record's intervals. A run has two looks at its claims, after the first rounds and at its end, and looking twice
 * and stopping when something shows would mislead more often than looking once: each look gets half of the error (the union bound, valid
 * whatever the joint distribution of the two).
 *
 * A run whose budget leaves no time for a second look has one (`looks` is 1), and that gets all of it. This may be decided as late as the
 * look itself because only the clock decides it, and no claim (Lan & DeMets, "Discrete Sequential Boundaries for Clinical Trials", Biometrika
 * 70, 1983: looks need not be fixed before, as long as they do not depend on what was found). For the same reason it is no matter after how
 * many rounds the second look comes. The clock itself may follow the readings; how little that does is simulated in the tests, with rounds
 * that cost what they read.
 */
export function levelOf({ looks = 2 }: Pick<RunRecord, "looks">): number {
  return 1 - totalError / looks;
}

/** The share of `totalError` that belongs to the last of two looks. */
export const lastShare = totalError / 2;

/** What has been spent by the look at which this interval was had: the chance that this look or the one before it misleads. */
export function errorSpentBy({ n, level }: Pick<Interval, "n" | "level">): number {
  return n > firstLook ? totalError : 1 - level;
}

/**
 * The share of `totalError` that belongs to a look after `n` rounds where there are many: spent linearly in information, which is the number
 * of rounds. Each look gets what has been added since the one before.
 * Between two looks the next one's share holds, below the first look the first one's, beyond the last look the last one's.
 * @param schedule rounds after which there are looks.
 */
export function errorAt(n: number, schedule: readonly number[]): number {
  const found = schedule.findIndex((look) => n <= look);
  const index = found < 0 ? schedule.length - 1 : found;
  return (totalError * (schedule[index]! - (schedule[index - 1] ?? 0))) / schedule.at(-1)!;
}
