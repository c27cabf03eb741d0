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

/**
 * Where the null control runs: at the points that claims rest on, one a round in turn; at all points if no claim rests on any. What is exact
 * needs no control: points of such claims alone get one only if there are no others.
 */
export function controlPoints({ claims, metrics }: Definition, points: readonly Point[]): Point[] {
  const readings = Object.values(claims).flatMap((it) => it ?? []);
  const under = (some: typeof readings): Point[] => {
    const claimed = new Set(some.map(({ at }) => pointKey(at ?? {})));
    return points.filter((point) => claimed.has(pointKey(point)));
  };
  const noisy = under(readings.filter(({ holds }) => !metrics[holds.quantity.metric]?.exact));
  const any = noisy.length > 0 ? noisy : under(readings);
  return any.length > 0 ? any : [...points];
}

/**
 * The trials of one round in the order in which they run: every wanted cell once, and the null control at one point.
 * The points come in an order drawn from the seed, and so do the variants of each, one right after the other: claims compare variants at a
 * point, and a neighbour who comes for a few seconds and goes again then finds both of a pair or neither. (On a shared machine such phases
 * last for seconds and double what a tight loop takes.) A randomised block design, with the point as block.
 * Source: R. A. Fisher, "The Arrangement of Field Experiments" (1926).
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
  const random = seeded(seedFrom(experiment, seed, round));
  const blocks = [...Map.groupBy(trials, ({ point }) => pointKey(point)).values()];
  return shuffled(blocks, random).flatMap((block) => shuffled(block, random));
}

/** All cells of an experiment at these points. */
export function cellsOf(definition: Definition, points: readonly Point[]): Cell[] {
  return points.flatMap((point) => definition.variantNames.map((variant) => ({ variant, point, control: false })));
}
