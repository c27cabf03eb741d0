import type { Axis, Corner, Figure, Panel } from "../../model/figure.ts";
import type { Better, Unit } from "../../model/metric.ts";
import type { Point } from "../../model/sweep.ts";
import { valueAxis } from "../axes.ts";
import { besides, capital, scaleWords } from "../caption.ts";
import { panelsOf } from "../layout.ts";
import { pointWords, quantity, short } from "../words.ts";
import { estimateAt, filled, finished, finite, labelOf, metricOf, readingOf, slotOf, type Subject, titleOf } from "./subject.ts";

/** Where markers stand for themselves, with no bar down to zero, those of a linear axis crowd at its lower end sooner than bars do. */
const CROWDED = 6;

/** A value axis whose log scale has room for names beyond the outermost markers. */
function scatterAxis(label: string, unit: Unit, values: readonly number[], ends: readonly number[]): Axis {
  const axis = valueAxis(label, unit, values, ends, CROWDED);
  const [low, high] = axis.range;
  const room = (high / low) ** 0.05;
  if (axis.scale === "log10") return { ...axis, range: [low / room, high * room] };
  const highest = Math.max(...values, ...ends.filter(Number.isFinite));
  return { ...axis, range: [low, Math.max(high, highest + (high - low) * 0.07)] };
}

/** One marker a variant: what it costs in one reading against what it costs in another, and the front that no other beats. */
export function paretoFigure(subject: Subject, xName: string, yName: string): Figure {
  const [xMetric, yMetric] = [metricOf(subject, xName), metricOf(subject, yName)];
  const layout = panelsOf(
    subject.definition.sweep,
    subject.points,
    subject.verdicts.map(({ at }) => at),
  );
  const seriesAt = (at: Point): Panel["series"] =>
    subject.names.flatMap((variant) => {
      const x = estimateAt(subject, xName, variant, at);
      const y = estimateAt(subject, yName, variant, at);
      if (x === undefined || y === undefined) return [];
      const words = `${quantity(x.center, xMetric.unit, x.high - x.low)}, ${quantity(y.center, yMetric.unit, y.high - y.low)}`;
      const sides = { xLow: finite(x.low, x.center), xHigh: finite(x.high, x.center), words };
      return [
        { name: short(variant, 60), slot: slotOf(subject, variant), points: [{ ...readingOf(y, yMetric.unit, x.center), ...sides }] },
      ];
    });
  const points = layout.points.map((at) => ({ at, series: seriesAt(at) }));
  const readings = points.flatMap(({ series }) => series.flatMap((it) => it.points));
  const x = scatterAxis(
    labelOf(subject, xName),
    xMetric.unit,
    readings.map((it) => it.x),
    readings.flatMap((it) => [it.xLow!, it.xHigh!]),
  );
  const y = scatterAxis(
    labelOf(subject, yName),
    yMetric.unit,
    readings.map((it) => it.y),
    readings.flatMap((it) => [it.low, it.high]),
  );
  const panels = points.map(({ at, series }): Panel & { readonly best: readonly string[] } => {
    const undominated = series.filter((it) =>
      series.every((other) => !beats(other.points[0]!, it.points[0]!, xMetric.better, yMetric.better)),
    );
    return {
      ...titleOf(at, layout.points),
      series,
      bounds: [],
      segments: [],
      front: frontOf(
        undominated.map(({ points }) => points[0]!),
        [xMetric.better, x.range],
        [yMetric.better, y.range],
      ),
      best: undominated.map(({ name }) => name),
    };
  });
  const says = `${capital(y.label)} (up${scaleWords(y)}) against ${x.label} (across${scaleWords(x)}); towards the ${corner(xMetric.better, yMetric.better)} is better`;
  return finished(subject, {
    subtitle: besides(says, layout.fixed, layout.points.length, layout.all),
    mark: "scatter",
    x,
    y,
    panels: filled(panels.map(({ best: _, ...panel }) => panel)),
    told: points.flatMap(({ at, series }, index) => {
      const where = layout.points.length > 1 ? `At ${pointWords(at)}: ` : "";
      const told = series.map(({ name, points }) => `${name}: ${points[0]!.words}`).join("; ");
      return series.length === 0 ? [] : [`${where}${told}.`, `${where}Beaten by no other in both: ${panels[index]!.best.join(", ")}.`];
    }),
    intervals: subject.estimates.filter(({ metric }) => metric === xName || metric === yName),
  });
}

const corner = (x: Better, y: Better): string => `${y === "lower" ? "lower" : "upper"} ${x === "lower" ? "left" : "right"}`;

/** At least as good in both, better in one. */
function beats(one: Corner, other: Corner, x: Better, y: Better): boolean {
  const gain = (a: number, b: number, better: Better): number => (better === "lower" ? b - a : a - b);
  const [inX, inY] = [gain(one.x, other.x, x), gain(one.y, other.y, y)];
  return inX >= 0 && inY >= 0 && inX + inY > 0;
}

type Direction = readonly [better: Better, range: readonly [low: number, high: number]];

/**
 * The border of what is beaten, from one end of the plot to the other: from the best in x, in steps, to the best in y. A step turns
 * where both its neighbours are no better: nobody measured anything between them.
 */
function frontOf(points: readonly Corner[], [x, across]: Direction, [y, up]: Direction): Corner[] {
  const worst = (better: Better, [low, high]: readonly [number, number]): number => (better === "lower" ? high : low);
  const ordered = points.toSorted((a, b) => (x === "lower" ? a.x - b.x : b.x - a.x));
  const steps = ordered.flatMap((point, index): Corner[] => {
    const before = ordered[index - 1]?.y ?? worst(y, up);
    return [
      { x: point.x, y: before },
      { x: point.x, y: point.y },
    ];
  });
  const last = ordered.at(-1);
  return last ? [...steps, { x: worst(x, across), y: last.y }] : [];
}
