import type { Chart, Plugin } from "chart.js";
import { type Figure, isUpright } from "../../model/figure.ts";
import { joined } from "../edges.ts";
import type { Theme } from "../theme.ts";
import { type Box, quietest } from "./boxes.ts";
import type { Frame } from "./frame.ts";
import { type Spot, spotsOf, valuePixel } from "./place.ts";
import { line } from "./stroke.ts";
import { font } from "./text.ts";
import { paintLabel, paintUpright, SIZE } from "./upright.ts";

/** Before the data on upright charts, over it on bars: what claims and theories say. Labels go where they cover least. */
export function claimsPlugin(figure: Figure, frame: Frame, theme: Theme): Plugin {
  return {
    id: "claims",
    beforeDatasetsDraw(chart) {
      if (isUpright(figure.mark)) paint(chart, () => paintUpright(chart, figure, theme, spotsOf(chart, figure)));
    },
    afterDatasetsDraw(chart) {
      if (!isUpright(figure.mark)) paint(chart, () => paintOnBars(chart, figure, theme, spotsOf(chart, figure), frame.legend.length > 0));
    },
  };
}

function paint({ ctx }: Chart, work: () => void): void {
  ctx.save();
  ctx.textBaseline = "alphabetic";
  work();
  ctx.restore();
}

function paintOnBars(chart: Chart, figure: Figure, theme: Theme, spots: readonly Spot[], grouped: boolean): void {
  const { ctx, chartArea } = chart;
  const strip: Box[] = [];
  ctx.font = font(SIZE, false);
  for (const { bounds, segments } of figure.panels) {
    for (const { at, label } of bounds) {
      const x = valuePixel(chart, figure, at);
      line(ctx, theme.background, 3.4, [], x, chartArea.top - 4, x, chartArea.bottom);
      line(ctx, theme.claim, 1.4, [6, 4], x, chartArea.top - 4, x, chartArea.bottom);
      const { width } = ctx.measureText(label);
      const top = chartArea.top - 20;
      const box = quietest(
        [x - width / 2, x - width, x].map((left) => ({ x: left, y: top, width, height: 14 })),
        strip,
        { x: 0, y: 0, width: chart.width, height: chart.height },
      );
      strip.push(box);
      paintLabel(ctx, theme, label, box);
    }
    const rows = new Map<Spot, { x: number; label: string }[]>();
    for (const { x: at, y: value, label, slot } of segments) {
      const spot = spots.find((it) => it.reading.x === at && it.slot === slot);
      if (spot === undefined) continue;
      const x = valuePixel(chart, figure, value);
      // A rim sets the line off from the bar that it crosses.
      line(ctx, theme.background, 6, [], x, spot.y - spot.half - 4, x, spot.y + spot.half + 4);
      line(ctx, theme.claim, 2.2, [], x, spot.y - spot.half - 4, x, spot.y + spot.half + 4);
      if (!grouped && label !== "") rows.set(spot, [...(rows.get(spot) ?? []), { x, label }]);
    }
    for (const [spot, labels] of rows) paintRow(chart, theme, spot.y + spot.half + 4, labels);
  }
}

/** Labels below one bar. Those that would cover each other become one, in the middle of their lines. */
function paintRow(chart: Chart, theme: Theme, y: number, labels: readonly { readonly x: number; readonly label: string }[]): void {
  const { ctx, chartArea } = chart;
  const boxOf = (group: typeof labels): Box & { readonly text: string } => {
    const text = joined(group.map(({ label }) => label));
    const { width } = ctx.measureText(text);
    const middle = (group[0]!.x + group.at(-1)!.x) / 2;
    return { text, width, y, height: 14, x: Math.min(Math.max(middle - width / 2, chartArea.left), chart.width - width - 4) };
  };
  const groups: (typeof labels)[] = [];
  for (const label of labels.toSorted((a, b) => a.x - b.x)) {
    let group: typeof labels = [label];
    for (let before = groups.at(-1); before; before = groups.at(-1)) {
      const [left, right] = [boxOf(before), boxOf(group)];
      if (left.x + left.width + 8 <= right.x) break;
      groups.pop();
      group = [...before, ...group];
    }
    groups.push(group);
  }
  for (const box of groups.map(boxOf)) paintLabel(ctx, theme, box.text, box);
}
