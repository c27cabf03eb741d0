import type { Asked } from "../model/quantity.ts";
import type { RunRecord } from "../model/record.ts";
import type { Interval } from "../model/verdict.ts";
import { exactRange, floorOf, pairsOf, ratioOf, replicates } from "./estimate.ts";
import { levelOf } from "./looks.ts";
import { logInterval, logRatios } from "./ratio.ts";

/** What the readings say of a crossover. */
export type FoundCrossover =
  | { readonly found: "crossover"; readonly at: Interval }
  /** At every value that was measured one of the two is surely below the other. If they cross, then beyond those values. */
  | { readonly found: "none"; readonly side: "below" | "above"; readonly from: number; readonly to: number; readonly because: string }
  | { readonly found: "unclear"; readonly because: string };

/**
 * Where along a swept number `of`, below `over` at first, rises above it.
 *
 * Every round is read by itself: its log ratio at each value, and where the straight line between two of them crosses 0, on log–log axes. What
 * slows a whole round cancels out. The interval is Student's, of the logarithms of these places; on a curve that two power laws cross, the
 * log ratio is a straight line and the place is read without bias. A bent one is off by an eighth of its bend times the square of the
 * logarithmic gap between two values, in log ratio: sweep finely where the crossover is expected. (With 10 % of noise a departure of 3 % between two
 * values is covered by twenty rounds as often as it must be, one of 5 % in 80 % of all runs.)
 *
 * Near a flat crossing noise makes a round cross more than once. Which crossing is meant is not known then, so the low end comes from the
 * first crossings of all rounds and the high end from the last, and the interval only gets wider by that. A round that does not cross at all
 * tells nothing of where, and leaving it out would favour those that do; so then there is no estimate.
 *
 * There is *no crossover in range* only where the ratio's interval lies on the same side of 1 at every value, each by more than the null
 * control differs. Every one of them has to be sure, so there is no error to divide between them (an intersection–union test: Berger,
 * "Multiparameter Hypothesis Testing and Acceptance Sampling", Technometrics 24, 1982).
 * Simulated in the tests, on straight and on slightly bent log ratios.
 */
export function crossoverOf(record: RunRecord, quantity: Asked<"crossover">): FoundCrossover {
  const { of, over, metric, along } = quantity;
  const rounds = complete(record, quantity);
  if (!rounds) return { found: "unclear", because: `no round holds ${of} and ${over} at two values of ${along}, all of them above zero` };
  const { values, logs } = rounds;
  const throughout = sideOf(record, quantity, values);
  if (throughout !== undefined) {
    const [from, to] = [values[0]!, values.at(-1)!];
    const because = `no crossover between ${grouped(from)} and ${grouped(to)}: ${of} is ${throughout} ${over} throughout`;
    return { found: "none", side: throughout, from, to, because };
  }
  const crossings = logs.map((own) => crossingsOf(values, own));
  const without = crossings.filter(({ length }) => length === 0).length;
  if (without > 0) {
    const because = `${without} of ${logs.length} rounds ${without === 1 ? "does" : "do"} not cross from ${of} below ${over} to above it`;
    return { found: "unclear", because };
  }
  const first = crossings.map((own) => own[0]!);
  const last = crossings.map((own) => own.at(-1)!);
  const both = [placeOf(record, metric, first), placeOf(record, metric, last)] as const;
  const center = Math.sqrt(both[0].center * both[1].center);
  return { found: "crossover", at: { ...both[0], center, low: both[0].low, high: both[1].high } };
}

/** The interval of the places whose logarithms these are. */
function placeOf(record: RunRecord, metric: string, logs: readonly number[]): Interval {
  if (record.metrics[metric]?.exact) return exactRange(logs.map(Math.exp));
  const level = levelOf(record);
  return logs.length === 1 ? { center: Math.exp(logs[0]!), low: 0, high: Infinity, n: 1, level } : logInterval(logs, level);
}

interface Rounds {
  /** Ascending. */
  readonly values: readonly number[];
  /** For each round its log ratio at every value. */
  readonly logs: readonly (readonly number[])[];
}

/** The rounds that hold both variants at every value at which both were read; undefined where there are none, or no two values. */
function complete(record: RunRecord, { of, over, metric, along }: Asked<"crossover">): Rounds | undefined {
  const read = record.points
    .map((point) => ({ point, value: Number(point[along]), rounds: replicates(record, of, metric, point) }))
    .map((it) => ({ ...it, others: replicates(record, over, metric, it.point) }))
    .filter(({ point, others }) => pairsOf(record, of, over, metric, point).of.length > 0 && others.size > 0)
    .toSorted((a, b) => a.value - b.value);
  const held = record.rounds.map((_, round) => round).filter((round) => read.every((it) => it.rounds.has(round) && it.others.has(round)));
  if (read.length < 2 || held.length === 0) return undefined;
  const logs = held.map((round) =>
    logRatios(
      read.map((it) => it.rounds.get(round)!),
      read.map((it) => it.others.get(round)!),
    ),
  );
  return logs.every((it) => it !== undefined) ? { values: read.map(({ value }) => value), logs } : undefined;
}

/** On which side of `over` the intervals of `of` lie at all values; undefined if they do not all lie on one. */
function sideOf(
  record: RunRecord,
  { of, over, metric, along }: Asked<"crossover">,
  values: readonly number[],
): "below" | "above" | undefined {
  const floor = record.metrics[metric]?.exact ? 0 : (floorOf(record, metric) ?? floorOf(record) ?? 0);
  const sides = values.map((value) => {
    const ratio = ratioOf(record, of, over, metric, { [along]: value })!;
    if (Math.abs(Math.log(ratio.center)) < floor) return undefined;
    return ratio.high < 1 ? "below" : ratio.low > 1 ? "above" : undefined;
  });
  return sides.every((side) => side === sides[0]) ? sides[0] : undefined;
}

/** Where a line through these log ratios rises through 0: logarithms of values, ascending. */
function crossingsOf(values: readonly number[], logs: readonly number[]): number[] {
  return values.slice(1).flatMap((value, index) => {
    const [before, after] = [logs[index]!, logs[index + 1]!];
    if (!(before < 0 && after >= 0)) return [];
    const [left, right] = [Math.log(values[index]!), Math.log(value)];
    return [left + ((right - left) * -before) / (after - before)];
  });
}

const grouped = (value: number): string => value.toLocaleString("en-US", { maximumSignificantDigits: 6 });
