import type { Chart, Plugin } from "chart.js";
import type { Figure } from "../../model/figure.ts";
import { styleOf, type Theme } from "../theme.ts";
import { apart } from "./boxes.ts";
import { font, type Frame } from "./frame.ts";
import { type Brush, paintMarker } from "./marker.ts";
import { type Spot, spotsOf } from "./place.ts";

const CAP = 3.5;

/** Paints what chart.js does not know: intervals with caps, markers with a rim, values beside bars, names at the ends of lines. */
export function readingsPlugin(figure: Figure, frame: Frame, theme: Theme): Plugin {
  return {
    id: "readings",
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      const spots = spotsOf(chart, figure);
      ctx.save();
      for (const spot of spots) paintInterval(ctx, figure, theme, spot);
      if (figure.mark !== "bar") {
        for (const spot of spots) {
          const { colour, marker } = styleOf(theme, spot.slot);
          paintMarker(ctx, marker, spot.x, spot.y, colour, theme.background, 4.6);
        }
      }
      if (figure.mark !== "line") paintValues(ctx, theme, spots);
      if (frame.direct) paintNames(chart, figure, theme, spots);
      ctx.restore();
    },
  };
}

function paintInterval(ctx: Brush, figure: Figure, theme: Theme, { x, y, low, high, slot }: Spot): void {
  if (Math.abs(high - low) < 1.5) return;
  // Over a bar the interval must be told from the bar itself; on a line it belongs to its series.
  ctx.strokeStyle = figure.mark === "bar" ? theme.ink : styleOf(theme, slot).colour;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  const segments =
    figure.mark === "line"
      ? [
          [x, low, x, high],
          [x - CAP, low, x + CAP, low],
          [x - CAP, high, x + CAP, high],
        ]
      : [
          [low, y, high, y],
          [low, y - CAP, low, y + CAP],
          [high, y - CAP, high, y + CAP],
        ];
  for (const [x1, y1, x2, y2] of segments as [number, number, number, number][]) {
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
  }
  ctx.stroke();
}

function paintValues(ctx: Brush, theme: Theme, spots: readonly Spot[]): void {
  ctx.font = font(12, true);
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  for (const { x, y, high, reading } of spots) {
    const left = Math.max(x, high) + 9;
    const { width } = ctx.measureText(reading.words);
    // A grid line through a number makes it hard to read.
    ctx.fillStyle = theme.background;
    ctx.fillRect(left - 2, y - 7, width + 4, 14);
    ctx.fillStyle = theme.ink;
    ctx.fillText(reading.words, left, y + 4.3);
  }
}

function paintNames(chart: Chart, figure: Figure, theme: Theme, spots: readonly Spot[]): void {
  const { ctx, chartArea } = chart;
  const series = figure.panels[0]?.series ?? [];
  const last = series.map(({ slot }) => spots.findLast((spot) => spot.slot === slot)!);
  const heights = apart(
    last.map(({ y }) => y),
    16,
    chartArea.top,
    chartArea.bottom,
  );
  ctx.font = font(12.5, true);
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  series.forEach(({ name, slot }, index) => {
    const { x, y } = last[index]!;
    const height = heights[index]!;
    const left = chartArea.right + 12;
    ctx.fillStyle = styleOf(theme, slot).colour;
    // A name that had to move, or whose line ends early, is tied to its last point by a hairline.
    if (Math.abs(height - y) > 4 || left - x > 40) {
      ctx.strokeStyle = styleOf(theme, slot).colour;
      ctx.lineWidth = 0.8;
      ctx.beginPath();
      ctx.moveTo(x + 7, y);
      ctx.lineTo(left - 3, height);
      ctx.stroke();
    }
    ctx.fillText(name, left, height + 4.4);
  });
}
