import type { Figure, Panel } from "../../model/figure.ts";
import type { Unit } from "../../model/metric.ts";
import { axisOf, categoryAxis } from "../axes.ts";
import { besides, capital, scaleWords } from "../caption.ts";
import { edgesOf, segmentsOf } from "../edges.ts";
import { layoutOf, matches, panelsOf } from "../layout.ts";
import { nameWords, short } from "../words.ts";
import { lowered, toldAlong } from "./along.ts";
import { readingFigure } from "./reading.ts";
import { estimateAt, filled, finished, labelOf, metricOf, readingOf, slotOf, type Subject, titleOf } from "./subject.ts";

/** Readings of one unit that span more than this have a logarithmic axis. */
const FACTORS = 1.5;

/** Readings of one unit side by side: a line a variant where they have an order (the percentiles of a load), else a row a reading. */
export function acrossFigure(subject: Subject, metrics: readonly string[], joined: boolean): Figure {
  const { unit } = metricOf(subject, metrics[0]!);
  const labels = metrics.map((name) => labelOf(subject, name));
  const shared = sharedWords(labels);
  if (!joined && growsAlone(subject)) return multiples(subject, metrics, shared);
  const x = categoryAxis(
    "",
    metrics.map((name, index) => tickOf(name, labels[index]!, shared)),
  );
  const layout = panelsOf(
    subject.definition.sweep,
    subject.points,
    subject.verdicts.map(({ at }) => at),
  );
  // Rows have room for names and values; small multiples stand side by side, where rows would be too short.
  const upright = joined || layout.points.length > 1;
  const panels = layout.points.map((at): Panel => {
    // A claim names a whole point; where only one parameter varies the panel names that alone.
    const edges = metrics.flatMap((metric, index) => {
      const own = subject.estimates.filter((it) => it.metric === metric);
      return edgesOf(subject.verdicts, metric, unit, own)
        .filter((edge) => matches(edge.at, at))
        .map((edge) => ({ ...edge, kind: "segment" as const, index }));
    });
    return {
      ...titleOf(at, layout.points),
      series: subject.names
        .map((variant) => ({
          name: short(variant, 60),
          slot: slotOf(subject, variant),
          points: metrics.flatMap((metric, index) => {
            const found = estimateAt(subject, metric, variant, at);
            return found === undefined ? [] : [readingOf(found, unit, index)];
          }),
        }))
        .filter(({ points }) => points.length > 0),
      bounds: [],
      segments: edges
        .map(({ index }) => index)
        .filter((index, place, all) => all.indexOf(index) === place)
        .flatMap((place) =>
          segmentsOf(
            edges.filter(({ index }) => index === place),
            (edge) => ({ x: place, slot: slotOf(subject, edge.of) }),
            upright,
          ),
        ),
    };
  });
  // Waits differ by factors, and their longest ones by many.
  const y = axisOf(panels, shared === "" ? nouns[unit] : shared, unit, FACTORS);
  return finished(subject, {
    subtitle: besides(
      `${capital(y.label)}${scaleWords(y)}${betterWords(subject, metrics)}`,
      layout.fixed,
      layout.points.length,
      layout.all,
    ),
    mark: joined ? "line" : upright ? "point" : y.scale === "log10" ? "dot" : "bar",
    x,
    y,
    panels: filled(panels),
    intervals: subject.estimates.filter(({ metric }) => metrics.includes(metric)),
  });
}

/** Whether the one thing that varies is a number with more values than two: lines over it say more than a panel for each of its values. */
function growsAlone({ definition, points }: Subject): boolean {
  const layout = layoutOf(definition.sweep, points, []);
  return layout.kind === "swept" && layout.panels.length === 1;
}

/** Panels this narrow have no room for the words of a claim: those stand below the chart. */
function shortened(panel: Panel): Panel {
  const short = <T extends { readonly label: string }>(it: T): T => ({ ...it, label: it.label === "" ? "" : "claim" });
  const { spans, ...rest } = panel;
  return { ...rest, segments: rest.segments.map(short), bounds: rest.bounds.map(short), ...(spans && { spans: spans.map(short) }) };
}

/** A panel a reading, each over the number that grows, with one axis of values for all. */
function multiples(subject: Subject, metrics: readonly string[], shared: string): Figure {
  const { unit } = metricOf(subject, metrics[0]!);
  const figures = metrics.map((name) => readingFigure(subject, name, undefined, FACTORS));
  const panels = figures.flatMap((figure, index): Panel[] => {
    const [panel] = figure.panels;
    return panel ? [{ ...shortened(panel), title: tickOf(metrics[index]!, labelOf(subject, metrics[index]!), shared) }] : [];
  });
  const y = axisOf(panels, shared === "" ? nouns[unit] : shared, unit, FACTORS);
  const x = figures.map((figure) => figure.x).reduce((widest, it) => (it.range[1] > widest.range[1] ? it : widest));
  const parameter = Object.keys(subject.definition.sweep).find((name) =>
    subject.points.some((point) => point[name] !== subject.points[0]![name]),
  )!;
  return finished(subject, {
    subtitle: `${capital(y.label)}${scaleWords(y)}${betterWords(subject, metrics)}`,
    mark: "line",
    x,
    y: lowered(y, Math.max(...panels.map(({ spans = [] }) => spans.length))),
    panels,
    marks: figures[0]!.marks,
    intervals: subject.estimates.filter(({ metric }) => metrics.includes(metric)),
    told: metrics.flatMap((name) => toldAlong(subject, name, parameter)),
  });
}

const nouns: { readonly [U in Unit]: string } = {
  seconds: "time",
  bytes: "size",
  count: "count",
  perSecond: "rate",
  bytesPerSecond: "throughput",
  fraction: "share",
};

function betterWords(subject: Subject, metrics: readonly string[]): string {
  const ways = [...new Set(metrics.map((name) => metricOf(subject, name).better))];
  return ways.length === 1 ? `, ${ways[0]} is better` : "";
}

/** The words that all labels end with: `median latency` and `p99 latency` are both latencies. */
function sharedWords(labels: readonly string[]): string {
  const split = labels.map((it) => it.split(" "));
  let count = 0;
  while (split.every((words) => words.length > count + 1 && words.at(-1 - count) === split[0]!.at(-1 - count))) count++;
  return count === 0 || labels.length < 2 ? "" : split[0]!.slice(-count).join(" ");
}

/** What is left of a label; the name in the file where that is short and the label is not. */
function tickOf(name: string, label: string, shared: string): string {
  const rest = shared === "" ? label : label.slice(0, -shared.length).trim();
  return rest.length <= 16 ? rest : nameWords(name).length < rest.length ? nameWords(name) : short(rest, 40);
}
