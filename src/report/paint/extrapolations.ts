import type { Chart, Plugin } from "chart.js";
import type { Figure } from "../../model/figure.ts";
import { styleOf, type Theme } from "../theme.ts";
import { paintHollow } from "./overlay.ts";
import { valuePixel, xPixel } from "./place.ts";
import { line, whisker } from "./stroke.ts";

/** Where an extrapolation lies on the canvas, in pixels. */
export interface Beyond {
  readonly panel: number;
  readonly slot: number;
  readonly label: string;
  readonly from: { readonly x: number; readonly y: number };
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** All extrapolations of the series that the figure shows at present. */
export function beyondOf(chart: Chart, figure: Figure): Beyond[] {
  return figure.panels.flatMap(({ series, extrapolations = [] }, panel) =>
    extrapolations
      .filter(({ slot }) => series.some((own) => own.slot === slot))
      .map(({ from, to, slot, label }): Beyond => {
        const [y, low, high] = [to.y, to.low, to.high].map((it) => valuePixel(chart, figure, it)) as [number, number, number];
        const begin = { x: xPixel(chart, figure, panel, from.x), y: valuePixel(chart, figure, from.y) };
        return { panel, slot, label, from: begin, x: xPixel(chart, figure, panel, to.x), y, low, high };
      }),
  );
}

/** What nobody measured: a dashed line from the last reading to an open marker with its interval. */
export function extrapolationsPlugin(figure: Figure, theme: Theme): Plugin {
  return {
    id: "extrapolations",
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      ctx.save();
      for (const { slot, from, x, y, low, high } of beyondOf(chart, figure)) {
        const { colour } = styleOf(theme, slot);
        line(ctx, colour, 1.6, [5, 5], from.x, from.y, x, y);
        whisker(ctx, colour, [x, low], [x, high]);
        paintHollow(ctx, theme, slot, x, y);
      }
      ctx.restore();
    },
  };
}
