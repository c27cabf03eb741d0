/** Level stretches of a curve on log–log axes, and the rises between them. */

/** One measured size: logarithms of the size and of its time, and how far the time may be off. */
export interface Height {
  readonly x: number;
  readonly y: number;
  /** Standard error of `y`. */
  readonly error: number;
}

/** Neighbouring sizes, `first` to `last`, whose times lie on a nearly level line. */
export interface Plateau {
  readonly first: number;
  readonly last: number;
  /** The line: `y` at the logarithm of a size. */
  readonly at: (x: number) => number;
}

/**
 * The levels of a cache drift, for want of address translations and of pages in the right places: up to 23 % a doubling is still level, and
 * points may lie 5 % beside the line.
 */
const STEEPEST_PLATEAU = 0.3;
const UNEVENNESS = 0.05;
/** A bend on the way up is no plateau: one between two steps holds for a doubling. */
const SHORTEST = Math.log(1.99);
/** A step multiplies the time by this at least, and on its whole way is steeper than any plateau. */
const LEAST_RISE = Math.log(1.3);
const LEAST_SLOPE = 0.4;
/**
 * What a size on the way between two plateaus costs (a doubling, where sizes lie closer), and what a plateau does: it must hold two sizes to be
 * worth it, because a single one could as well be on the way. Schwarz's price of a parameter, ln n, is 2.5 to 3.6 for twelve to thirty-five
 * sizes; these are above it, and simulation chose them.
 */
const ON_THE_WAY = 5;
const PLATEAU = 6;

/**
 * Divides a curve into plateaus by dynamic programming: the squared distances from the plateaus' lines in units of their error, plus a price
 * for every plateau and for every size on the way between two, are the least that any division has. The first plateau begins at the first
 * size and the last one ends at the last, so that a curve that never rises is one plateau.
 * Sources: Bai & Perron, "Computation and analysis of multiple structural change models", Journal of Applied Econometrics 18 (2003), for the
 * search; Schwarz, "Estimating the dimension of a model", Annals of Statistics 6 (1978), for the price.
 */
export function plateausOf(heights: readonly Height[]): Plateau[] {
  const n = heights.length;
  if (n === 0) return [];
  const best = new Map<number, Division>();
  let chosen: Division | undefined;
  for (let last = 0; last < n; last++) {
    for (let first = 0; first <= last; first++) {
      const inner = first > 0 && last < n - 1;
      if (inner && heights[last]!.x - heights[first]!.x < SHORTEST) continue;
      const { plateau, misfit } = fitted(heights, first, last);
      const before = first === 0 ? undefined : cheapest(best, heights, plateau);
      if (first > 0 && !before) continue;
      const way = before ? priceOfWay(heights, before.plateau.last, first) : 0;
      const division = { plateau, before, cost: (before?.cost ?? 0) + way + PLATEAU + misfit };
      best.set(first * n + last, division);
      if (last === n - 1 && (!chosen || division.cost < chosen.cost)) chosen = division;
    }
  }
  const plateaus: Plateau[] = [];
  for (let it = chosen; it; it = it.before) plateaus.unshift(it.plateau);
  return plateaus;
}

interface Division {
  readonly plateau: Plateau;
  readonly before: Division | undefined;
  readonly cost: number;
}

function priceOfWay(heights: readonly Height[], from: number, to: number): number {
  return ON_THE_WAY * Math.min(to - from - 1, (heights[to]!.x - heights[from]!.x) / Math.LN2);
}

/** The best division that ends in a plateau from which a step leads up to this one. */
function cheapest(divisions: ReadonlyMap<number, Division>, heights: readonly Height[], plateau: Plateau): Division | undefined {
  let found: Division | undefined;
  let least = Infinity;
  const { x } = heights[plateau.first]!;
  for (const division of divisions.values()) {
    const { last, at } = division.plateau;
    if (last >= plateau.first) continue;
    const cost = division.cost + priceOfWay(heights, last, plateau.first);
    if (cost >= least) continue;
    const left = heights[last]!.x;
    const rise = plateau.at(x) - at(left);
    if (rise < LEAST_RISE || rise < LEAST_SLOPE * (x - left)) continue;
    found = division;
    least = cost;
  }
  return found;
}

/** The weighted least-squares line of sizes `first` to `last`, never falling and never steeper than a plateau may be. */
function fitted(heights: readonly Height[], first: number, last: number): { plateau: Plateau; misfit: number } {
  const weighted = heights.slice(first, last + 1).map(({ x, y, error }) => ({ x, y, weight: 1 / (error ** 2 + UNEVENNESS ** 2) }));
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const middleX = weighted.reduce((sum, { x, weight }) => sum + weight * x, 0) / total;
  const middleY = weighted.reduce((sum, { y, weight }) => sum + weight * y, 0) / total;
  const spread = weighted.reduce((sum, { x, weight }) => sum + weight * (x - middleX) ** 2, 0);
  const together = weighted.reduce((sum, { x, y, weight }) => sum + weight * (x - middleX) * (y - middleY), 0);
  const slope = spread > 0 ? Math.min(STEEPEST_PLATEAU, Math.max(0, together / spread)) : 0;
  const at = (x: number): number => middleY + slope * (x - middleX);
  return { plateau: { first, last, at }, misfit: weighted.reduce((sum, { x, y, weight }) => sum + weight * (y - at(x)) ** 2, 0) };
}
