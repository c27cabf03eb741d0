import type { Point, Sweep, SweepValue } from "../model/sweep.ts";
import { pointKey } from "../model/sweep.ts";
import { pointWords, sweepValue } from "./words.ts";

/** More small charts than this stop being small multiples and become wallpaper. */
const MOST_PANELS = 4;
/** More rows of bars than this are a table. */
const MOST_ROWS = 24;

/** How the points that were tried are laid out: which of them make the x axis, which the panels, and which are left out. */
export type Layout =
  | {
      readonly kind: "swept";
      readonly parameter: string;
      readonly values: readonly number[];
      readonly panels: readonly Point[];
      readonly omitted: number;
      readonly fixed: Point;
    }
  | {
      readonly kind: "categories";
      readonly points: readonly Point[];
      readonly names: readonly string[];
      readonly omitted: number;
      readonly fixed: Point;
    };

/**
 * The first parameter with more than two numbers grows along x, and each combination of the others is a panel. Where
 * no number grows, every point is a category.
 * @param points those that were tried.
 * @param claimed points that claims name: they are shown when not all can be.
 */
export function layoutOf(sweep: Sweep, points: readonly Point[], claimed: readonly Point[]): Layout {
  const { varied, fixed } = variedOf(sweep, points);
  const grows = [...varied].find(([, values]) => values.length > 2 && values.every((value) => typeof value === "number"));
  if (grows === undefined) {
    const distinct = distinctOf(points.map((point) => only(point, [...varied.keys()])));
    const kept = choose(distinct, claimed, MOST_ROWS);
    return { kind: "categories", points: kept, names: kept.map((point) => nameOf(point)), omitted: distinct.length - kept.length, fixed };
  }
  const [parameter, values] = grows;
  const others = [...varied.keys()].filter((name) => name !== parameter);
  const combinations = distinctOf(points.map((point) => only(point, others)));
  const panels = choose(combinations, claimed, MOST_PANELS);
  return {
    kind: "swept",
    parameter,
    values: (values as number[]).toSorted((a, b) => a - b),
    panels,
    omitted: combinations.length - panels.length,
    fixed,
  };
}

/** Parameters with the values that were tried, in the order of the sweep: those of several values, and those of one. */
function variedOf(sweep: Sweep, points: readonly Point[]): { readonly varied: Map<string, SweepValue[]>; readonly fixed: Point } {
  const varied = new Map<string, SweepValue[]>();
  const fixed: { [parameter: string]: SweepValue } = {};
  for (const parameter of new Set([...Object.keys(sweep), ...points.flatMap((point) => Object.keys(point))])) {
    const tried = new Set(points.map((point) => point[parameter]).filter((value) => value !== undefined));
    const ordered = [...(sweep[parameter] ?? []).filter((value) => tried.delete(value)), ...tried];
    if (ordered.length > 1) varied.set(parameter, ordered);
    else if (ordered.length === 1) fixed[parameter] = ordered[0]!;
  }
  return { varied, fixed };
}

/** Points that stand side by side where x is no parameter: those that claims are about, then the largest. */
export interface Panels {
  /** With the parameters that vary alone. */
  readonly points: readonly Point[];
  readonly all: number;
  readonly fixed: Point;
}

export function panelsOf(sweep: Sweep, points: readonly Point[], claimed: readonly Point[]): Panels {
  const { varied, fixed } = variedOf(sweep, points);
  const distinct = distinctOf(points.map((point) => only(point, [...varied.keys()])));
  const named = distinct.filter((point) => claimed.some((claim) => matches(claim, point)));
  const kept = new Set([...new Set([...named, ...distinct.toReversed()])].slice(0, MOST_PANELS));
  return { points: distinct.filter((point) => kept.has(point)), all: distinct.length, fixed };
}

/** A category's name: the bare value where one parameter is swept and the value says what it is, else the point in words. */
function nameOf(point: Point): string {
  const entries = Object.entries(point);
  const [first] = entries;
  if (entries.length === 1 && first && typeof first[1] === "string") return sweepValue(first[0], first[1]);
  return pointWords(point);
}

function only(point: Point, parameters: readonly string[]): Point {
  return Object.fromEntries(parameters.flatMap((name) => (point[name] === undefined ? [] : [[name, point[name]]])));
}

function distinctOf(points: readonly Point[]): Point[] {
  return [...new Map(points.map((point) => [pointKey(point), point])).values()];
}

/** At most `most` of them, in their order: first those that claims are about, then evenly spread ones. */
function choose(points: readonly Point[], claimed: readonly Point[], most: number): Point[] {
  if (points.length <= most) return [...points];
  const kept = new Set<Point>();
  for (const point of points) {
    if (kept.size < most && claimed.some((claim) => matches(claim, point))) kept.add(point);
  }
  for (let index = 0; kept.size < most && index < most; index++) {
    kept.add(points[Math.round((index * (points.length - 1)) / (most - 1))]!);
  }
  return points.filter((point) => kept.has(point));
}

/** Whether a point has every value that `part` names. */
export function matches(point: Point, part: Point): boolean {
  return Object.entries(part).every(([parameter, value]) => point[parameter] === value);
}
