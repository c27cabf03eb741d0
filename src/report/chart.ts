import type { ChartConfiguration, ChartDataset, Scale, ScaleOptionsByType } from "chart.js";
import type { Axis, Figure, Panel } from "../model/figure.ts";
import { estimate, type Format, type Frame, frameOf, framePlugin, MARGIN, wrap } from "./paint/frame.ts";
import { readingsPlugin } from "./paint/readings.ts";
import { claimsPlugin, marksPlugin } from "./paint/rules.ts";
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
  const rows = figure.x.ticks.length * Math.max(1, figure.panels[0]?.series.length ?? 1);
  const labelled = figure.mark !== "line" && frame.legend.length === 0 && figure.panels.some(({ segments }) => segments.length > 0);
  const plot =
    figure.mark === "line"
      ? format.width < 500
        ? 240
        : 310
      : 34 + rows * (frame.legend.length > 0 ? 20 : labelled ? 54 : 40) + figure.x.ticks.length * (frame.legend.length > 0 ? 14 : 0);
  const side = format.framed ? MARGIN : 4;
  const configuration: ChartConfiguration = {
    type: figure.mark === "line" ? "line" : "bar",
    data: {
      ...(figure.mark !== "line" && { labels: figure.x.ticks.map(({ label }) => label) }),
      datasets: figure.panels.flatMap((panel, index) => datasetsOf(figure, theme, panel, index, frame)),
    },
    options: {
      responsive: false,
      animation: false,
      ...(figure.mark !== "line" && { indexAxis: "y" as const }),
      font: { family: typeface.family, size: 12 },
      layout: {
        padding: { top: frame.top, bottom: frame.bottom, left: side, right: side + frame.right + valueRoom(figure, format.width) },
      },
      plugins: { legend: { display: false }, title: { display: false }, tooltip: { enabled: false } },
      scales: figure.mark === "line" ? lineScales(figure, theme, format) : barScales(figure, theme, format),
    },
    plugins: [
      framePlugin(frame, theme, format),
      marksPlugin(figure, theme),
      claimsPlugin(figure, frame, theme),
      readingsPlugin(figure, frame, theme),
    ],
  };
  return { configuration, width: format.width, height: Math.round(frame.top + plot + frame.bottom) };
}

/** Values stand to the right of bars and dots: room for what of them the plot itself cannot hold. */
function valueRoom(figure: Figure, width: number): number {
  if (figure.mark === "line") return 6;
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
    if (figure.mark === "line") {
      return {
        type: "line",
        label: name,
        // A point that was not measured is a gap in the line, never a guess.
        data: every.map((x) => ({ x, y: at(x) })),
        xAxisID: `x${index}`,
        yAxisID: "y",
        borderColor: colour,
        borderWidth: 2.2,
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

type AnyScale = { [scale: string]: Partial<ScaleOptionsByType> & object };

function lineScales(figure: Figure, theme: Theme, format: Format): AnyScale {
  const scales: AnyScale = { y: numeric(figure.y, theme, { axis: "y", position: "left", grid: true }) };
  figure.panels.forEach((_, index) => {
    const room = format.width / figure.panels.length;
    scales[`x${index}`] = {
      ...numeric(thinned(figure.panels.length > 1 ? roomy(figure.x) : figure.x, room), theme, {
        axis: "x",
        position: "bottom",
        grid: false,
      }),
      // Scales of one stack share the width: this is what makes small multiples.
      ...(figure.panels.length > 1 && { stack: "panels", stackWeight: 1 }),
      title: {
        display: figure.x.label !== "",
        text: figure.x.label,
        color: theme.muted,
        font: { family: typeface.family, size: 12 },
        padding: { top: 2, bottom: 0 },
      },
    } as object;
  });
  return scales;
}

/** Keeps the outermost labels of neighbouring panels apart. */
function roomy(axis: Axis): Axis {
  const [low, high] = axis.range;
  const room = axis.scale === "linear" ? (high - low) * 0.07 : (high / low) ** 0.07;
  return { ...axis, range: axis.scale === "linear" ? [low - room, high + room] : [low / room, high * room] };
}

/** As many ticks as have room, counted back from the last one; on an axis that begins at zero, from there. */
function thinned(axis: Axis, width: number): Axis {
  const longest = Math.max(...axis.ticks.map(({ label }) => estimate(label, 12, false)));
  const fit = Math.max(2, Math.floor((width - 80) / (longest + 14)));
  const every = Math.ceil(axis.ticks.length / fit);
  const origin = axis.ticks.findIndex(({ at }) => at === 0);
  const start = origin >= 0 ? origin : axis.ticks.length - 1;
  return { ...axis, ticks: axis.ticks.filter((_, index) => Math.abs(start - index) % every === 0) };
}

function barScales(figure: Figure, theme: Theme, format: Format): AnyScale {
  const room = Math.floor(format.width * (format.width < 500 ? 0.3 : 0.34));
  return {
    x0: numeric(thinned(figure.y, format.width * 0.7), theme, { axis: "x", position: "bottom", grid: true }),
    y: {
      axis: "y",
      grid: { display: false, drawTicks: false },
      border: { display: true, color: theme.axis },
      ticks: {
        autoSkip: false,
        padding: 8,
        color: theme.ink,
        font: { family: typeface.family, size: 12.5 },
        crossAlign: "far",
        callback: (_: unknown, index: number) => wrap(figure.x.ticks[index]?.label ?? "", room, 12.5, false).slice(0, 2),
      },
    } as object,
  };
}

function numeric(axis: Axis, theme: Theme, place: { axis: "x" | "y"; position: "left" | "bottom"; grid: boolean }): object {
  const words = new Map(axis.ticks.map(({ at, label }) => [at, label]));
  return {
    type: axis.scale === "linear" ? "linear" : "logarithmic",
    axis: place.axis,
    position: place.position,
    min: axis.range[0],
    max: axis.range[1],
    bounds: "data",
    grid: { display: place.grid, color: theme.grid, drawTicks: false, lineWidth: 1 },
    border: { display: !place.grid, color: theme.axis },
    ticks: {
      autoSkip: false,
      maxRotation: 0,
      padding: 8,
      color: theme.muted,
      font: { family: typeface.family, size: 12 },
      callback: (value: number | string) => words.get(Number(value)) ?? "",
    },
    afterBuildTicks(scale: Scale) {
      scale.ticks = axis.ticks.map(({ at }) => ({ value: at }));
    },
  };
}
