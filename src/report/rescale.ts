import type { Axis, Figure, Panel, Reading } from "../model/figure.ts";
import { ratioAxis, valueAxis } from "./axes.ts";
import type { Overlay } from "./overlay.ts";

/** Scales of a value axis that a reader may choose from. */
export type Scale = "linear" | "log10";

/** What the largest value must be over the smallest one for a logarithmic scale to look different at all. */
const TELLING = 2;

/** Whether both scales make sense: positive values of a unit, far enough apart. Counts of samples and ratios have one that fits. */
export function isSwitchable({ mark, y, panels }: Figure): boolean {
  if (mark === "column" || y.unit === undefined || (y.scale !== "linear" && y.scale !== "log10")) return false;
  const values = panels.flatMap(({ series }) => series.flatMap(({ points }) => points.map((it) => it.y)));
  return values.length > 0 && values.every((it) => it > 0) && Math.max(...values) >= TELLING * Math.min(...values);
}

/** The figure on another scale, or with room for other hosts' readings; itself where neither changes anything. */
export function rescaled(figure: Figure, overlays: readonly Overlay[], scale = figure.y.scale as Scale): Figure {
  const others = overlays.flatMap(({ panels }) => panels.flat().flatMap(({ points }) => points));
  if (scale === figure.y.scale && others.length === 0) return figure;
  const own = figure.panels.flatMap(({ series }) => series.flatMap(({ points }) => points));
  const lines = figure.panels.flatMap(({ bounds, segments, guides = [] }) => [
    ...bounds.map(({ at }) => at),
    ...segments.map(({ y }) => y),
    ...guides.map(({ at }) => at),
  ]);
  const all = [...own, ...others, ...figure.panels.flatMap(({ extrapolations = [] }) => extrapolations.map(({ to }) => to))];
  const y = fitted(
    figure,
    figure.y,
    scale,
    [...all.map((it) => it.y), ...lines],
    all.flatMap((it) => [it.low, it.high]),
  );
  const isScatter = figure.mark === "scatter";
  const x = isScatter
    ? fitted(figure, figure.x, figure.x.scale as Scale, all.map((it) => it.x), all.flatMap((it) => [it.xLow ?? it.x, it.xHigh ?? it.x])) // prettier-ignore
    : figure.x;
  return {
    ...figure,
    // A bar stands on zero, which a logarithmic scale does not have.
    mark: figure.mark === "bar" && y.scale === "log10" ? "dot" : figure.mark === "dot" && y.scale === "linear" ? "bar" : figure.mark,
    subtitle: reworded(figure, y),
    x,
    y,
    panels: isScatter ? figure.panels.map((panel) => widened(panel, figure, x, y)) : figure.panels,
  };
}

function fitted({ mark, panels }: Figure, axis: Axis, scale: Scale, values: readonly number[], ends: readonly number[]): Axis {
  if (axis.unit === undefined) {
    const ratio = ratioAxis(axis.label, values, ends);
    return ratio;
  }
  const fresh = valueAxis(axis.label, axis.unit, values, ends, scale === "log10" ? 0 : Infinity);
  if (fresh.scale !== axis.scale) return fresh;
  // What had room beyond the readings (names of markers, lines of claims) keeps it.
  const spare = mark === "scatter" || panels.some(({ spans = [] }) => spans.length > 0);
  return { ...fresh, range: spare ? [Math.min(fresh.range[0], axis.range[0]), Math.max(fresh.range[1], axis.range[1])] : fresh.range };
}

/** The front goes on to the sides of the plot, wherever they are now. */
function widened(panel: Panel, before: Figure, x: Axis, y: Axis): Panel {
  if (!panel.front) return panel;
  const moved = (value: number, from: Axis, to: Axis): number => {
    const side = from.range.indexOf(value);
    return side < 0 ? value : to.range[side as 0 | 1];
  };
  return { ...panel, front: panel.front.map((it) => ({ x: moved(it.x, before.x, x), y: moved(it.y, before.y, y) })) };
}

/** `Time per read, log scale, lower is better` says which scale it has. */
function reworded({ subtitle, mark, y: before }: Figure, { scale }: Axis): string {
  if (scale === before.scale) return subtitle;
  if (mark === "scatter")
    return scale === "linear" ? subtitle.replace("(up, log scale)", "(up)") : subtitle.replace("(up)", "(up, log scale)");
  if (scale === "linear") return subtitle.replace(", log scale", "");
  return subtitle.startsWith(before.label.charAt(0).toUpperCase() + before.label.slice(1))
    ? subtitle.replace(new RegExp(`^.{${before.label.length}}`, "u"), "$&, log scale")
    : subtitle;
}

/** All readings of a figure. */
export const readingsIn = ({ panels }: Pick<Figure, "panels">): Reading[] =>
  panels.flatMap(({ series }) => series.flatMap(({ points }) => points));
