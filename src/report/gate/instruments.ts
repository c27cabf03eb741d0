import { ratioIn, type Comparison, type Replicates } from "../../model/gate.ts";
import type { Interval } from "../../model/verdict.ts";
import { mean } from "../../stats/quantiles.ts";
import { logInterval } from "../../stats/ratio.ts";

/** What a comparison is looked at with, in turn. */
export const instruments = ["duet", "isolated", "confirmation"] as const satisfies readonly (keyof Replicates)[];
export type Instrument = (typeof instruments)[number];

/** Confidence of intervals where the comparison names none. */
const LEVEL = 0.95;

/** The confidence of a comparison's interval, for its other intervals. */
export function levelOf({ ratio }: Comparison): number {
  const level = ratio?.level ?? LEVEL;
  return level > 0 && level < 1 ? level : LEVEL;
}

/** Logs of ratios that can be told; a side that read zero leaves none. */
export const numbersOf = (logs: readonly number[] | undefined): number[] =>
  (logs ?? []).filter((log) => Number.isFinite(Math.exp(log)) && log > -700);

/** Head over base with its interval, from replicates; a single one is a number without an interval. */
export function intervalOf(logs: readonly number[] | undefined, level: number): Interval | undefined {
  const numbers = numbersOf(logs);
  if (numbers.length === 0) return undefined;
  const center = Math.exp(mean(numbers));
  return numbers.length === 1 ? { center, low: center, high: center, n: 1, level } : logInterval(numbers, level);
}

/** The instrument whose replicates the comparison's ratio comes from; the last one among equals. */
export function rulingOf(it: Comparison): Instrument | undefined {
  const log = Math.log(ratioIn(it)?.center ?? NaN);
  return instruments.findLast((name) => Math.abs((meanOf(it.replicates?.[name]) ?? NaN) - log) < 1e-9);
}

function meanOf(logs: readonly number[] | undefined): number | undefined {
  const numbers = numbersOf(logs);
  return numbers.length === 0 ? undefined : mean(numbers);
}
