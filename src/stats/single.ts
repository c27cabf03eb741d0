import type { Interval } from "../model/verdict.ts";
import { median } from "./quantiles.ts";

/**
 * Confidence that the median lies between the k-th smallest and the k-th largest of n readings, whatever their distribution:
 * 1 − 2 P(B ≤ k − 1) with B binomial(n, ½). Never below 0.
 */
export function orderLevel(n: number, k: number): number {
  let logChance = -n * Math.LN2; // in logarithms, because 2 ** -n is 0 from n = 1075 on
  let below = 0;
  for (let smaller = 0; smaller < k; smaller++) {
    below += Math.exp(logChance);
    logChance += Math.log((n - smaller) / (smaller + 1));
  }
  return Math.max(0, 1 - 2 * below);
}

/**
 * The median of one series with a distribution-free interval from its order statistics, interpolated between two neighbours to come near the wanted level.
 * Where even the whole range falls short of the level it is the whole range, and `level` says how much confidence that really has: 0.9375 of five readings, 0 of one.
 * The interpolation supposes that readings are spread smoothly between the neighbours. Across a gap between two modes it would cover too little
 * (88 % where 95 % was wanted of ten readings), so a step of more than half the interval is not interpolated but kept: the interval only gets wider by that.
 * Source: Hettmansperger & Sheather, "Confidence intervals based on interpolated order statistics", Statistics & Probability Letters 4 (1986).
 * @throws {RangeError} on an empty series, on NaN, and on a level outside (0, 1).
 */
export function medianInterval(values: readonly number[], level: number): Interval {
  if (!(level > 0 && level < 1)) throw new RangeError(`a confidence level lies between 0 and 1, not ${level}`);
  const n = values.length;
  const center = median(values);
  const ascending = values.toSorted((a, b) => a - b);
  const smallest = (k: number): number => ascending[k - 1]!;
  const largest = (k: number): number => ascending[n - k]!;
  if (orderLevel(n, 1) <= level) return { center, low: smallest(1), high: largest(1), n, level: orderLevel(n, 1) };

  let k = 1;
  while (2 * (k + 1) <= n + 1 && orderLevel(n, k + 1) >= level) k++;
  const outer = orderLevel(n, k);
  if (2 * (k + 1) > n + 1) return { center, low: smallest(k), high: largest(k), n, level: outer };

  const excess = (outer - level) / (outer - orderLevel(n, k + 1));
  const weight = ((n - k) * excess) / (k + (n - 2 * k) * excess);
  const width = largest(k) - smallest(k);
  const inward = (from: number, to: number): number => (Math.abs(to - from) > width / 2 ? from : from + (to - from) * weight);
  return { center, low: inward(smallest(k), smallest(k + 1)), high: inward(largest(k), largest(k + 1)), n, level };
}
