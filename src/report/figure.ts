import { metricsOf } from "../model/chart.ts";
import type { Definition } from "../model/experiment.ts";
import type { Axis, Figure, Panel, Reading, Rule } from "../model/figure.ts";
import type { Metric } from "../model/metric.ts";
import type { RunRecord } from "../model/record.ts";
import type { Point } from "../model/sweep.ts";
import type { Estimate, Verdict } from "../model/verdict.ts";
import { categoryAxis, sweepAxis, valueAxis } from "./axes.ts";
import { altOf, captionOf, subtitleOf } from "./caption.ts";
import { type Edge, edgesOf, rulesOf, segmentsOf } from "./edges.ts";
import { layoutOf, matches } from "./layout.ts";
import { metricWords, pointWords, quantity, short } from "./words.ts";

/**
 * The one chart of an experiment, as plain data. Pure: the same record gives the same figure.
 * Variants or points that were not measured leave a gap; a record without any reading gives a figure without series.
 */
export function figure(
  definition: Definition,
  id: string,
  record: RunRecord,
  estimates: readonly Estimate[],
  verdicts: readonly Verdict[],
): Figure {
  const name = chartMetric(definition, estimates);
  const metric = metricOf(definition, record, name);
  const shown = estimates.filter((it) => it.metric === name && Number.isFinite(it.center));
  const edges = edgesOf(verdicts, name, metric.unit, shown);
  const layout = layoutOf(
    definition.sweep,
    record.points,
    verdicts.map(({ at }) => at),
  );
  const names = variantsOf(definition, record);
  const slotOf = (variant: string): number => Math.max(0, names.indexOf(variant));

  const read = (variant: string, at: Point, x: number): Reading[] => {
    const found = shown.find((it) => it.variant === variant && matches(it.point, at));
    if (found === undefined) return [];
    const { center, low, high, n } = found;
    return [{ x, y: center, low: finite(low, center), high: finite(high, center), n, words: quantity(center, metric.unit, high - low) }];
  };
  const series = (x: readonly { readonly at: Point; readonly x: number }[]) =>
    names
      .map((variant) => ({ name: short(variant, 60), slot: slotOf(variant), points: x.flatMap(({ at, x }) => read(variant, at, x)) }))
      .filter(({ points }) => points.length > 0);

  let x: Axis;
  let panels: Panel[];
  if (layout.kind === "swept") {
    const { parameter, values } = layout;
    x = sweepAxis(parameter, values);
    panels = layout.panels.map((panel) => {
      const here = edges.filter(({ at }) => matches(at, panel));
      return {
        ...(layout.panels.length > 1 && { title: pointWords(panel) }),
        series: series(values.map((value) => ({ at: { ...panel, [parameter]: value }, x: value }))),
        bounds: rulesOf(here),
        segments: segmentsOf(here, (edge) => ({ x: edge.at[parameter] as number, slot: slotOf(edge.of) }), true),
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
        segments: segmentsOf(edges, (edge) => (indexOf(edge) < 0 ? undefined : { x: indexOf(edge), slot: slotOf(edge.of) })),
      },
    ];
  } else {
    const measured = names.filter((variant) => shown.some((it) => it.variant === variant));
    x = categoryAxis(
      "",
      measured.map((it) => short(it, 60)),
    );
    const points = measured.flatMap((variant, index) => read(variant, {}, index));
    panels = [
      {
        series: points.length > 0 ? [{ name: metricWords(name, record.per, metric.says), slot: 0, points }] : [],
        bounds: rulesOf(edges),
        segments: segmentsOf(edges, ({ of }) => (measured.includes(of) ? { x: measured.indexOf(of), slot: 0 } : undefined)),
      },
    ];
  }

  const readings = panels.flatMap((panel) => panel.series.flatMap(({ points }) => points));
  const drawn = panels.flatMap(({ bounds, segments }) => [...bounds.map(({ at }) => at), ...segments.map(({ y }) => y)]);
  const y = valueAxis(
    metricWords(name, perOf(definition, record), metric.says),
    metric.unit,
    [...readings.map((it) => it.y), ...drawn],
    readings.flatMap((it) => [it.low, it.high]),
  );
  const mark = layout.kind === "swept" ? "line" : y.scale === "log10" ? "dot" : "bar";
  const isModel = Object.values(definition.claims).some((claims) => claims?.some(({ model }) => model));
  const unworded = {
    title: (isModel ? "Model: " : "") + short(definition.question, 300),
    subtitle: subtitleOf(y, metric, layout),
    mark,
    x,
    y,
    panels,
    marks: cacheMarks(record, x),
    caption: captionOf(id, record, readings, shown),
  } as const;
  return { ...unworded, alt: altOf(unworded, verdicts) };
}

/** Whether there is nothing to draw. */
export function isEmpty(it: Figure): boolean {
  return it.panels.every(({ series }) => series.length === 0);
}

/** The reading whose values the chart shows, or the first of them; what an older record lacks cannot be shown. */
function chartMetric(definition: Definition, estimates: readonly Estimate[]): string {
  const [wanted = "time"] = metricsOf(definition.chart);
  return estimates.some(({ metric }) => metric === wanted) ? wanted : (estimates[0]?.metric ?? wanted);
}

function metricOf(definition: Definition, record: RunRecord, name: string): Metric {
  const found = definition.metrics[name] ?? record.metrics[name];
  return (found as Metric | undefined) ?? { unit: "count", better: "lower" };
}

function perOf(definition: Definition, record: RunRecord): string | undefined {
  return definition.kind === "experiment" ? (record.per ?? "operation") : undefined;
}

/** In the order of the definition; variants that only an older record knows come last. */
function variantsOf(definition: Definition, record: RunRecord): string[] {
  return [...new Set([...definition.variantNames, ...record.variants])];
}

/** Lines where the host's caches end, as far as the axis of sizes reaches; the largest one of each level. */
function cacheMarks(record: RunRecord, x: Axis): Rule[] {
  if (x.unit !== "bytes") return [];
  const levels = new Map<number, number>();
  for (const { level, bytes } of record.host.caches) levels.set(level, Math.max(bytes, levels.get(level) ?? 0));
  return [...levels]
    .toSorted(([a], [b]) => a - b)
    .map(([level, bytes]) => ({ at: bytes, label: `L${level}` }))
    .filter(({ at }) => at > x.range[0] && at < x.range[1]);
}

function finite(value: number, otherwise: number): number {
  return Number.isFinite(value) ? value : otherwise;
}
