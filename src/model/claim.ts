import { isFactor, type Quantity } from "./quantity.ts";
import type { AnySettings, Point, Settings, Sweep } from "./sweep.ts";

/**
 * What a claim says of a number: the quantity, and the closed range in which it must lie.
 * The parameters are the names that it mentions (variants, metrics, swept parameters and their values), so that a misspelt one does not compile.
 */
export interface Bound<V extends string = string, M extends string = string, A extends string = string, P extends AnySettings = Point> {
  readonly quantity: Quantity<V, M, A, P>;
  /** Smallest value that agrees with the claim; `-Infinity` if there is none. */
  readonly low: number;
  /** Largest value that agrees with the claim; `Infinity` if there is none. */
  readonly high: number;
}

/** A quantity that waits for its bound. Bounds include their edges. */
export interface Unbounded<V extends string, M extends string, A extends string = never, P extends AnySettings = never> {
  atLeast(low: number): Bound<V, M, A, P>;
  atMost(high: number): Bound<V, M, A, P>;
  between(low: number, high: number): Bound<V, M, A, P>;
}

/** How many times `of` is what `over` is, round by round: `ratio("scattered", "ordered").atLeast(3)`. */
export function ratio<const A extends string, const B extends string>(of: A, over: B): Unbounded<A | B, "time">;
export function ratio<const A extends string, const B extends string, const M extends string>(
  of: A,
  over: B,
  metric: M,
): Unbounded<A | B, M>;
export function ratio(of: string, over: string, metric = "time"): Unbounded<string, string> {
  return bounded({ kind: "ratio", of, over, metric });
}

/** The reading of one variant, in base units. Unless it is exact, a verdict on it waits for ten rounds. */
export function value<const A extends string>(of: A): Unbounded<A, "time">;
export function value<const A extends string, const M extends string>(of: A, metric: M): Unbounded<A, M>;
export function value(of: string, metric = "time"): Unbounded<string, string> {
  return bounded({ kind: "value", of, metric });
}

/**
 * How many times what a variant reads at the claim's point is what it reads where `since` stands in the place of that point's own values, round
 * by round: `growth("COUNT(*)", { rows: 100 }).atLeast(1000)` at 1,000,000 rows. It is told and ruled like a ratio.
 */
export function growth<const A extends string, const P extends AnySettings>(of: A, since: P): Unbounded<A, "time", never, P>;
export function growth<const A extends string, const P extends AnySettings, const M extends string>(
  of: A,
  since: P,
  metric: M,
): Unbounded<A, M, never, P>;
export function growth(of: string, since: Point, metric = "time"): Unbounded<string, string, never, Point> {
  return bounded({ kind: "growth", of, metric, since });
}

/**
 * Where the time of a variant leaves its `nth` level (1 is the lowest) along a swept number: the size at which a cache is full. The
 * claim has no `at`: the step lies along the only parameter of the sweep.
 */
export function step<const A extends string, const N extends string>(of: A, nth: number, along: N): Unbounded<A, "time", N>;
export function step(of: string, nth: number, along: string): Unbounded<string, string, string> {
  if (!Number.isInteger(nth) || nth < 1) throw new RangeError(`steps are counted from 1, so there is no step ${nth}`);
  return bounded({ kind: "step", of, metric: "time", nth, along });
}

/**
 * Where along a swept number `a`, which is below `b` at first, rises above it: `crossover("scan", "index", "rows").between(1e3, 1e5)`. The claim
 * has no `at`: the crossover lies along the only parameter of the sweep. What is read is in `stats/crossover`.
 */
export function crossover<const A extends string, const B extends string, const N extends string>(
  a: A,
  b: B,
  along: N,
): Unbounded<A | B, "time", N>;
export function crossover<const A extends string, const B extends string, const N extends string, const M extends string>(
  a: A,
  b: B,
  along: N,
  metric: M,
): Unbounded<A | B, M, N>;
export function crossover(a: string, b: string, along: string, metric = "time"): Unbounded<string, string, string> {
  return bounded({ kind: "crossover", of: a, over: b, metric, along });
}

/**
 * What a variant would read at `along = to`, beyond the sweep, if the law of its last readings went on: `extrapolated("COUNT(*)", "rows", 1e9).atMost(60)`.
 * `at` names the largest point that is used. Nobody measured it, so a verdict is never better than "consistent with the model"; what its
 * interval holds and what not is in `stats/extrapolation`.
 */
export function extrapolated<const A extends string, const N extends string>(of: A, along: N, to: number): Unbounded<A, "time", N>;
export function extrapolated<const A extends string, const N extends string, const M extends string>(
  of: A,
  along: N,
  to: number,
  metric: M,
): Unbounded<A, M, N>;
export function extrapolated(of: string, along: string, to: number, metric = "time"): Unbounded<string, string, string> {
  return bounded({ kind: "extrapolated", of, metric, along, to });
}

function bounded<A extends string, P extends AnySettings>(quantity: Quantity<string, string, A, P>): Unbounded<string, string, A, P> {
  const within = (low: number, high: number): Bound<string, string, A, P> => {
    const positive = !isFactor(quantity.kind) || (high > 0 && (low > 0 || low === -Infinity));
    if (!(low <= high) || !positive || (low === -Infinity && high === Infinity)) {
      throw new RangeError(
        `the bound of a ${quantity.kind} must be a range of such numbers, lower edge first; this one is [${low}, ${high}]`,
      );
    }
    return { quantity, low, high };
  };
  return {
    atLeast: (low) => within(low, Infinity),
    atMost: (high) => within(-Infinity, high),
    between: within,
  };
}

/** A condition that is measured: where it does not hold, the claim is not tried; where that stays open, so does the claim. */
export interface Given<V extends string = string, M extends string = string, A extends string = string, P extends AnySettings = Point> {
  /** The condition in words: "the two workers run on cores of their own". */
  readonly says: string;
  readonly holds: Bound<V, M, A, P>;
  /** When it is known not to hold; unless given, whenever `holds` is refuted. What lies between is undecided. */
  readonly fails?: Bound<V, M, A, P>;
  /** Where it is measured; at the claim's own point unless given. */
  readonly at?: Point;
}

/** One testable reading of a ledger claim, at one point of the sweep. */
export interface Claim<S extends Sweep = Sweep, V extends string = string, M extends string = string> {
  /** What is being tested, in our words, as a statement that can turn out false. */
  readonly says: string;
  readonly holds: Bound<V, M, keyof S & string, Settings<S>>;
  /** Where in the sweep it must hold. May be left out only where nothing is swept. A place along the sweep (a step, a crossover) has none. */
  readonly at?: Point<S>;
  /** What must be true of the host for the claim to mean anything, measured by the same experiment. */
  readonly given?: Given<V, M, keyof S & string, Settings<S>>;
  /** The experiment stands in for the real thing: a verdict no better than "consistent with the model". */
  readonly model?: true;
}

/** A claim's readings, keyed by the ledger's ids. */
export type Claims<Id extends string, S extends Sweep, V extends string, M extends string> = {
  readonly [K in Id]?: readonly Claim<S, V, M>[];
};
