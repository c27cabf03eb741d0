/** A rectangle on the canvas, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What it costs to cover this one, where that is more than a line or a marker costs: a word that is covered cannot be read. */
  readonly weight?: number;
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether the whole of a box lies in another. */
export function holds(outer: Box, box: Box): boolean {
  return box.x >= outer.x && box.y >= outer.y && box.x + box.width <= outer.x + outer.width && box.y + box.height <= outer.y + outer.height;
}

/** How much of what is already there a box covers; to lie outside is worse than anything. */
export function covered(box: Box, taken: readonly Box[], inside: Box): number {
  const weights = taken.map((it) => (overlap(box, it) ? (it.weight ?? 1) : 0));
  return weights.reduce((sum, weight) => sum + weight, holds(inside, box) ? 0 : 1000);
}

/** The candidate that covers the least of what is already there and stays inside; the first one among equals. */
export function quietest(candidates: readonly Box[], taken: readonly Box[], inside: Box): Box {
  return candidates.reduce((best, box) => (covered(box, taken, inside) < covered(best, taken, inside) ? box : best));
}

/** Small boxes along a line from point to point, so that labels can keep off it. */
export function along(points: readonly { readonly x: number; readonly y: number }[]): Box[] {
  const boxes: Box[] = [];
  for (let index = 0; index < points.length; index++) {
    const to = points[index]!;
    const from = points[index - 1] ?? to;
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 8));
    for (let step = 1; step <= steps; step++) {
      const share = step / steps;
      boxes.push({ x: from.x + (to.x - from.x) * share - 4, y: from.y + (to.y - from.y) * share - 4, width: 8, height: 8 });
    }
  }
  return boxes;
}

/** Moves heights apart until each has `room`, as little as possible and within limits; the order stays. */
export function apart(heights: readonly number[], room: number, low: number, high: number): number[] {
  const order = heights.map((_, index) => index).toSorted((a, b) => heights[a]! - heights[b]! || a - b);
  const moved = [...heights];
  // Going down pushes later ones away, coming back up pulls them in from the lower limit: both passes keep the gap.
  let floor = low;
  for (const index of order) {
    moved[index] = Math.max(moved[index]!, floor);
    floor = moved[index]! + room;
  }
  let ceiling = high;
  for (const index of order.toReversed()) {
    moved[index] = Math.min(moved[index]!, ceiling);
    ceiling = moved[index]! - room;
  }
  return moved;
}
