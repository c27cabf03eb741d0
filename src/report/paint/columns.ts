import type { Chart } from "chart.js";
import type { Figure } from "../../model/figure.ts";
import { styleOf, type Theme } from "../theme.ts";
import { type Spot, valuePixel, xPixel } from "./place.ts";
import { line } from "./stroke.ts";
import { font } from "./text.ts";

/** Columns from zero; those of several variants share the width of their bin. Then the variants that are one number, as lines. */
export function paintColumns(chart: Chart, figure: Figure, theme: Theme, spots: readonly Spot[]): void {
  const { ctx, chartArea } = chart;
  const floor = valuePixel(chart, figure, 0);
  figure.panels.forEach(({ series, uprights = [] }, panel) => {
    const own = spots.filter((spot) => spot.panel === panel);
    const lines = uprights.map(({ at }) => xPixel(chart, figure, panel, at));
    series.forEach(({ slot }, index) => {
      ctx.fillStyle = styleOf(theme, slot).colour;
      const columns = own.filter((spot) => spot.slot === slot);
      for (const { left, right, y, reading } of columns) {
        const share = (right - left) / series.length;
        const gap = share > 6 ? 1 : 0.3;
        const from = left + share * index + gap / 2;
        // One sample among thousands is still seen.
        const height = Math.max(floor - y, 1);
        ctx.fillRect(from, floor - height, share - gap, height);
        if (share < 24 || columns.length > 12) continue;
        ctx.save();
        ctx.font = font(11, true);
        ctx.textAlign = "center";
        ctx.fillStyle = theme.ink;
        const words = reading.words.replace(/ of .*/, "");
        const centre = from + share / 2;
        const half = ctx.measureText(words).width / 2;
        // A number makes way for the line of a variant.
        const crossed = lines.find((x) => Math.abs(x - centre) < half + 5);
        ctx.fillText(words, crossed === undefined ? centre : crossed - half - 7, floor - height - 5);
        ctx.restore();
      }
    });
    for (const { at, slot = 0 } of uprights) {
      const x = xPixel(chart, figure, panel, at);
      line(ctx, theme.background, 5, [], x, chartArea.top, x, floor);
      line(ctx, styleOf(theme, slot).colour, 2, [7, 3], x, chartArea.top, x, floor);
    }
  });
}
