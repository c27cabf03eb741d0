import type { Chart, Plugin } from "chart.js";
import { type Figure, isUpright } from "../../model/figure.ts";
import { styleOf, type Theme } from "../theme.ts";
import type { Frame } from "./frame.ts";
import { sidesOf, xPixel } from "./place.ts";
import { namedAbove, ROW, rowsOf } from "./strip.ts";
import { line } from "./stroke.ts";
import { font } from "./text.ts";

/** Behind the data: cache sizes and steps, gaps between panels and their titles, hairlines between groups of bars. */
export function marksPlugin(figure: Figure, frame: Frame, theme: Theme): Plugin {
  return {
    id: "marks",
    beforeDatasetsDraw(chart) {
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.textBaseline = "alphabetic";
      figure.panels.forEach(({ title, bands = [] }, panel) => {
        const [left] = sidesOf(chart, figure, panel);
        if (panel > 0) {
          ctx.fillStyle = theme.background;
          ctx.fillRect(left - 8, chartArea.top - 4, 16, chartArea.bottom - chartArea.top + 12);
        }
        if (title !== undefined) {
          ctx.font = font(12.5, true);
          ctx.fillStyle = theme.ink;
          ctx.textAlign = "left";
          ctx.fillText(title, left + (panel > 0 ? 10 : 2), chartArea.top - 9 - ROW * frame.strip);
        }
        for (const { low, at, high, slot = 0 } of bands) {
          const { colour } = styleOf(theme, slot);
          const [from, centre, to] = [low, at, high].map((it) => xPixel(chart, figure, panel, it)) as [number, number, number];
          ctx.save();
          ctx.globalAlpha = 0.14;
          ctx.fillStyle = colour;
          // An interval without width is still seen.
          ctx.fillRect(Math.min(from, centre - 1.5), chartArea.top, Math.max(to - from, 3), chartArea.bottom - chartArea.top);
          // Neighbours may touch: the edges part them.
          ctx.globalAlpha = 0.4;
          for (const x of [from, to]) line(ctx, colour, 0.8, [], x, chartArea.top, x, chartArea.bottom);
          ctx.restore();
          line(ctx, colour, 1, [], centre, chartArea.top, centre, chartArea.bottom);
        }
        for (const { at } of figure.marks) {
          const x = chart.scales[`x${panel}`]!.getPixelForValue(at);
          line(ctx, theme.mark, 1, [4, 4], x, chartArea.top, x, chartArea.bottom);
        }
        nameAbove(chart, figure, frame, theme, panel);
      });
      if (!isUpright(figure.mark) && (figure.panels[0]?.series.length ?? 0) > 1) {
        const row = (chartArea.bottom - chartArea.top) / figure.x.ticks.length;
        for (let index = 1; index < figure.x.ticks.length; index++) {
          const y = chartArea.top + row * index;
          line(ctx, theme.grid, 1, [], chart.scales["y"]!.left, y, chartArea.right, y);
        }
      }
      ctx.restore();
    },
  };
}

/** The names of what stands upright, in the strip above the plot: as many rows as keep them apart. */
function nameAbove(chart: Chart, figure: Figure, frame: Frame, theme: Theme, panel: number): void {
  const { ctx, chartArea } = chart;
  ctx.font = font(11, false);
  ctx.textAlign = "left";
  const [first, end] = sidesOf(chart, figure, panel);
  const placed = namedAbove(figure, panel).map(({ at, label, slot }) => {
    const { width } = ctx.measureText(label);
    const x = xPixel(chart, figure, panel, at);
    const least = Math.max(2, first - 30);
    const most = Math.min(chart.width - 2, panel === figure.panels.length - 1 ? chart.width : end + 10) - width;
    return { x, left: Math.max(least, Math.min(x - width / 2, most)), width, label, slot };
  });
  const rows = rowsOf(placed);
  const height = (index: number): number => chartArea.top - 6 - ROW * Math.min(rows[index]!, frame.strip - 1);
  const colourOf = (slot: number | undefined, otherwise: string): string => (slot === undefined ? otherwise : styleOf(theme, slot).colour);
  // A name in a higher row is tied to its line, behind the names below it.
  placed.forEach(({ x, slot }, index) => {
    if (rows[index]! > 0) line(ctx, colourOf(slot, theme.mark), 0.8, [], x, height(index) + 3, x, chartArea.top);
  });
  placed.forEach(({ left, width, label, slot }, index) => {
    const y = height(index);
    ctx.fillStyle = theme.background;
    ctx.fillRect(left - 2, y - 10, width + 4, 13);
    ctx.fillStyle = colourOf(slot, theme.muted);
    ctx.fillText(label, left, y);
  });
}
