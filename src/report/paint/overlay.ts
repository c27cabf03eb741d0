import type { Chart, Plugin } from "chart.js";
import { type Figure, isUpright } from "../../model/figure.ts";
import type { Overlay } from "../overlay.ts";
import { styleOf, type Theme } from "../theme.ts";
import { type Brush, paintMarker } from "./marker.ts";
import { type Spot, spotsOf, valuePixel, xPixel } from "./place.ts";
import { line } from "./stroke.ts";

/** Dashes by which hosts are told apart; colours and markers belong to the variants. */
const dashes: readonly (readonly number[])[] = [
  [6, 3],
  [2, 3],
  [9, 3, 2, 3],
  [3, 6],
  [12, 4],
  [1, 5],
];

export const dashOf = (order: number): number[] => [...dashes[order % dashes.length]!];

/** Another host's readings: dashed lines and hollow markers, under the figure's own. */
export function overlayPlugin(figure: Figure, overlay: Overlay, order: number, theme: Theme): Plugin {
  return {
    id: `overlay${order}`,
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      ctx.save();
      const spots = overlaySpots(chart, figure, overlay);
      for (const [index, spot] of spots.entries()) {
        const { colour } = styleOf(theme, spot.slot);
        const before = spots[index - 1];
        if (figure.mark === "line" && before && isNext(figure, before, spot)) {
          line(ctx, colour, 1.4, dashOf(order), before.x, before.y, spot.x, spot.y);
        }
        if (isUpright(figure.mark)) line(ctx, colour, 1, [], spot.x, spot.low, spot.x, spot.high);
        else line(ctx, colour, 1, [], spot.low, spot.y, spot.high, spot.y);
        if (figure.mark === "scatter") line(ctx, colour, 1, [], spot.left, spot.y, spot.right, spot.y);
      }
      for (const { x, y, slot } of spots) paintHollow(ctx, theme, slot, x, y);
      ctx.restore();
    },
  };
}

/** A marker with nothing in it; crosses have no inside and are small instead. */
export function paintHollow(ctx: Brush, theme: Theme, slot: number, x: number, y: number): void {
  const { colour, marker } = styleOf(theme, slot);
  const open = marker === "cross" || marker === "plus" || marker === "ring";
  paintMarker(ctx, marker, x, y, colour, theme.background, open ? 3.2 : 4.6);
  if (!open) paintMarker(ctx, marker, x, y, theme.background, theme.background, 2.4);
}

/** Neighbours of one series between which the figure's own line has no further point: what was not measured is a gap. */
function isNext(figure: Figure, before: Spot, spot: Spot): boolean {
  if (before.panel !== spot.panel || before.slot !== spot.slot) return false;
  const between = figure.panels[spot.panel]!.series.flatMap(({ points }) => points);
  return !between.some(({ x }) => x > before.reading.x && x < spot.reading.x);
}

/** Where the readings of another host lie; series that the figure does not show at present have no place. */
export function overlaySpots(chart: Chart, figure: Figure, { panels }: Overlay): Spot[] {
  const own = spotsOf(chart, figure);
  return figure.panels.flatMap(({ series }, panel) =>
    (panels[panel] ?? []).flatMap(({ slot, name, points }): Spot[] => {
      const order = series.findIndex((it) => it.name === name);
      if (order < 0) return [];
      return points.flatMap((reading): Spot[] => {
        const value = (it: number): number => valuePixel(chart, figure, it);
        const common = { panel, slot, reading, low: value(reading.low), high: value(reading.high) };
        if (isUpright(figure.mark)) {
          // Beside the figure's own, which stand beside each other.
          const dodged = figure.mark === "point" ? (order - (series.length - 1) / 2) * (series[order]!.points.length > 1 ? 14 : 0) + 7 : 0;
          const [x, left, right] = [reading.x, reading.xLow ?? reading.x, reading.xHigh ?? reading.x].map(
            (it) => xPixel(chart, figure, panel, it) + dodged,
          ) as [number, number, number];
          return [{ ...common, x, y: value(reading.y), left, right, half: 0 }];
        }
        const row = own.find((it) => it.slot === slot && it.reading.x === reading.x);
        if (row === undefined) return [];
        const x = value(reading.y);
        // Low in its row, where the figure's own interval is not.
        return [{ ...common, x, y: row.y + Math.min(row.half, 12) * 0.62, left: x, right: x, half: row.half }];
      });
    }),
  );
}
