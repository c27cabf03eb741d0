import { isFactor, type Kind } from "../model/quantity.ts";
import type { Ruling } from "../model/verdict.ts";

/** What has been measured, held against what is claimed. */
export interface Measured {
  /** The estimate, inside its interval. */
  readonly center: number;
  /** The interval, closed. */
  readonly low: number;
  readonly high: number;
  /** Edges of the claim's bound, closed; infinite where it has none. */
  readonly boundLow: number;
  readonly boundHigh: number;
  /** Largest absolute log ratio that the null control shows; 0 (the default) for facts, which have none. */
  readonly floor?: number;
  readonly kind: Kind;
  /** The experiment stands in for the real thing. */
  readonly model?: boolean;
}

/** A ruling, and why where the numbers alone do not say. */
export interface Ruled {
  readonly ruling: Extract<Ruling, "reproduced" | "consistent with the model" | "undecided" | "weaker" | "refuted">;
  readonly because?: string;
}

/**
 * Rules on a measured interval. The rulings partition all results: every one has exactly one.
 * - The interval lies inside the bound (touching its edge from inside included): reproduced, or consistent with the model.
 * - It contains an edge of the bound (touching one from outside included), or one is nearer to the estimate than the floor: undecided.
 *   (The interval's ends would be too strict: the floor is the end of such an interval itself, and noise would count twice.)
 * - It lies outside: `weaker` for a ratio or a growth between 1 and a bound that excludes 1, otherwise refuted.
 * Nearness is an absolute log ratio; where an estimate or an edge is not positive there is none, and containment alone decides.
 * @throws {RangeError} on NaN, on an interval or a bound whose ends are swapped, and on a negative floor.
 */
export function rule({ center, low, high, boundLow, boundHigh, floor = 0, kind, model = false }: Measured): Ruled {
  if (!(low <= center && center <= high)) {
    throw new RangeError(`an interval goes from low over its center to high, not ${low}, ${center}, ${high}`);
  }
  if (!(boundLow <= boundHigh)) throw new RangeError(`a bound goes from low to high, not from ${boundLow} to ${boundHigh}`);
  if (!(floor >= 0)) throw new RangeError(`a floor is zero or positive, not ${floor}`);

  const inside = boundLow <= low && high <= boundHigh;
  const below = high < boundLow;
  const above = low > boundHigh;
  if (!inside && !below && !above) return { ruling: "undecided", because: "the interval contains an edge of the bound" };

  if (Math.min(apart(center, boundLow), apart(center, boundHigh)) < floor) {
    return { ruling: "undecided", because: "an edge of the bound is nearer than the same code under two names comes to itself" };
  }
  if (inside) return { ruling: model ? "consistent with the model" : "reproduced" };
  return !isFactor(kind) ? { ruling: "refuted" } : outside({ center, low, high, boundLow, boundHigh, floor });
}

/** Absolute log ratio of two positive numbers; infinite where there is none, which no floor exceeds. */
function apart(estimate: number, edge: number): number {
  if (!(estimate > 0 && edge > 0) || estimate === Infinity || edge === Infinity) return Infinity;
  return Math.abs(Math.log(estimate / edge));
}

type Outside = Required<Pick<Measured, "center" | "low" | "high" | "boundLow" | "boundHigh" | "floor">>;

/** A ratio that lies outside its bound by more than the floor. */
function outside({ center, low, high, boundLow, boundHigh, floor }: Outside): Ruled {
  const claimsMore = boundLow > 1;
  const claimsLess = boundHigh < 1;
  if (!claimsMore && !claimsLess) return outsideAroundOne({ low, high, boundLow, boundHigh });

  const exceeded = claimsMore ? low > boundHigh : high < boundLow;
  if (exceeded) return { ruling: "refuted", because: "stronger than claimed" };
  if (low <= 1 && 1 <= high) return { ruling: "refuted", because: "no effect" };
  if (claimsMore !== low > 1) return { ruling: "refuted", because: "the other way round" };
  if (apart(center, 1) < floor) {
    return { ruling: "weaker", because: "it may be no effect: 1 is nearer than the same code under two names comes to itself" };
  }
  return { ruling: "weaker" };
}

/** The bound allows "no effect", and the interval, outside it, cannot contain 1. */
function outsideAroundOne({ low, high, boundLow, boundHigh }: Omit<Outside, "center" | "floor">): Ruled {
  const claimsNoLess = boundLow === 1 && boundHigh > 1;
  const claimsNoMore = boundHigh === 1 && boundLow < 1;
  if ((claimsNoLess && high < 1) || (claimsNoMore && low > 1)) return { ruling: "refuted", because: "the other way round" };
  const between = boundLow > 0 && boundHigh < Infinity;
  return between ? { ruling: "refuted", because: "stronger than claimed" } : { ruling: "refuted" };
}
