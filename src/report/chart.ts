import type { ChartConfiguration, ChartDataset } from "chart.js";
import { type Figure, isUpright, type Panel } from "../model/figure.ts";
import type { Overlay } from "./overlay.ts";
import { extrapolationsPlugin } from "./paint/extrapolations.ts";
import { type Format, type Frame, frameOf, framePlugin, MARGIN } from "./paint/frame.ts";
import { marksPlugin } from "./paint/marks.ts";
import { overlayPlugin } from "./paint/overlay.ts";
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

/** What a chart in the page has besides its figure. */
export interface Besides {
  /** The page has a legend of its own: none is drawn. */
  readonly bare?: boolean;
  readonly overlays?: readonly Overlay[];
}

/**
 * A figure as a configuration of chart.js. chart.js does axes, grid, lines and bars; the painters beside this file do what
 * it does not have: intervals, markers with a rim, claims, cache sizes, title and caption flush left.
 */
export function chart(figure: Figure, theme: Theme, format: Format, { bare = false, overlays = [] }: Besides = {}): Drawing {
  const whole = frameOf(figure, theme, format);
  const frame = bare ? withoutLegend(whole) : whole;
  const grouped = whole.legend.length > 0;
  const upright = isUpright(figure.mark);
  const side = format.framed ? MARGIN : 4;
  const configuration: ChartConfiguration = {
    type: upright ? "line" : "bar",
    data: {
      ...(!upright && { labels: figure.x.ticks.map(({ label }) => label) }),
      datasets: figure.panels.flatMap((panel, index) => datasetsOf(figure, theme, panel, index, grouped)),
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
      ...overlays.map((overlay, order) => overlayPlugin(figure, overlay, order, theme)),
      extrapolationsPlugin(figure, theme),
      readingsPlugin(figure, frame, theme),
    ],
  };
  return { configuration, width: format.width, height: Math.round(frame.top + plotHeight(figure, grouped, format) + frame.bottom) };
}

/** The legend is what stands last above the strip: without it all of the plot moves up. */
function withoutLegend(frame: Frame): Frame {
  if (frame.legend.length === 0) return frame;
  const rows = frame.legend.map(({ y }) => y);
  return { ...frame, legend: [], top: frame.top - 24 - (Math.max(...rows) - Math.min(...rows)) };
}

function plotHeight(figure: Figure, grouped: boolean, { width }: Format): number {
  const narrow = width < 500;
  if (figure.mark === "scatter") return narrow ? 300 : 380;
  if (isUpright(figure.mark)) return narrow ? 240 : 310;
  const rows = figure.x.ticks.length * Math.max(1, figure.panels[0]?.series.length ?? 1);
  if (grouped) return 34 + rows * 20 + figure.x.ticks.length * 14;
  const isTall = figure.panels.some(
    ({ segments, series }) => segments.length > 0 || series.some(({ points }) => points.some((it) => it.singles)),
  );
  return 34 + rows * (isTall ? 54 : 40);
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

function datasetsOf(figure: Figure, theme: Theme, panel: Panel, index: number, grouped: boolean): ChartDataset[] {
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
      categoryPercentage: grouped ? 0.82 : 1,
      barPercentage: grouped ? 0.86 : 0.56,
      maxBarThickness: 24,
    };
  });
}
