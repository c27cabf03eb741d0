import { looks } from "../model/effort.ts";

/** Chance that any of the looks at one comparison misleads. */
export const totalError = 0.05;

/**
 * The share of `totalError` that belongs to a look after `n` rounds: looking again and again and stopping when something shows would otherwise mislead more often than once in twenty.
 * The error is spent linearly in information, which is the number of rounds. Each look simply gets what has been added since the one before (the union bound):
 * a little wider than exact boundaries, and valid whatever the joint distribution of the looks.
 * Between two looks the next one's share holds, below the first look the first one's, beyond the last look the last one's.
 * @param schedule rounds after which there are looks; those of a run unless given.
 * Source: Lan & DeMets, "Discrete Sequential Boundaries for Clinical Trials", Biometrika 70 (1983).
 */
export function errorAt(n: number, schedule: readonly number[] = looks): number {
  const found = schedule.findIndex((look) => n <= look);
  const index = found < 0 ? schedule.length - 1 : found;
  return (totalError * (schedule[index]! - (schedule[index - 1] ?? 0))) / schedule.at(-1)!;
}

/** What has been spent by the look after `n` rounds: the chance that this look or one before it misleads. */
export function errorSpentBy(n: number): number {
  const look = looks.find((rounds) => n <= rounds) ?? looks.at(-1)!;
  return (totalError * look) / looks.at(-1)!;
}

/** The confidence level of an interval that is looked at after `n` rounds. */
export function levelAt(n: number): number {
  return 1 - errorAt(n);
}
