import type { Axis, Figure, Panel, Reading, Rule } from "../../model/figure.ts";
import type { Point } from "../../model/sweep.ts";
import { axisOf, categoryAxis, sweepAxis } from "../axes.ts";
import { subtitleOf } from "../caption.ts";
import { type Edge, edgesOf, rulesOf, segmentsOf } from "../edges.ts";
import { type Layout, layoutOf, matches } from "../layout.ts";
import { metricWords, quantity, short } from "../words.ts";
import { beyond, crossoverBands, extrapolationsOf, lowered, spansOf, toldAlong } from "./along.ts";
import { estimateAt, finished, labelOf, metricOf, readingOf, reportedCaches, slotOf, type Subject, titleOf } from "./subject.ts";

/** One reading over the sweep: lines where a number grows, else a bar or dot for each point or variant. */
export function readingFigure(
  subject: Subject,
  name: string,
  refine: (figure: Plain, layout: Layout) => Partial<Plain> = () => ({}),
  wide?: number,
): Figure {
  const { definition, record, points, verdicts, names } = subject;
  const metric = metricOf(subject, name);
  const shown = subject.estimates.filter((it) => it.metric === name);
  const edges = edgesOf(verdicts, name, metric.unit, shown);
  const layout = layoutOf(
    definition.sweep,
    points,
    verdicts.map(({ at }) => at),
  );
  const read = (variant: string, at: Point, x: number): Reading[] => {
    const found = estimateAt(subject, name, variant, at);
    return found === undefined ? [] : [readingOf(found, metric.unit, x)];
  };
  const series = (x: readonly { readonly at: Point; readonly x: number }[]) =>
    names
      .map((variant) => ({
        name: short(variant, 60),
        slot: slotOf(subject, variant),
        points: x.flatMap(({ at, x }) => read(variant, at, x)),
      }))
      .filter(({ points }) => points.length > 0);

  let x: Axis;
  let panels: Panel[];
  if (layout.kind === "swept") {
    const { parameter, values } = layout;
    x = sweepAxis(parameter, [...values, ...beyond(subject, name, parameter)]);
    const bands = crossoverBands(subject, name, parameter, x);
    const spans = spansOf(subject, "crossover", name, parameter, x);
    panels = layout.panels.map((panel) => {
      const here = edges.filter(({ at }) => matches(at, panel));
      const own = series(values.map((value) => ({ at: { ...panel, [parameter]: value }, x: value })));
      const extrapolations = extrapolationsOf(subject, name, parameter, panel, own);
      return {
        ...titleOf(panel, layout.panels),
        series: own,
        bounds: rulesOf(here),
        segments: segmentsOf(here, (edge) => ({ x: edge.at[parameter] as number, slot: slotOf(subject, edge.of) }), true),
        ...(bands.length > 0 && { bands }),
        ...(spans.length > 0 && { spans }),
        ...(extrapolations.length > 0 && { extrapolations }),
      };
    });
  } else if (layout.points.length > 1) {
    x = categoryAxis(
      "",
      layout.names.map((it) => short(it, 60)),
    );
    const indexOf = (edge: Edge): number => layout.points.findIndex((point) => matches(edge.at, point));
    panels = [
      {
        series: series(layout.points.map((at, index) => ({ at, x: index }))),
        bounds: rulesOf(edges),
        segments: segmentsOf(edges, (edge) => (indexOf(edge) < 0 ? undefined : { x: indexOf(edge), slot: slotOf(subject, edge.of) })),
      },
    ];
  } else {
    const measured = names.filter((variant) => shown.some((it) => it.variant === variant));
    x = categoryAxis(
      "",
      measured.map((it) => short(it, 60)),
    );
    const bars = measured.flatMap((variant, index) => read(variant, {}, index));
    panels = [
      {
        series: bars.length > 0 ? [{ name: metricWords(name, record.per, metric.says), slot: 0, points: bars }] : [],
        bounds: rulesOf(edges),
        segments: segmentsOf(edges, ({ of }) => (measured.includes(of) ? { x: measured.indexOf(of), slot: 0 } : undefined)),
      },
    ];
  }

  const y = axisOf(panels, labelOf(subject, name), metric.unit, wide);
  const plain: Plain = {
    subtitle: subtitleOf(y, metric, layout),
    mark: layout.kind === "swept" ? "line" : y.scale === "log10" ? "dot" : "bar",
    x,
    y: lowered(y, panels[0]?.spans?.length ?? 0),
    panels,
    marks: cacheMarks(subject, x),
    notes: [],
  };
  const told = layout.kind === "swept" ? toldAlong(subject, name, layout.parameter) : [];
  return finished(subject, { ...plain, ...refine(plain, layout), intervals: shown, told });
}

export type Plain = Pick<Figure, "subtitle" | "mark" | "x" | "y" | "panels" | "marks" | "notes">;

/** Lines where the host's caches end, as far as the axis of sizes reaches; the largest one of each level. */
function cacheMarks({ record }: Subject, x: Axis): Rule[] {
  if (x.unit !== "bytes") return [];
  return reportedCaches(record)
    .map(({ level, bytes }) => ({ at: bytes, label: `L${level} ${quantity(bytes, "bytes")}` }))
    .filter(({ at }) => at > x.range[0] && at < x.range[1]);
}
