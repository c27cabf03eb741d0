import type { Axis, Figure, Reading } from "../model/figure.ts";
import type { Metric } from "../model/metric.ts";
import type { RunRecord } from "../model/record.ts";
import type { Estimate, Verdict } from "../model/verdict.ts";
import type { Layout } from "./layout.ts";
import { dateWords, numeral, pointWords, short, sweepValue } from "./words.ts";

/** `Time per read, log scale, lower is better · rows = 100,000`: what the chart shows and what it leaves out. */
export function subtitleOf(y: Axis, metric: Metric, layout: Layout): string {
  const [first = "", ...rest] = y.label;
  const parts = [`${first.toUpperCase()}${rest.join("")}${y.scale === "log10" ? ", log scale" : ""}, ${metric.better} is better`];
  if (Object.keys(layout.fixed).length > 0) parts.push(pointWords(layout.fixed));
  if (layout.omitted > 0) {
    const all = layout.omitted + (layout.kind === "swept" ? layout.panels : layout.points).length;
    parts.push(`${all - layout.omitted} of ${all} shown; the table has all`);
  }
  return parts.join(" · ");
}

/** Host, n, date, effort and what the bars mean, in one line. */
export function captionOf(id: string, record: RunRecord, readings: readonly Reading[], estimates: readonly Estimate[]): string {
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

/** The whole chart in sentences: what it is, every series at its ends (every bar), and how the claims came out. */
export function altOf(it: Omit<Figure, "alt">, verdicts: readonly Verdict[]): string {
  if (it.panels.every(({ series }) => series.length === 0)) return `${it.title} Nothing has been measured yet.`;
  const kind = { line: "Line chart", bar: "Bar chart", dot: "Dot plot" }[it.mark];
  const head = `${kind}: ${it.title} ${it.subtitle}.`;
  const body = it.panels.flatMap((panel) => {
    const where = panel.title === undefined ? "" : `At ${panel.title}: `;
    return panel.series.map((series) => {
      const named = series.points.map((point) => `${nameOf(it.x, point.x)} ${point.words}`);
      const told = it.mark === "line" && named.length > 4 ? ends(series.points, it.x) : named.join(", ");
      const subject = panel.series.length === 1 && it.mark !== "line" ? "" : `${series.name}: `;
      return `${where}${subject}${told}.`;
    });
  });
  const marks =
    it.marks.length === 0 ? [] : [`Marked: ${it.marks.map(({ label, at }) => `${label} ends at ${nameOf(it.x, at)}`).join(", ")}.`];
  const claims = verdicts.map(({ says, ruling }) => `Claim “${short(says, 200)}”: ${ruling}.`);
  return [head, ...body, ...marks, ...claims].join(" ");
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
