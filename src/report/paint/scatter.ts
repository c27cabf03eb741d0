import type { Chart } from "chart.js";
import type { Figure } from "../../model/figure.ts";
import { styleOf, type Theme } from "../theme.ts";
import { along, type Box, holds, overlap } from "./boxes.ts";
import { sidesOf, type Spot, valuePixel, xPixel } from "./place.ts";
import { line } from "./stroke.ts";
import { font } from "./text.ts";

const HEIGHT = 15;

/** The border of what is beaten: a thin line in steps. */
export function paintFront(chart: Chart, figure: Figure, theme: Theme): void {
  figure.panels.forEach((_, panel) => {
    const corners = cornersOf(chart, figure, panel);
    corners.slice(1).forEach((to, index) => {
      const from = corners[index]!;
      line(chart.ctx, theme.muted, 1, [3, 3], from.x, from.y, to.x, to.y);
    });
  });
}

function cornersOf(chart: Chart, figure: Figure, panel: number): { x: number; y: number }[] {
  const [left, right] = sidesOf(chart, figure, panel);
  const [low, high] = figure.x.range;
  // A panel is a little wider than its range: the front goes on to its sides.
  const isLast = panel === figure.panels.length - 1;
  const [first, last] = [panel > 0 ? left + 8 : left, isLast ? right : right - 8];
  const side = (x: number): number => (x === low ? first : x === high ? last : xPixel(chart, figure, panel, x));
  return (figure.panels[panel]?.front ?? []).map(({ x, y }) => ({ x: side(x), y: valuePixel(chart, figure, y) }));
}

/** A name beside each marker, where it covers least. */
export function paintScatterNames(chart: Chart, figure: Figure, theme: Theme, spots: readonly Spot[]): void {
  const { ctx, chartArea } = chart;
  ctx.font = font(12.5, true);
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  figure.panels.forEach(({ series }, panel) => {
    const own = spots.filter((spot) => spot.panel === panel);
    const [left, right] = sidesOf(chart, figure, panel);
    const isLast = panel === figure.panels.length - 1;
    const inside = {
      x: left + 3,
      y: chartArea.top,
      width: (isLast ? chart.width - 3 : right - 4) - left - 3,
      height: chartArea.bottom - chartArea.top - 2,
    };
    const drawn = [
      ...own.flatMap(({ x, y, left, right, low, high }) => [
        { x: x - 6, y: y - 6, width: 12, height: 12 },
        ...along([
          { x: left, y },
          { x: right, y },
        ]),
        ...along([
          { x, y: low },
          { x, y: high },
        ]),
      ]),
      ...along(cornersOf(chart, figure, panel)),
    ];
    const named = series.flatMap(({ name, slot }) => {
      const spot = own.find((it) => it.slot === slot);
      return spot ? [{ name, spot, width: ctx.measureText(name).width }] : [];
    });
    const placed: (Place | undefined)[] = named.map(() => undefined);
    // Later names may take an earlier one's best place; another turn lets the earlier ones make way.
    for (let turn = 0; turn < 3; turn++) {
      named.forEach(({ spot, width }, index) => {
        const others = placed.filter((it, at): it is Place => it !== undefined && at !== index);
        // A name close to another's marker would be taken for its name.
        const foreign = own.filter((it) => it !== spot).map(({ x, y }) => ({ x: x - 20, y: y - 12, width: 40, height: 24 }));
        const price = (it: Place): number => cost(it, drawn, others, inside) + 3 * foreign.filter((zone) => overlap(zone, it.box)).length;
        placed[index] = around(spot, width).reduce((best, it) => (price(it) < price(best) ? it : best));
      });
    }
    for (const [index, { spot }] of named.entries()) {
      const { end } = placed[index]!;
      if (isTied(placed[index]!, spot)) line(ctx, styleOf(theme, spot.slot).colour, 0.8, [], spot.x, spot.y, end.x, end.y);
    }
    for (const [index, { name, spot }] of named.entries()) {
      const { box } = placed[index]!;
      ctx.fillStyle = styleOf(theme, spot.slot).colour;
      ctx.fillText(name, box.x, box.y + 11.5);
    }
  });
}

/** Where a name stands, and the end of the hairline that ties it to its marker. */
interface Place {
  readonly box: Box;
  readonly end: { readonly x: number; readonly y: number };
  readonly tie: readonly Box[];
}

const isTied = ({ end }: Place, { x, y }: Spot): boolean => Math.hypot(end.x - x, end.y - y) > 18;

/** Another name in the way is worse than any line, and out of the plot worse than anything. */
function cost({ box, tie }: Place, drawn: readonly Box[], others: readonly Place[], inside: Box): number {
  const meets = (one: readonly Box[], other: readonly Box[]): number =>
    one.reduce((sum, a) => sum + other.filter((b) => overlap(a, b)).length, 0);
  const names = others.map((it) => it.box);
  const outside = holds(inside, box) ? 0 : 1000;
  const crossed =
    meets(tie, names) +
    meets(
      [box],
      others.flatMap((it) => it.tie),
    );
  return outside + meets([box], drawn) + 20 * meets([box], names) + 5 * crossed + (tie.length > 0 ? 1 : 0);
}

/** Where a name may stand, best places first: right, left, above, below, then further away. */
function around(spot: Spot, width: number): Place[] {
  const { x, y, left, right } = spot;
  const box = (left: number, top: number): Place => {
    const own = { x: left, y: top, width, height: HEIGHT };
    const end = { x: Math.max(left, Math.min(x, left + width)), y: Math.max(top, Math.min(y, top + HEIGHT)) };
    const place = { box: own, end, tie: [] };
    // The first piece lies under the marker itself.
    return isTied(place, spot) ? { ...place, tie: along([spot, end]).slice(2) } : place;
  };
  return [10, 26, 46].flatMap((away) => [
    box(Math.max(x + away, right + away - 4), y - HEIGHT / 2),
    box(x + away, y - HEIGHT - away / 2),
    box(x + away, y + away / 2),
    box(Math.min(x - away, left - away + 4) - width, y - HEIGHT / 2),
    box(x - away - width, y - HEIGHT - away / 2),
    box(x - away - width, y + away / 2),
    box(x + 10, y - HEIGHT - away),
    box(x + 10, y + away),
    box(x - width / 2, y - away - HEIGHT),
    box(x - width / 2, y + away),
  ]);
}
