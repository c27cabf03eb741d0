import { type AnySettings, pointKey, type Point } from "./sweep.ts";

/**
 * A number that a record can answer.
 * @template V names of variants, M of metrics, A of swept parameters; P the values of parameters, that it mentions.
 */
export type Quantity<V extends string = string, M extends string = string, A extends string = string, P extends AnySettings = Point> =
  | { readonly kind: "ratio"; readonly of: V; readonly over: V; readonly metric: M }
  | { readonly kind: "value"; readonly of: V; readonly metric: M }
  /** How many times what a variant reads at a point is what it reads where `since` stands in the place of that point's own values. */
  | { readonly kind: "growth"; readonly of: V; readonly metric: M; readonly since: P }
  /** Where, along a swept number, the readings of a variant leave their `nth` level: in the units of that parameter. */
  | { readonly kind: "step"; readonly of: V; readonly metric: M; readonly nth: number; readonly along: A }
  /** Where, along a swept number, what `of` reads rises above what `over` reads: in the units of that parameter. */
  | { readonly kind: "crossover"; readonly of: V; readonly over: V; readonly metric: M; readonly along: A }
  /** What a variant would read at `along = to`, beyond the sweep, if its last readings went on as they do. */
  | { readonly kind: "extrapolated"; readonly of: V; readonly metric: M; readonly along: A; readonly to: number };

export type Kind = Quantity["kind"];
/** The quantity of one kind. */
export type Asked<K extends Kind> = Extract<Quantity, { kind: K }>;

/** The variants that a quantity mentions. */
export const namesOf = (quantity: Quantity): string[] => ("over" in quantity ? [quantity.of, quantity.over] : [quantity.of]);

/** Whether a quantity is a factor between two readings, of which 1 is no effect. */
export const isFactor = (kind: Kind): boolean => kind === "ratio" || kind === "growth";

/** Whether a quantity is a place along the sweep, which is no reading of a metric. */
export const isPlace = (kind: Kind): boolean => kind === "step" || kind === "crossover";

/** Of a growth: the point that it starts from. */
export const startOf = ({ since }: Asked<"growth">, at: Point): Point => ({ ...at, ...since });

/** So many of the largest values continue a law. */
const LAST = 3;

/**
 * The points that a quantity rests on: all of the sweep for a place along it; both of a growth; of an extrapolation the three with the
 * largest values up to the claim's own, or fewer where there are no more.
 * @param points those that were run, or the whole sweep. Points that a claim names are returned even if they are not among them.
 */
export function restsOn(quantity: Quantity, at: Point, points: readonly Point[]): Point[] {
  switch (quantity.kind) {
    case "ratio":
    case "value":
      return [at];
    case "growth":
      return [startOf(quantity, at), at];
    case "step":
    case "crossover":
      return [...points];
    case "extrapolated": {
      const { along } = quantity;
      const others = (point: Point): string => pointKey({ ...point, [along]: 0 });
      const before = points.filter((point) => others(point) === others(at) && Number(point[along]) < Number(at[along]));
      return [...before.toSorted((a, b) => Number(a[along]) - Number(b[along])).slice(1 - LAST), at];
    }
  }
}
