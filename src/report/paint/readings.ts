import type { Chart, Plugin } from "chart.js";
import { type Figure, isUpright } from "../../model/figure.ts";
import { styleOf, type Theme } from "../theme.ts";
import { apart } from "./boxes.ts";
import { paintColumns } from "./columns.ts";
import { beyondOf } from "./extrapolations.ts";
import type { Frame } from "./frame.ts";
import { type Brush, paintMarker } from "./marker.ts";
import { type Spot, spotsOf, valuePixel } from "./place.ts";
import { paintFront, paintScatterNames } from "./scatter.ts";
import { paintSingles } from "./singles.ts";
import { whisker } from "./stroke.ts";
import { font } from "./text.ts";

/** Pixels from its middle that a marker hides. */
const HIDDEN = 6.5;

/** Paints what chart.js does not know: intervals with caps, markers with a rim, values beside bars, names at the ends of lines. */
export function readingsPlugin(figure: Figure, frame: Frame, theme: Theme): Plugin {
  return {
    id: "readings",
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      const spots = spotsOf(chart, figure);
      ctx.save();
      if (figure.mark === "column") {
        paintColumns(chart, figure, theme, spots);
        ctx.restore();
        return;
      }
      if (figure.mark === "scatter") paintFront(chart, figure, theme);
      for (const spot of spots) {
        if (spot.reading.singles) paintSingles(chart, figure, theme, spot);
        paintInterval(ctx, figure, theme, spot);
      }
      if (figure.mark !== "bar") {
        for (const spot of spots) {
          const { colour, marker } = styleOf(theme, spot.slot);
          paintMarker(ctx, marker, spot.x, spot.y, colour, theme.background, 4.6);
        }
      }
      if (!isUpright(figure.mark)) paintValues(chart, figure, theme, spots);
      if (frame.direct && figure.mark === "scatter") paintScatterNames(chart, figure, theme, spots);
      else if (frame.direct) paintNames(chart, figure, theme, spots);
      ctx.restore();
    },
  };
}

function paintInterval(ctx: Brush, figure: Figure, theme: Theme, { x, y, left, right, low, high, slot }: Spot): void {
  // Over a bar the interval must be told from the bar itself; elsewhere it belongs to its series.
  const colour = figure.mark === "bar" ? theme.ink : styleOf(theme, slot).colour;
  // What a marker hides is no wider than the marker; caps that look out from under it would only blur its shape.
  const seen = (from: number, to: number, centre: number): boolean =>
    figure.mark === "bar" ? Math.abs(to - from) >= 1.5 : Math.max(Math.abs(from - centre), Math.abs(to - centre)) >= HIDDEN;
  if (!isUpright(figure.mark)) {
    if (seen(low, high, x)) whisker(ctx, colour, [low, y], [high, y]);
    return;
  }
  if (seen(left, right, x)) whisker(ctx, colour, [left, y], [right, y]);
  if (seen(low, high, y)) whisker(ctx, colour, [x, low], [x, high]);
}

function paintValues(chart: Chart, figure: Figure, theme: Theme, spots: readonly Spot[]): void {
  const { ctx } = chart;
  ctx.font = font(12, true);
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  for (const { x, y, high, reading, panel, slot } of spots) {
    const { width } = ctx.measureText(reading.words);
    const { bounds, segments } = figure.panels[panel]!;
    const own = segments.filter((it) => it.x === reading.x && it.slot === slot).map((it) => it.y);
    const lines = [...bounds.map(({ at }) => at), ...own].map((at) => valuePixel(chart, figure, at));
    // A number makes way for the line of a claim.
    const left = lines
      .toSorted((a, b) => a - b)
      .reduce(
        (left, line) => (line > left - 4 && line < left + width + 4 && line + 7 + width < chart.width ? line + 7 : left),
        Math.max(x, high) + 9,
      );
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
  // A line that goes on beyond what was measured ends there.
  const ends = [...spots, ...beyondOf(chart, figure)];
  const last = series.map(({ slot }) => ends.findLast((end) => end.slot === slot)!);
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
