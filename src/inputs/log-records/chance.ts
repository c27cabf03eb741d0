/*
 * Draws from distributions, made of additions, multiplications, divisions and square roots alone: IEEE 754 fixes the last bit of these on
 * every machine and leaves that of exponentials and logarithms to the library.
 */

/** Draws one number of a distribution, given a source that is uniform on [0, 1). */
export type Draw = (random: () => number) => number;

/**
 * Draws an index in proportion to its weight, in one step however many there are.
 * Source: M. D. Vose, "A linear algorithm for generating random numbers with a given distribution" (1991), after A. J. Walker's aliases.
 */
export function weighted(weights: ArrayLike<number>): Draw {
  const count = weights.length;
  let total = 0;
  for (let index = 0; index < count; index++) total += weights[index]!;
  const keep = new Float64Array(count);
  for (let index = 0; index < count; index++) keep[index] = (weights[index]! * count) / total;
  const alias = new Int32Array(count);
  const poor: number[] = [];
  const rich: number[] = [];
  for (let index = 0; index < count; index++) (keep[index]! < 1 ? poor : rich).push(index);
  while (poor.length > 0 && rich.length > 0) {
    const taker = poor.pop()!;
    const giver = rich.at(-1)!;
    alias[taker] = giver;
    keep[giver]! -= 1 - keep[taker]!;
    if (keep[giver]! < 1) poor.push(rich.pop()!);
  }
  // What is left over is full but for rounding.
  for (const index of poor) keep[index] = 1;
  for (const index of rich) keep[index] = 1;
  return (random) => {
    const at = random() * count;
    const index = Math.floor(at);
    return at - index < keep[index]! ? index : alias[index]!;
  };
}

/** Draws a rank from 0 below `count`; the weight of a rank is one part in its place (Zipf's law with exponent 1). */
export function zipf(count: number): Draw {
  const weights = new Float64Array(count);
  for (let rank = 0; rank < count; rank++) weights[rank] = 1 / (rank + 1);
  return weighted(weights);
}

/** Log-normal with median 1; `sigma` is the spread of the logarithm, which is cut off at four of them. */
export function logNormal(sigma: number): Draw {
  const steps = 256;
  const width = 8 / steps;
  const place = (step: number): number => -4 + step * width;
  return piecewise(
    Float64Array.from({ length: steps }, (_, step) => exp((-place(step + 0.5) * place(step + 0.5)) / 2)),
    (step) => exp(sigma * place(step)),
  );
}

/** Exponential with mean 1, cut off at twelve: the gaps between arrivals that know nothing of each other. */
export function exponential(): Draw {
  const steps = 384;
  return piecewise(
    Float64Array.from({ length: steps }, (_, step) => exp(-(step * 12) / steps)),
    (step) => (step * 12) / steps,
  );
}

/** A Pareto tail with exponent 2 from 1 upwards: a quarter of what is beyond x is beyond 2 x. */
export const pareto: Draw = (random) => 1 / Math.sqrt(1 - random());

/** Draws a piece by its weight, and within it evenly between its two edges. */
function piecewise(weights: Float64Array, edgeOf: (step: number) => number): Draw {
  const edges = Float64Array.from({ length: weights.length + 1 }, (_, step) => edgeOf(step));
  const piece = weighted(weights);
  return (random) => {
    const step = piece(random);
    return edges[step]! + random() * (edges[step + 1]! - edges[step]!);
  };
}

/** e to the power of x, for |x| below 10: a short series close to zero, squared ten times. */
function exp(x: number): number {
  let power = 1;
  let sum = 1;
  for (let term = 1; term <= 8; term++) {
    power *= x / 1024 / term;
    sum += power;
  }
  for (let doubling = 0; doubling < 10; doubling++) sum *= sum;
  return sum;
}
