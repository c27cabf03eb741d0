import { shuffled } from "../inputs/order.ts";
import { seeded, seedFrom } from "../inputs/random.ts";
import type { Effort } from "../model/effort.ts";
import type { Definition } from "../model/experiment.ts";
import { pointKey, pointsOf, type Point } from "../model/sweep.ts";

/** One variant at one point: what a trial measures. */
export interface Cell {
  readonly variant: string;
  readonly point: Point;
  /** The first variant under a second name. */
  readonly control: boolean;
}

export const cellKey = (cell: Cell): string => `${cell.control ? "control" : "variant"} ${cell.variant} ${pointKey(cell.point)}`;

/** The points that an effort runs, narrowed to those that have the wanted values. */
export function chosenPoints(definition: Definition, effort: Effort, at: Point = {}): Point[] {
  const selection = effort === "full" ? {} : (definition.quick ?? {});
  const all = pointsOf(definition.sweep);
  const wanted = (point: Point): boolean => Object.entries(at).every(([parameter, value]) => point[parameter] === value);
  // Points that were asked for by name need not be among those of a short effort.
  const chosen = Object.keys(at).length > 0 ? all.filter(wanted) : pointsOf(definition.sweep, selection);
  return effort === "smoke" ? chosen.slice(0, 1) : chosen;
}

/** Where the null control runs: at the points that claims rest on, one a round in turn; at all points if no claim rests on any. */
export function controlPoints(definition: Definition, points: readonly Point[]): Point[] {
  const claimed = new Set(Object.values(definition.claims).flatMap((claims) => (claims ?? []).map((claim) => pointKey(claim.at ?? {}))));
  const resting = points.filter((point) => claimed.has(pointKey(point)));
  return resting.length > 0 ? resting : [...points];
}

/**
 * The trials of one round in the order in which they run: every wanted cell once, and the null control at one point.
 * The order is a permutation drawn from the seed, so that no variant always comes after the same neighbour.
 */
export function roundOf(
  definition: Definition,
  experiment: string,
  cells: readonly Cell[],
  controls: readonly Point[],
  seed: number,
  round: number,
): Cell[] {
  const first = definition.variantNames[0]!;
  const control = controls[round % controls.length];
  const held = control && cells.some((cell) => cell.variant === first && pointKey(cell.point) === pointKey(control));
  const trials = held ? [...cells, { variant: first, point: control, control: true }] : [...cells];
  const order = shuffled(Int32Array.from(trials.keys()), seeded(seedFrom(experiment, seed, round)));
  return Array.from(order, (index) => trials[index]!);
}

/** All cells of an experiment at these points. */
export function cellsOf(definition: Definition, points: readonly Point[]): Cell[] {
  return points.flatMap((point) => definition.variantNames.map((variant) => ({ variant, point, control: false })));
}
