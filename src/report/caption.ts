import { type Axis, type Figure, isUpright, type Mark, type Reading } from "../model/figure.ts";
import type { Metric } from "../model/metric.ts";
import type { RunRecord } from "../model/record.ts";
import type { Point } from "../model/sweep.ts";
import type { Interval, Verdict } from "../model/verdict.ts";
import type { Layout } from "./layout.ts";
import { dateWords, numeral, pointWords, short, sweepValue } from "./words.ts";

/** `Time per read, log scale, lower is better · rows = 100,000`: what the chart shows and what it leaves out. */
export function subtitleOf(y: Axis, metric: Metric, layout: Layout): string {
  const says = `${capital(y.label)}${scaleWords(y)}, ${metric.better} is better`;
  const shown = (layout.kind === "swept" ? layout.panels : layout.points).length;
  return besides(says, layout.fixed, shown, shown + layout.omitted);
}

/** What a subtitle says beside the axes: parameters of one value, and how much of the sweep is left to the table. */
export function besides(says: string, fixed: Point, shown: number, all: number): string {
  const parts = [says];
  if (Object.keys(fixed).length > 0) parts.push(pointWords(fixed));
  if (shown < all) parts.push(`${shown} of ${all} shown; the table has all`);
  return parts.join(" · ");
}

/** The first letter of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `, log scale` where the axis has one. */
export const scaleWords = ({ scale }: Axis): string => (scale === "log10" ? ", log scale" : "");

/** Host, n, date, effort and what the bars mean, in one line. */
export function captionOf(id: string, record: RunRecord, readings: readonly Reading[], estimates: readonly Interval[]): string {
  const counts = readings.map(({ n }) => n);
  const fewest = Math.min(...counts);
  const most = Math.max(...counts);
  const n =
    counts.length === 0
      ? "no rounds"
      : `n = ${fewest === most ? numeral(most, 0) : `${fewest}–${most}`} ${most === 1 ? "round" : "rounds"}`;
  const levels = new Set(estimates.filter(({ low, high }) => high > low).map(({ level }) => level));
  const [level] = levels;
  const bars = level === undefined ? "" : levels.size === 1 ? `bars: ${percentOfLevel(level)} intervals` : "bars: intervals";
  return [hostWords(record), n, bars, `${record.effort} effort`, dateWords(record.startedAt), id].filter(Boolean).join(" · ");
}

function percentOfLevel(level: number): string {
  const share = level * 100;
  return `${numeral(share, Number.isInteger(Math.round(share * 1e6) / 1e6) ? 0 : 1)}%`;
}

/** The machine in a few words: its label if it is published, always processor and cores. */
export function hostWords({ host }: Pick<RunRecord, "host">): string {
  const cpu = short(
    host.cpu
      .replace(/\((R|TM)\)/gi, "")
      .replace(/\s+/g, " ")
      .trim(),
    60,
  );
  const label = host.label === undefined ? [] : [short(host.label, 80)];
  return [...label, cpu, `${host.cores} ${host.cores === 1 ? "core" : "cores"}`].join(", ");
}

const kinds: { readonly [M in Mark]: string } = {
  line: "Line chart",
  point: "Dot plot",
  bar: "Bar chart",
  dot: "Dot plot",
  scatter: "Scatter plot",
  column: "Histogram",
};

/** The whole chart in sentences: what it is, every series at its ends (every bar), and how the claims came out. */
export function altOf(it: Omit<Figure, "alt">, verdicts: readonly Verdict[], told: readonly string[] = []): string {
  if (it.panels.every(({ series }) => series.length === 0)) return `${it.title} Nothing has been measured yet.`;
  const kind = kinds[it.mark];
  const head = `${kind}: ${it.title} ${it.subtitle}.`;
  // A scatter plot and a histogram tell it their own way: a list of all their numbers says little.
  const listed = it.mark === "scatter" || it.mark === "column" ? [] : it.panels;
  const body = listed.flatMap((panel) => {
    const where = panel.title === undefined ? "" : `At ${panel.title}: `;
    return panel.series.map((series) => {
      const named = series.points.map((point) => `${nameOf(it.x, point.x)} ${point.words}`);
      const told = it.mark === "line" && it.x.scale !== "category" && named.length > 4 ? ends(series.points, it.x) : named.join(", ");
      const subject = panel.series.length === 1 && !isUpright(it.mark) ? "" : `${series.name}: `;
      return `${where}${subject}${told}.`;
    });
  });
  const marks =
    it.marks.length === 0
      ? []
      : [`Marked: ${it.marks.map(({ label, at }) => `${label.replace(/ .*/, "")} ends at ${nameOf(it.x, at)}`).join(", ")}.`];
  const claims = verdicts.map(({ says, ruling }) => `Claim “${short(says, 200)}”: ${ruling}.`);
  return [head, ...body, ...told, ...marks, ...it.notes, ...claims].join(" ");
}

function ends(points: readonly Reading[], x: Axis): string {
  const first = points[0]!;
  const last = points[points.length - 1]!;
  const highest = points.reduce((a, b) => (b.y > a.y ? b : a));
  const middle = highest === first || highest === last ? "" : `, at most ${highest.words} at ${nameOf(x, highest.x)}`;
  return `from ${first.words} at ${nameOf(x, first.x)} to ${last.words} at ${nameOf(x, last.x)}${middle}`;
}

function nameOf(x: Axis, at: number): string {
  const tick = x.ticks.find((it) => it.at === at);
  return tick?.label ?? sweepValue(x.unit === "bytes" ? "bytes" : "", at);
}
