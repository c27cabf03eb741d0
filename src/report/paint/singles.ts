import type { Chart } from "chart.js";
import type { Figure } from "../../model/figure.ts";
import { styleOf, type Theme } from "../theme.ts";
import { paintMarker } from "./marker.ts";
import { LIFT, type Spot, valuePixel } from "./place.ts";

const RADIUS = 2.8;
/** Pixels between two marks that lie on each other, and between the levels that they then move to. */
const [ASIDE, LEVEL] = [5, 5] as const;
const LEVELS = 4;

/** Single readings below their estimate. Those that would hide each other move down a little, as far as the row reaches. */
export function paintSingles(chart: Chart, figure: Figure, theme: Theme, { reading, slot, y }: Spot): void {
  const { colour } = styleOf(theme, slot);
  const last: number[] = [];
  const places = (reading.singles ?? []).map((it) => valuePixel(chart, figure, it)).toSorted((a, b) => a - b);
  for (const x of places) {
    const free = Array.from({ length: LEVELS }, (_, level) => level).find((level) => x - (last[level] ?? -Infinity) >= ASIDE);
    const level = free ?? last.indexOf(Math.min(...last));
    last[level] = x;
    paintMarker(chart.ctx, "circle", x, y + LIFT * 1.5 + LEVEL * level, colour, theme.background, RADIUS);
  }
}
