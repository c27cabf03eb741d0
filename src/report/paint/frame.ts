import type { Plugin } from "chart.js";
import type { Figure } from "../../model/figure.ts";
import { type Marker, styleOf, type Theme, typeface } from "../theme.ts";
import { paintMarker } from "./marker.ts";

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
  /** The series are named where their lines end. */
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
  const direct =
    figure.mark === "line" && figure.panels.length === 1 && named.length > 1 && named.length <= 7 && longest <= 150 && format.width >= 600;
  const legend: LegendEntry[] = [];
  const grouped = figure.mark !== "line" && named.length > 1;
  const claims = grouped && figure.panels.some(({ segments }) => segments.length > 0);
  if (!direct && named.length > 1) {
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
      enter(name, colour, marker);
    }
    if (claims) enter("edge of a claim", theme.claim);
    y += 24;
  }
  const titled = figure.panels.some(({ title }) => title !== undefined);
  // A strip above the plot for what is named there: panels, cache sizes, and the lines of claims between bars.
  if (titled) y += 18;
  if (figure.marks.length > 0 || (figure.mark !== "line" && figure.panels.some(({ bounds }) => bounds.length > 0))) y += 18;

  const caption = format.framed ? wrap(figure.caption, inner, 11, false) : [];
  caption.forEach((text, index) => {
    texts.push({ text, y: 16 + 15 * (caption.length - 1 - index), size: 11, strong: false, muted: true, fromBottom: true });
  });
  return {
    top: y + 8,
    bottom: format.framed ? 22 + 15 * caption.length : 4,
    texts,
    legend,
    direct,
    right: direct ? longest + 26 : 0,
  };
}

/** All series of all panels by name, in order of their slots. */
function seriesOf(figure: Figure): { name: string; slot: number }[] {
  const named = figure.panels.flatMap(({ series }) => series.map(({ name, slot }) => ({ name, slot })));
  return [...new Map(named.map((it) => [it.name, it])).values()].toSorted((a, b) => a.slot - b.slot);
}

/** Advances of Inter by the width of the letter, in em; what is in no class is as wide as an `n`. */
const advances: readonly (readonly [RegExp, number])[] = [
  [/[ijlI.,:;|!'·]/, 0.27],
  [/[ frt()[\]-]/, 0.36],
  [/[mwMW@%—…]/, 0.88],
  [/[A-Z0-9+=<>≤≥×_~]/, 0.67],
];

/** Pixels that a text takes, a little generously; semibold is 4 % wider. */
export function estimate(text: string, size: number, strong: boolean): number {
  let em = 0;
  for (const letter of text) em += advances.find(([letters]) => letters.test(letter))?.[1] ?? 0.585;
  return em * size * (strong ? 1.05 : 1.01);
}

/** Breaks a text into lines that fit; a word longer than a line is cut hard, and no line begins with a middle dot. */
export function wrap(text: string, width: number, size: number, strong: boolean): string[] {
  // What may come out wider than estimated is a single long word, hence the cut by the widest common letter.
  const most = Math.max(4, Math.floor(width / (size * 0.67)));
  const fits = (text: string): boolean => estimate(text, size, strong) <= width;
  const lines: string[] = [];
  let line = "";
  for (const word of text
    .replace(/[\t\r\n]+/g, " ")
    .replaceAll(" · ", "\u00a0· ")
    .split(/ +/)
    .flatMap((it) => it.match(new RegExp(`.{1,${most}}`, "gu")) ?? [])) {
    if (line !== "" && !fits(`${line} ${word}`)) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
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

export function font(size: number, strong: boolean): string {
  return `${strong ? typeface.strong : typeface.regular} ${size}px ${typeface.family}`;
}
