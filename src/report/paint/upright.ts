import type { Chart } from "chart.js";
import type { Figure, Panel } from "../../model/figure.ts";
import { styleOf, type Theme } from "../theme.ts";
import { along, type Box, covered, quietest } from "./boxes.ts";
import { beyondOf } from "./extrapolations.ts";
import type { Brush } from "./marker.ts";
import { sidesOf, type Spot, valuePixel, xPixel } from "./place.ts";
import { line } from "./stroke.ts";
import { font } from "./text.ts";

/** Size of the labels of claims and predictions. */
export const SIZE = 11.5;

/** What it costs to cover a label, in lines. */
const WORDS = 8;

/** A label that waits until all lines are drawn. */
interface Waiting {
  readonly label: string;
  readonly colour: string;
  readonly places: (width: number) => Box[];
  /** The end of its line; a label that finds no place beside it is tied to it. */
  readonly from?: { readonly x: number; readonly y: number };
}

interface Ground {
  readonly inside: Box;
  /** What labels should keep off. */
  readonly taken: Box[];
}

/** What claims and theories say on an upright chart: first every line, then the labels, where they cover least. */
export function paintUpright(chart: Chart, figure: Figure, theme: Theme, spots: readonly Spot[]): void {
  const { ctx, chartArea } = chart;
  ctx.font = font(SIZE, false);
  const drawn = figure.panels.map((panel, index) => {
    const [left, right] = sidesOf(chart, figure, index);
    const own = spots.filter((spot) => spot.panel === index);
    const taken = panel.series.flatMap(({ slot }) => along(own.filter((spot) => spot.slot === slot)));
    taken.push(...own.map(({ x, low, high }) => ({ x: x - 4, y: high - 2, width: 8, height: low - high + 4 })));
    const inside = { x: left + 2, y: chartArea.top, width: right - left + 8, height: chartArea.bottom - chartArea.top };
    const ground: Ground = { inside, taken };
    return { ground, rules: paintRules(chart, figure, theme, index, taken), others: paintShort(chart, figure, theme, panel, index, taken) };
  });
  drawn.forEach(({ ground, others }) => others.forEach((it) => write(ctx, theme, it, ground)));
  // The same line runs through all panels and is named once, in the panel where its name covers least.
  const named = drawn[0]?.rules.map((_, rule) => drawn.map(({ ground, rules }) => ({ ground, it: rules[rule] }))) ?? [];
  for (const candidates of named) {
    const possible = candidates.flatMap(({ ground, it }) => {
      if (!it) return [];
      const box = placeOf(ctx, it, ground);
      return [{ ground, it, cost: covered(box, ground.taken, ground.inside) }];
    });
    const alike = possible.every(({ it }) => it.label === possible[0]!.it.label);
    const best = possible.reduce((best, it) => (it.cost < best.cost ? it : best));
    for (const { it, ground } of alike ? [best] : possible) write(ctx, theme, it, ground);
  }
}

/** Lines across a panel: what claims name, and what is compared with or predicted. */
function paintRules(chart: Chart, figure: Figure, theme: Theme, index: number, taken: Box[]): Waiting[] {
  const [left, right] = sidesOf(chart, figure, index);
  const { bounds, guides = [] } = figure.panels[index]!;
  const rule = (at: number, label: string, colour: string, width: number, dash: number[]): Waiting => {
    const y = valuePixel(chart, figure, at);
    line(chart.ctx, colour, width, dash, left, y, right, y);
    taken.push({ x: left, y: y - 1, width: right - left, height: 2 });
    const places = (width: number): Box[] =>
      [left + 6, right - width - 6, (left + right - width) / 2, left + (right - left) * 0.25, left + (right - left) * 0.7].flatMap((x) =>
        [y - 18, y + 4].map((top) => ({ x, y: top, width, height: 14 })),
      );
    return { label, colour, places };
  };
  return [
    ...bounds.map(({ at, label }) => rule(at, label, theme.claim, 1.4, [6, 4])),
    ...guides
      .filter(({ x }) => x === undefined)
      .map(({ at, label, slot }) =>
        slot === undefined ? rule(at, label, theme.muted, 1.2, []) : rule(at, label, styleOf(theme, slot).colour, 1.1, [5, 4]),
      ),
  ];
}

