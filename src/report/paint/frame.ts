import type { Plugin } from "chart.js";
import { type Figure, isUpright } from "../../model/figure.ts";
import { type Marker, styleOf, type Theme } from "../theme.ts";
import { paintMarker } from "./marker.ts";
import { ROW, rowsAbove } from "./strip.ts";
import { estimate, font, wrap } from "./text.ts";

/** How large a chart is drawn and for what. */
export interface Format {
  /** Pixels of the finished chart before any scaling. */
  readonly width: number;
  /** With title and caption, for a file that stands alone; the page says both in its own text. */
  readonly framed: boolean;
}

/** What stands around the plot, line by line, and the room it takes; all lengths in pixels. */
export interface Frame {
  readonly top: number;
  readonly bottom: number;
  readonly texts: readonly {
    readonly text: string;
    readonly y: number;
    readonly size: number;
    readonly strong: boolean;
    readonly muted: boolean;
    readonly fromBottom: boolean;
  }[];
  readonly legend: readonly LegendEntry[];
  /** Rows of names above the plot. */
  readonly strip: number;
  /** The series are named where their lines end, or beside their markers. */
  readonly direct: boolean;
  /** Room for those names. */
  readonly right: number;
}

interface LegendEntry {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  /** No marker: an upright stroke, the edge of a claim. */
  readonly marker?: Marker;
}

/** Left edge of all that stands around the plot. */
export const MARGIN = 20;
const LEGEND_SIZE = 12.5;

/** Lays out title, subtitle, legend and caption. Text widths are estimated, generously, because no canvas is at hand here. */
export function frameOf(figure: Figure, theme: Theme, format: Format): Frame {
  const margin = format.framed ? MARGIN : 4;
  const inner = format.width - 2 * margin;
  const texts: Frame["texts"][number][] = [];
  let y = format.framed ? 18 : 2;
  const say = (text: string, size: number, strong: boolean, muted: boolean, leading: number): void => {
    for (const line of wrap(text, inner, size, strong)) {
      texts.push({ text: line, y, size, strong, muted, fromBottom: false });
      y += leading;
    }
  };
  if (format.framed) {
    say(figure.title, 17, true, false, 23);
    y += 3;
  }
  say(figure.subtitle, 13, false, true, 18);
  y += 6;

  const named = seriesOf(figure);
  const longest = Math.max(0, ...named.map(({ name }) => estimate(name, LEGEND_SIZE, true)));
  const roomy = format.width >= 600;
  const share = (0.55 * (format.width - 80)) / figure.panels.length;
  const beside = figure.mark === "scatter" && named.length <= (roomy ? 14 : 7) && longest <= Math.min(170, share);
  const ending = figure.mark === "line" && figure.panels.length === 1 && named.length <= 7 && longest <= 150 && roomy;
  const direct = named.length > 1 ? beside || ending : beside;
  const legend: LegendEntry[] = [];
  const grouped = !isUpright(figure.mark) && named.length > 1;
  const claims = grouped && figure.panels.some(({ segments }) => segments.length > 0);
  if (!direct && named.length > 1 && !isNamedByAxis(figure)) {
    let x = margin;
    const enter = (text: string, colour: string, marker?: Marker): void => {
      const width = 22 + estimate(text, LEGEND_SIZE, false) + 18;
      if (x > margin && x + width - 18 > margin + inner) {
        x = margin;
        y += 20;
      }
      legend.push({ text, x, y, colour, ...(marker && { marker }) });
      x += width;
    };
    for (const { name, slot } of named) {
      const { colour, marker } = styleOf(theme, slot);
      enter(name, colour, figure.mark === "column" ? "square" : marker);
    }
    if (claims) enter("edge of a claim", theme.claim);
    y += 24;
  }
  const titled = figure.panels.some(({ title }) => title !== undefined);
  // A strip above the plot for what is named there: panels, cache sizes and steps, and the lines of claims between bars.
  if (titled) y += 18;
  const right = direct && figure.mark === "line" ? longest + 26 : 0;
  const strip = rowsAbove(figure, format.width - 2 * margin - right);
  if (strip > 0) y += ROW * strip + 1;
  else if (!isUpright(figure.mark) && figure.panels.some(({ bounds }) => bounds.length > 0)) y += 18;

  const caption = format.framed ? wrap(figure.caption, inner, 11, false) : [];
  caption.forEach((text, index) => {
    texts.push({ text, y: 16 + 15 * (caption.length - 1 - index), size: 11, strong: false, muted: true, fromBottom: true });
  });
  return {
    top: y + 8,
    bottom: format.framed ? 22 + 15 * caption.length : 4,
    texts,
    legend,
    strip,
    direct,
    right,
  };
}

/** Each series stands over its own name. */
function isNamedByAxis({ mark, panels, x }: Figure): boolean {
  return (
    mark === "point" &&
    panels.every(({ series }) =>
      series.every(({ name, points }) => points.every((it) => x.ticks.some(({ at, label }) => at === it.x && label === name))),
    )
  );
}

/** All series of all panels by name, in order of their slots. */
function seriesOf(figure: Figure): { name: string; slot: number }[] {
  const named = figure.panels.flatMap(({ series }) => series.map(({ name, slot }) => ({ name, slot })));
  return [...new Map(named.map((it) => [it.name, it])).values()].toSorted((a, b) => a.slot - b.slot);
}

/** Paints background, title, subtitle, legend and caption, flush left. */
export function framePlugin(frame: Frame, theme: Theme, format: Format): Plugin {
  const margin = format.framed ? MARGIN : 4;
  return {
    id: "frame",
    beforeDraw({ ctx, width, height }) {
      ctx.save();
      if (format.framed) {
        ctx.fillStyle = theme.background;
        ctx.fillRect(0, 0, width, height);
      }
      ctx.textAlign = "left";
      ctx.textBaseline = "alphabetic";
      for (const { text, y, size, strong, muted, fromBottom } of frame.texts) {
        ctx.font = font(size, strong);
        ctx.fillStyle = muted ? theme.muted : theme.ink;
        ctx.fillText(text, margin, fromBottom ? height - y : y + size * 0.9);
      }
      ctx.font = font(LEGEND_SIZE, false);
      for (const { text, x, y, colour, marker } of frame.legend) {
        if (marker) paintMarker(ctx, marker, x + 7, y + 7, colour, theme.background, 5);
        else {
          ctx.strokeStyle = colour;
          ctx.lineWidth = 2;
          ctx.beginPath();
          ctx.moveTo(x + 7, y);
          ctx.lineTo(x + 7, y + 14);
          ctx.stroke();
        }
        ctx.fillStyle = theme.ink;
        ctx.fillText(text, x + 20, y + 11.5);
      }
      ctx.restore();
    },
  };
}
