import type { ChartConfiguration, ChartDataset } from "chart.js";
import { type Figure, isUpright, type Panel } from "../model/figure.ts";
import { type Format, type Frame, frameOf, framePlugin, MARGIN } from "./paint/frame.ts";
import { marksPlugin } from "./paint/marks.ts";
import { readingsPlugin } from "./paint/readings.ts";
import { claimsPlugin } from "./paint/rules.ts";
import { estimate } from "./paint/text.ts";
import { barScales, uprightScales } from "./scales.ts";
import { styleOf, type Theme, typeface } from "./theme.ts";

/** A chart ready to be drawn, with the size that its content asks for, in pixels. */
export interface Drawing {
  readonly configuration: ChartConfiguration;
  readonly width: number;
  readonly height: number;
}

/**
 * A figure as a configuration of chart.js. chart.js does axes, grid, lines and bars; the painters beside this file do what
 * it does not have: intervals, markers with a rim, claims, cache sizes, title and caption flush left.
 */
export function chart(figure: Figure, theme: Theme, format: Format): Drawing {
  const frame = frameOf(figure, theme, format);
  const upright = isUpright(figure.mark);
  const side = format.framed ? MARGIN : 4;
  const configuration: ChartConfiguration = {
    type: upright ? "line" : "bar",
    data: {
      ...(!upright && { labels: figure.x.ticks.map(({ label }) => label) }),
      datasets: figure.panels.flatMap((panel, index) => datasetsOf(figure, theme, panel, index, frame)),
    },
    options: {
      responsive: false,
      animation: false,
      ...(!upright && { indexAxis: "y" as const }),
      font: { family: typeface.family, size: 12 },
      layout: {
        padding: { top: frame.top, bottom: frame.bottom, left: side, right: side + frame.right + valueRoom(figure, format.width) },
      },
      plugins: { legend: { display: false }, title: { display: false }, tooltip: { enabled: false } },
      scales: upright ? uprightScales(figure, theme, format) : barScales(figure, theme, format),
    },
    plugins: [
      framePlugin(frame, theme, format),
      marksPlugin(figure, frame, theme),
      claimsPlugin(figure, frame, theme),
      readingsPlugin(figure, frame, theme),
    ],
  };
  return { configuration, width: format.width, height: Math.round(frame.top + plotHeight(figure, frame, format) + frame.bottom) };
}

function plotHeight(figure: Figure, frame: Frame, { width }: Format): number {
  const narrow = width < 500;
  if (figure.mark === "scatter") return narrow ? 300 : 380;
  if (isUpright(figure.mark)) return narrow ? 240 : 310;
  const rows = figure.x.ticks.length * Math.max(1, figure.panels[0]?.series.length ?? 1);
  if (frame.legend.length > 0) return 34 + rows * 20 + figure.x.ticks.length * 14;
  return 34 + rows * (figure.panels.some(({ segments }) => segments.length > 0) ? 54 : 40);
}

/** Values stand to the right of bars and dots: room for what of them the plot itself cannot hold. */
function valueRoom(figure: Figure, width: number): number {
  if (isUpright(figure.mark)) return 6;
  const [low, high] = figure.y.range;
  const share = (value: number): number =>
    figure.y.scale === "log10" ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const readings = figure.panels.flatMap(({ series }) => series.flatMap(({ points }) => points));
  const beyond = readings.map((it) => 14 + estimate(it.words, 12, true) - (1 - share(Math.max(it.y, it.high))) * width * 0.5);
  return Math.max(14, ...beyond);
}

function datasetsOf(figure: Figure, theme: Theme, panel: Panel, index: number, frame: Frame): ChartDataset[] {
  const every = [...new Set(panel.series.flatMap(({ points }) => points.map(({ x }) => x)))].toSorted((a, b) => a - b);
  return panel.series.map(({ name, slot, points }): ChartDataset => {
    const { colour } = styleOf(theme, slot);
    const at = (x: number): number => points.find((point) => point.x === x)?.y ?? NaN;
    if (isUpright(figure.mark)) {
      return {
        type: "line",
        label: name,
        // A point that was not measured is a gap in the line, never a guess.
        data: every.map((x) => ({ x, y: at(x) })),
        xAxisID: `x${index}`,
        yAxisID: "y",
        borderColor: colour,
        borderWidth: 2.2,
        showLine: figure.mark === "line",
        borderJoinStyle: "round",
        pointRadius: 0,
        pointHitRadius: 0,
        clip: false,
      };
    }
    return {
      type: "bar",
      label: name,
      data: figure.x.ticks.map((tick) => at(tick.at)),
      xAxisID: "x0",
      yAxisID: "y",
      backgroundColor: figure.mark === "dot" ? "rgba(0,0,0,0)" : colour,
      borderWidth: 0,
      categoryPercentage: frame.legend.length > 0 ? 0.82 : 1,
      barPercentage: frame.legend.length > 0 ? 0.86 : 0.56,
      maxBarThickness: 24,
    };
  });
}