/** Short lines: a prediction for one name, a range of x, the edge of a ratio claim; and what is extrapolated. */
function paintShort(chart: Chart, figure: Figure, theme: Theme, panel: Panel, index: number, taken: Box[]): Waiting[] {
  const { ctx, chartArea } = chart;
  const stroke = (centre: number, y: number, half: number, colour: string, width: number, dash: number[]): void => {
    line(ctx, colour, width, dash, centre - half, y, centre + half, y);
    taken.push({ x: centre - half, y: y - 2, width: 2 * half, height: 4 });
  };
  const predicted = (panel.guides ?? []).flatMap(({ at, label, slot = 0, x }): Waiting[] => {
    if (x === undefined) return [];
    const [centre, y] = [xPixel(chart, figure, index, x), valuePixel(chart, figure, at)];
    const { colour } = styleOf(theme, slot);
    stroke(centre, y, 30, colour, 1.4, [5, 4]);
    return [{ label, colour, places: (width) => around(centre, y, width, 34), from: { x: centre, y } }];
  });
  const ranges = (panel.spans ?? []).map(({ low, high, label }, row): Waiting => {
    const y = chartArea.bottom - 10 - 17 * row;
    const [from, to] = [xPixel(chart, figure, index, low), xPixel(chart, figure, index, high)];
    stroke((from + to) / 2, y, (to - from) / 2, theme.claim, 2.2, []);
    for (const x of [from, to]) line(ctx, theme.claim, 1.4, [], x, y - 4, x, y + 4);
    return { label, colour: theme.claim, places: (width) => besideOrAbove(from, to, y, width) };
  });
  const edges = panel.segments.map(({ x: at, y: value, label }): Waiting => {
    const [x, y] = [chart.scales[`x${index}`]!.getPixelForValue(at), valuePixel(chart, figure, value)];
    stroke(x, y, 13, theme.claim, 2.2, []);
    return { label, colour: theme.claim, places: (width) => around(x, y, width), from: { x, y } };
  });
  const extrapolated = beyondOf(chart, figure)
    .filter((it) => it.panel === index)
    .map(({ x, y, low, high, from, slot, label }): Waiting => {
      taken.push(...along([{ x: from.x, y: from.y }, { x, y }]), { x: x - 4, y: high - 2, width: 8, height: low - high + 4 }); // prettier-ignore
      const places = (width: number): Box[] => [
        ...around(x, y, width, 12),
        ...[70, 95, 120].map((dy) => ({ x: x - width / 2, y: y + dy, width, height: 14 })),
      ];
      return { label, colour: styleOf(theme, slot).colour, places, from: { x, y } };
    });
  return [...predicted, ...ranges, ...edges, ...extrapolated];
}

function placeOf(ctx: Brush, { label, places }: Waiting, { inside, taken }: Ground): Box {
  const { width } = ctx.measureText(label);
  const farthest = inside.x + inside.width - width;
  const kept = places(width).map((it) => ({ ...it, x: Math.max(inside.x, Math.min(it.x, farthest)) }));
  return quietest(kept, taken, inside);
}

function write(ctx: Brush, theme: Theme, it: Waiting, ground: Ground): void {
  if (it.label === "") return;
  const box = placeOf(ctx, it, ground);
  ground.taken.push({ ...box, weight: WORDS });
  const { from, colour } = it;
  if (from) {
    const near = box.y + 7 > from.y ? box.y : box.y + 14;
    if (Math.abs(near - from.y) > 16) line(ctx, colour, 0.7, [], from.x, from.y, from.x, near);
  }
  paintLabel(ctx, theme, it.label, box, colour);
}

/** Where a label of a short line may stand, nearest places first. */
function around(x: number, y: number, width: number, away = 18): Box[] {
  const beside = [x - away - width, x + away].map((left) => ({ x: left, y: y - 7 }));
  const near = [-20, 6, -34, 20, -48, 34, -64, 50, -80].flatMap((dy) =>
    [x + 13 - width, x - 13, x - width / 2].map((left) => ({ x: left, y: y + dy })),
  );
  return [...beside, ...near].map((place) => ({ ...place, width, height: 14 }));
}

/** Where the label of a range may stand: behind it, before it, or over it where it leaves no room on either side. */
function besideOrAbove(from: number, to: number, y: number, width: number): Box[] {
  const beside = [to + 6, from - width - 6].map((x) => ({ x, y: y - 7, width, height: 14 }));
  return [...beside, { x: (from + to - width) / 2, y: y - 20, width, height: 14 }];
}

/** A label on a ground of its own. */
export function paintLabel(ctx: Brush, theme: Theme, label: string, { x, y, width }: Box, colour = theme.claim): void {
  ctx.fillStyle = theme.background;
  ctx.fillRect(x - 2, y, width + 4, 14);
  ctx.textAlign = "left";
  ctx.fillStyle = colour;
  ctx.fillText(label, x, y + 11);
}
