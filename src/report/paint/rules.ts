import type { Chart, Plugin } from "chart.js";
import type { Figure } from "../../model/figure.ts";
import type { Theme } from "../theme.ts";
import { along, type Box, quietest } from "./boxes.ts";
import { font, type Frame } from "./frame.ts";
import type { Brush } from "./marker.ts";
import { sidesOf, type Spot, spotsOf, valuePixel } from "./place.ts";

const SIZE = 11.5;

/** Behind the data: cache sizes, gaps between panels and their titles, hairlines between groups of bars. */
export function marksPlugin(figure: Figure, theme: Theme): Plugin {
  return {
    id: "marks",
    beforeDatasetsDraw(chart) {
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.textBaseline = "alphabetic";
      figure.panels.forEach(({ title }, panel) => {
        const [left] = sidesOf(chart, figure, panel);
        if (panel > 0) {
          ctx.fillStyle = theme.background;
          ctx.fillRect(left - 8, chartArea.top - 4, 16, chartArea.bottom - chartArea.top + 12);
        }
        if (title !== undefined) {
          ctx.font = font(12.5, true);
          ctx.fillStyle = theme.ink;
          ctx.textAlign = "left";
          ctx.fillText(title, left + (panel > 0 ? 10 : 2), chartArea.top - (figure.marks.length > 0 ? 26 : 9));
        }
        ctx.font = font(11, false);
        ctx.textAlign = "center";
        for (const { at, label } of figure.marks) {
          const x = chart.scales[`x${panel}`]!.getPixelForValue(at);
          line(ctx, theme.mark, 1, [4, 4], x, chartArea.top, x, chartArea.bottom);
          ctx.fillStyle = theme.muted;
          ctx.fillText(label, x, chartArea.top - 6);
        }
      });
      if (figure.mark !== "line" && (figure.panels[0]?.series.length ?? 0) > 1) {
        const row = (chartArea.bottom - chartArea.top) / figure.x.ticks.length;
        for (let index = 1; index < figure.x.ticks.length; index++) {
          const y = chartArea.top + row * index;
          line(ctx, theme.grid, 1, [], chart.scales["y"]!.left, y, chartArea.right, y);
        }
      }
      ctx.restore();
    },
  };
}

/** Before the data on lines, over it on bars: what claims say. Labels go where they cover least. */
export function claimsPlugin(figure: Figure, frame: Frame, theme: Theme): Plugin {
  return {
    id: "claims",
    beforeDatasetsDraw(chart) {
      if (figure.mark === "line") paint(chart, () => paintOnLines(chart, figure, theme, spotsOf(chart, figure)));
    },
    afterDatasetsDraw(chart) {
      if (figure.mark !== "line") paint(chart, () => paintOnBars(chart, figure, theme, spotsOf(chart, figure), frame.legend.length > 0));
    },
  };
}

function paint({ ctx }: Chart, work: () => void): void {
  ctx.save();
  ctx.textBaseline = "alphabetic";
  work();
  ctx.restore();
}

function paintOnLines(chart: Chart, figure: Figure, theme: Theme, spots: readonly Spot[]): void {
  const { ctx, chartArea } = chart;
  ctx.font = font(SIZE, false);
  figure.panels.forEach((panel, index) => {
    const [left, right] = sidesOf(chart, figure, index);
    const inside = { x: left + 2, y: chartArea.top, width: right - left + 12, height: chartArea.bottom - chartArea.top };
    const taken = panel.series.flatMap(({ slot }) => along(spots.filter((spot) => spot.panel === index && spot.slot === slot)));
    const write = (label: string, candidates: (width: number) => Box[], from?: { x: number; y: number }): void => {
      if (label === "") return;
      const { width } = ctx.measureText(label);
      const farthest = inside.x + inside.width - width;
      const kept = candidates(width).map((it) => ({ ...it, x: Math.max(inside.x, Math.min(it.x, farthest)) }));
      const box = quietest(kept, taken, inside);
      taken.push(box);
      const near = box.y + 7 > (from?.y ?? 0) ? box.y : box.y + 14;
      // A label that found no place beside its line is tied to it.
      if (from && Math.abs(near - from.y) > 16) line(ctx, theme.claim, 0.7, [], from.x, from.y, from.x, near);
      paintLabel(ctx, theme, label, box);
    };
    for (const { at, label } of panel.bounds) {
      const y = valuePixel(chart, figure, at);
      line(ctx, theme.claim, 1.4, [6, 4], left, y, right, y);
      write(label, (width) =>
        [left + 6, right - width - 6, (left + right - width) / 2].flatMap((x) =>
          [y - 18, y + 4].map((top) => ({ x, y: top, width, height: 14 })),
        ),
      );
    }
    for (const { x: at, y: value, label } of panel.segments) {
      const x = chart.scales[`x${index}`]!.getPixelForValue(at);
      const y = valuePixel(chart, figure, value);
      line(ctx, theme.claim, 2.2, [], x - 13, y, x + 13, y);
      taken.push({ x: x - 13, y: y - 2, width: 26, height: 4 });
      write(label, (width) => around(x, y, width), { x, y });
    }
  });
}

/** Where a label of a short line may stand, nearest places first. */
function around(x: number, y: number, width: number): Box[] {
  const beside = [x - 18 - width, x + 18].map((left) => ({ x: left, y: y - 7 }));
  const near = [-20, 6, -34, 20, -48, 34, -64, 50, -80].flatMap((dy) =>
    [x + 13 - width, x - 13, x - width / 2].map((left) => ({ x: left, y: y + dy })),
  );
  return [...beside, ...near].map((place) => ({ ...place, width, height: 14 }));
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
    for (const { x: at, y: value, label, slot } of segments) {
      const spot = spots.find((it) => it.reading.x === at && it.slot === slot);
      if (spot === undefined) continue;
      const x = valuePixel(chart, figure, value);
      // A rim sets the line off from the bar that it crosses.
      line(ctx, theme.background, 6, [], x, spot.y - spot.half - 4, x, spot.y + spot.half + 4);
      line(ctx, theme.claim, 2.2, [], x, spot.y - spot.half - 4, x, spot.y + spot.half + 4);
      if (grouped || label === "") continue;
      const { width } = ctx.measureText(label);
      const y = spot.y + spot.half + 4;
      const left = Math.min(Math.max(x - width / 2, chartArea.left), chart.width - width - 4);
      paintLabel(ctx, theme, label, { x: left, y, width, height: 14 });
    }
  }
}

function paintLabel(ctx: Brush, theme: Theme, label: string, { x, y, width }: Box): void {
  ctx.fillStyle = theme.background;
  ctx.fillRect(x - 2, y, width + 4, 14);
  ctx.textAlign = "left";
  ctx.fillStyle = theme.claim;
  ctx.fillText(label, x, y + 11);
}

function line(ctx: Brush, colour: string, width: number, dash: number[], x1: number, y1: number, x2: number, y2: number): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
  ctx.setLineDash([]);
}
