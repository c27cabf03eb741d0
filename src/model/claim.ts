import type { Point, Sweep } from "./sweep.ts";

/**
 * What a claim says of a number: the quantity, and the closed range in which it must lie.
 * `V` and `M` are the names it mentions, so that a misspelt one does not compile.
 */
export interface Bound<V extends string = string, M extends string = string> {
  readonly quantity: Quantity<V, M>;
  /** Smallest value that agrees with the claim; `-Infinity` if there is none. */
  readonly low: number;
  /** Largest value that agrees with the claim; `Infinity` if there is none. */
  readonly high: number;
}

/** A number that a record can answer. */
export type Quantity<V extends string = string, M extends string = string> =
  | { readonly kind: "ratio"; readonly of: V; readonly over: V; readonly metric: M }
  | { readonly kind: "value"; readonly of: V; readonly metric: M }
  /** Where, along a swept number, the readings of a variant leave their `nth` level: in the units of that parameter. */
  | { readonly kind: "step"; readonly of: V; readonly metric: M; readonly nth: number; readonly along: string };

/** The variants that a quantity mentions. */
export const namesOf = (quantity: Quantity): string[] => (quantity.kind === "ratio" ? [quantity.of, quantity.over] : [quantity.of]);

/** A quantity that waits for its bound. Bounds include their edges. */
export interface Unbounded<V extends string, M extends string> {
  atLeast(low: number): Bound<V, M>;
  atMost(high: number): Bound<V, M>;
  between(low: number, high: number): Bound<V, M>;
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
 * Where the time of a variant leaves its `nth` level (1 is the lowest) along a swept number: the size at which a cache is full. The
 * claim has no `at`: the step lies along the only parameter of the sweep.
 */
export function step<const A extends string>(of: A, nth: number, along: string): Unbounded<A, "time">;
export function step(of: string, nth: number, along: string): Unbounded<string, string> {
  if (!Number.isInteger(nth) || nth < 1) throw new RangeError(`steps are counted from 1, so there is no step ${nth}`);
  return bounded({ kind: "step", of, metric: "time", nth, along });
}

function bounded(quantity: Quantity): Unbounded<string, string> {
  const within = (low: number, high: number): Bound => {
    const positive = quantity.kind !== "ratio" || (high > 0 && (low > 0 || low === -Infinity));
    if (!(low <= high) || !positive || (low === -Infinity && high === Infinity)) {
      throw new RangeError(`a bound must be a range of ${quantity.kind}s, lower edge first; this one is [${low}, ${high}]`);
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
export interface Given<V extends string = string, M extends string = string> {
  /** The condition in words: "the two workers run on cores of their own". */
  readonly says: string;
  readonly holds: Bound<V, M>;
  /** When it is known not to hold; unless given, whenever `holds` is refuted. What lies between is undecided. */
  readonly fails?: Bound<V, M>;
  /** Where it is measured; at the claim's own point unless given. */
  readonly at?: Point;
}

/** One testable reading of a ledger claim, at one point of the sweep. */
export interface Claim<S extends Sweep = Sweep, V extends string = string, M extends string = string> {
  /** What is being tested, in our words, as a statement that can turn out false. */
  readonly says: string;
  readonly holds: Bound<V, M>;
  /** Where in the sweep it must hold. May be left out only where nothing is swept. A step has none: it lies along the sweep. */
  readonly at?: Point<S>;
  /** What must be true of the host for the claim to mean anything, measured by the same experiment. */
  readonly given?: Given<V, M>;
  /** The experiment stands in for the real thing: a verdict no better than "consistent with the model". */
  readonly model?: true;
}

/** A claim's readings, keyed by the ledger's ids. */
export type Claims<Id extends string, S extends Sweep, V extends string, M extends string> = {
  readonly [K in Id]?: readonly Claim<S, V, M>[];
};
