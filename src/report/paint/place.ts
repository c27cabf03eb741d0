import type { Chart } from "chart.js";
import { type Figure, isUpright, type Reading } from "../../model/figure.ts";

/** Where a reading lies on the canvas, in pixels; its interval runs from `low` to `high` along the value axis. */
export interface Spot {
  readonly panel: number;
  readonly slot: number;
  readonly reading: Reading;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  /** Ends of its interval along x, where x was measured too; sides of a column. */
  readonly left: number;
  readonly right: number;
  /** Half the thickness of a bar, or of the row that a dot stands in. */
  readonly half: number;
}

/** Pixels between the middle of a row and its estimate, and as many to its single readings. */
export const LIFT = 10;

/** The value axis is the vertical one of upright charts and the horizontal one where bars lie. */
export function valueScale(chart: Chart, figure: Figure) {
  return chart.scales[isUpright(figure.mark) ? "y" : "x0"]!;
}

/** A value's pixel, no further out than the axis reaches. */
export function valuePixel(chart: Chart, figure: Figure, value: number): number {
  const scale = valueScale(chart, figure);
  const [low, high] = figure.y.range;
  return scale.getPixelForValue(Math.min(Math.max(value, low), high));
}

/** All readings with their places, in the order in which the chart's data sets were made. */
export function spotsOf(chart: Chart, figure: Figure): Spot[] {
  let set = 0;
  return figure.panels.flatMap((panel, index) =>
    panel.series.flatMap(({ slot, points }, order) => {
      // Points over kinds stand beside each other, or equal ones would hide each other.
      const dodged = figure.mark === "point" && points.length > 1 ? (order - (panel.series.length - 1) / 2) * 14 : 0;
      const { data } = chart.getDatasetMeta(set++);
      return points.map((reading): Spot => {
        const value = (it: number): number => valuePixel(chart, figure, it);
        const common = { panel: index, slot, reading, low: value(reading.low), high: value(reading.high) };
        if (isUpright(figure.mark)) {
          const [x, left, right] = [reading.x, reading.xLow ?? reading.x, reading.xHigh ?? reading.x].map((it) =>
            xPixel(chart, figure, index, it),
          ) as [number, number, number];
          return { ...common, x: x + dodged, y: value(reading.y), left: left + dodged, right: right + dodged, half: 0 };
        }
        const bar = data[reading.x] as unknown as { y: number; height: number };
        const x = value(reading.y);
        // Single readings share the row: they lie in its lower half.
        const y = bar.y - (reading.singles ? LIFT : 0);
        return { ...common, x, y, left: x, right: x, half: bar.height / 2 };
      });
    }),
  );
}

/** The pixel of a value of x in a panel of an upright chart, no further out than the axis reaches. */
export function xPixel(chart: Chart, figure: Figure, panel: number, value: number): number {
  const scale = chart.scales[`x${panel}`]!;
  return scale.getPixelForValue(figure.x.scale === "category" ? value : Math.min(Math.max(value, figure.x.range[0]), figure.x.range[1]));
}

/** Left and right end of a panel. */
export function sidesOf(chart: Chart, figure: Figure, panel: number): readonly [left: number, right: number] {
  if (!isUpright(figure.mark)) return [chart.chartArea.left, chart.chartArea.right];
  const scale = chart.scales[`x${panel}`]!;
  return [scale.left, scale.right];
}
