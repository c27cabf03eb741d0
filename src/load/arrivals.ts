import { seeded } from "../inputs/random.ts";

/** When the requests of an open loop are due, whatever the server does. Plain data: it goes to the generator's process. */
export interface Arrivals {
  readonly pace: "constant" | "poisson";
  readonly perSecond: number;
}

/** More than a generator could send, or a reader wait for. */
export const MOST_ARRIVALS = 1_000_000;

/** One every 1 / `perSecond` seconds. It can fall into step with a timer of the server; `poisson` cannot. */
export const constant = (perSecond: number): Arrivals => ({ pace: "constant", perSecond });

/** Users who know nothing of each other: gaps are exponential with mean 1 / `perSecond`, and bursts come by themselves. */
export const poisson = (perSecond: number): Arrivals => ({ pace: "poisson", perSecond });

/**
 * The due times of a window, ascending, in seconds from its beginning. The same seed gives the same times.
 * @throws {RangeError} where the window or the rate is not a positive number, or more than a million arrivals are to be expected.
 */
export function schedule(arrivals: Arrivals, { window, seed }: { readonly window: number; readonly seed: number }): Generator<number> {
  const { pace, perSecond } = arrivals;
  if (!(perSecond > 0 && Number.isFinite(perSecond))) throw new RangeError(`a load has more than 0 arrivals a second, not ${perSecond}`);
  if (!(window > 0 && Number.isFinite(window))) throw new RangeError(`a load lasts longer than 0 s, not ${window}`);
  if (perSecond * window > MOST_ARRIVALS) {
    throw new RangeError(`${perSecond}/s over ${window} s are more than ${MOST_ARRIVALS} arrivals; shorten the window or lower the rate`);
  }
  return pace === "constant" ? evenly(perSecond, window) : atRandom(perSecond, window, seeded(seed));
}

function* evenly(perSecond: number, window: number): Generator<number> {
  // Divided anew each time: a sum of gaps would drift.
  for (let index = 0; index / perSecond < window; index++) yield index / perSecond;
}

function* atRandom(perSecond: number, window: number, random: () => number): Generator<number> {
  let at = 0;
  for (let arrived = 0; arrived < MOST_ARRIVALS; arrived++) {
    at -= Math.log(1 - random()) / perSecond;
    if (at >= window) return;
    yield at;
  }
}
