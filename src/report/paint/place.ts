import type { Chart } from "chart.js";
import type { Figure, Reading } from "../../model/figure.ts";

/** Where a reading lies on the canvas, in pixels; its interval runs from `low` to `high` along the value axis. */
export interface Spot {
  readonly panel: number;
  readonly slot: number;
  readonly reading: Reading;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  /** Half the thickness of a bar, or of the row that a dot stands in. */
  readonly half: number;
}

/** Lines run across, bars lie: the value axis is the vertical one of a line chart and the horizontal one of all others. */
export function valueScale(chart: Chart, figure: Figure) {
  return chart.scales[figure.mark === "line" ? "y" : "x0"]!;
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
    panel.series.flatMap(({ slot, points }) => {
      const { data } = chart.getDatasetMeta(set++);
      return points.map((reading): Spot => {
        const value = (it: number): number => valuePixel(chart, figure, it);
        const common = { panel: index, slot, reading, low: value(reading.low), high: value(reading.high) };
        if (figure.mark === "line") {
          return { ...common, x: chart.scales[`x${index}`]!.getPixelForValue(reading.x), y: value(reading.y), half: 0 };
        }
        const bar = data[reading.x] as unknown as { y: number; height: number };
        return { ...common, x: value(reading.y), y: bar.y, half: bar.height / 2 };
      });
    }),
  );
}

/** Left and right end of a panel. */
export function sidesOf(chart: Chart, figure: Figure, panel: number): readonly [left: number, right: number] {
  if (figure.mark !== "line") return [chart.chartArea.left, chart.chartArea.right];
  const scale = chart.scales[`x${panel}`]!;
  return [scale.left, scale.right];
}
