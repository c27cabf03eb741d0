/** A value that a sweep can take; it must survive JSON unchanged, because records name points by it. */
export type SweepValue = number | string | boolean;

/** The parameters an experiment varies, each with all its values in the order in which charts show them. */
export type Sweep = { readonly [parameter: string]: readonly SweepValue[] };

/** One choice of a value for every parameter of a sweep. */
export type Point<S extends Sweep = Sweep> = { readonly [K in keyof S]: S[K][number] };

/** Values for some parameters, whatever they are called. */
export type AnySettings = { readonly [parameter: string]: SweepValue | undefined };

/** Values for some parameters of a sweep. */
export type Settings<S extends Sweep = Sweep> = string extends keyof S ? Point : { readonly [K in keyof S]?: S[K][number] };

/** For each parameter the values that a shorter effort keeps; a parameter left out keeps them all. */
export type Selection<S extends Sweep = Sweep> = { readonly [K in keyof S]?: readonly S[K][number][] };

/** All points of a sweep, the last parameter varying fastest. A sweep without parameters has one point, `{}`. */
export function pointsOf(sweep: Sweep, selection: Selection = {}): Point[] {
  let points: Point[] = [{}];
  for (const [parameter, values] of Object.entries(sweep)) {
    const kept = selection[parameter] ?? values;
    points = points.flatMap((point) => kept.map((value) => ({ ...point, [parameter]: value })));
  }
  return points;
}

/** The identity of a point: equal for equal values whatever the order of the keys. */
export function pointKey(point: Point): string {
  return JSON.stringify(Object.entries(point).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
