import type { Scale, ScaleOptionsByType } from "chart.js";
import type { Axis, Figure } from "../model/figure.ts";
import { spread } from "./axes.ts";
import type { Format } from "./paint/frame.ts";
import { estimate, wrap } from "./paint/text.ts";
import { type Theme, typeface } from "./theme.ts";

type AnyScale = { [scale: string]: Partial<ScaleOptionsByType> & object };

/** Scales of values that rise: one for the values, and one of x for each panel. */
export function uprightScales(figure: Figure, theme: Theme, format: Format): AnyScale {
  const scales: AnyScale = { y: numeric(figure.y, theme, { axis: "y", position: "left", grid: true }) };
  const room = format.width / figure.panels.length;
  const each = (room - 76) / figure.x.ticks.length;
  const words = figure.x.ticks.flatMap(({ label }) => label.split(" "));
  const widest = Math.max(0, ...words.map((word) => estimate(word, 12, false)));
  // Names that are too wide to stand side by side stand in two rows, by turns.
  const named = figure.x.scale === "category" && widest <= 2 * each - 8;
  const axis = figure.panels.length > 1 ? roomy(spread(figure.x)) : spread(figure.x);
  figure.panels.forEach((_, index) => {
    scales[`x${index}`] = {
      ...numeric(named ? axis : clear(thinned(axis, room), room - 70), theme, {
        axis: "x",
        position: "bottom",
        grid: figure.mark === "scatter",
        ...(named && { wrap: widest <= each - 6 ? each - 6 : 2 * each - 8, staggered: widest > each - 6 }),
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

/** Ticks whose labels do not run into each other, counted back from the last one; values may lie unevenly. */
function clear(axis: Axis, width: number): Axis {
  const [low, high] = axis.range;
  const share = (value: number): number =>
    axis.scale === "linear" ? (value - low) / (high - low) : Math.log(value / low) / Math.log(high / low);
  const kept: Axis["ticks"][number][] = [];
  for (const tick of axis.ticks.toReversed()) {
    const next = kept.at(-1);
    const need = next && (estimate(tick.label, 12, false) + estimate(next.label, 12, false)) / 2 + 8;
    if (next === undefined || (share(next.at) - share(tick.at)) * width >= need!) kept.push(tick);
  }
  return { ...axis, ticks: kept.toReversed() };
}

/** Scales of lying bars and dots: names down the side. */
export function barScales(figure: Figure, theme: Theme, format: Format): AnyScale {
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

interface Place {
  readonly axis: "x" | "y";
  readonly position: "left" | "bottom";
  readonly grid: boolean;
  /** Width at which labels break into lines. */
  readonly wrap?: number;
  /** Every other label a row lower. */
  readonly staggered?: boolean;
}

function numeric(axis: Axis, theme: Theme, place: Place): object {
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
      callback: (value: number | string, index: number) => {
        const label = words.get(Number(value)) ?? "";
        if (place.wrap === undefined) return label;
        const lines = wrap(label, place.wrap, 12, false).slice(0, 3);
        return place.staggered && index % 2 === 1 ? ["", ...lines] : lines.slice(0, place.staggered ? 1 : 3);
      },
    },
    afterBuildTicks(scale: Scale) {
      scale.ticks = axis.ticks.map(({ at }) => ({ value: at }));
    },
  };
}
