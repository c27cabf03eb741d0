import type { Axis, Band, Extrapolation, Series, Span } from "../../model/figure.ts";
import type { Asked, Kind } from "../../model/quantity.ts";
import { type Point, pointKey } from "../../model/sweep.ts";
import type { Interval, Verdict } from "../../model/verdict.ts";
import { sentenceOf } from "../asked.ts";
import { matches } from "../layout.ts";
import { unitOf } from "../unit.ts";
import { quantity, sweepValue } from "../words.ts";
import { labelOf, metricOf, readingOf, slotOf, type Subject } from "./subject.ts";

/** What claims say along the parameter that grows, where a chart shows it: places on its axis, and what lies beyond it. */

/** A verdict with what it was found on. */
interface Found<K extends Kind> {
  readonly asked: Asked<K>;
  readonly it: Interval;
  readonly verdict: Verdict;
}

/** What was found of one kind of quantity in this metric along this parameter, each once however many claims are about it. */
function foundOf<K extends "crossover" | "extrapolated">({ verdicts }: Subject, kind: K, metric: string, along: string): Found<K>[] {
  const found = verdicts.flatMap((verdict): [string, Found<K>][] => {
    const { quantity: asked } = verdict.bound;
    if (asked.kind !== kind || asked.metric !== metric || !("along" in asked) || asked.along !== along) return [];
    const it = verdict.measured;
    if (it === undefined || !Number.isFinite(it.center)) return [];
    return [[JSON.stringify([asked, pointKey(verdict.at)]), { asked: asked as Asked<K>, it, verdict }]];
  });
  return [...new Map(found).values()];
}

/** Where two lines cross, with the interval as far as the axis reaches. */
export function crossoverBands(subject: Subject, metric: string, along: string, x: Axis): Band[] {
  return foundOf(subject, "crossover", metric, along).map(({ asked, it }) => ({
    at: it.center,
    low: Math.max(it.low, x.range[0]),
    high: Math.min(it.high, x.range[1]),
    label: `crossover ${quantity(it.center, x.unit ?? "", it.high - it.low)}`,
    slot: slotOf(subject, asked.of),
  }));
}

/** Where claims say that a place of this kind lies, as far as the axis reaches. */
export function spansOf({ verdicts }: Subject, kind: "step" | "crossover", metric: string, along: string, x: Axis): Span[] {
  return verdicts.flatMap(({ bound: { quantity: asked, low, high } }): Span[] => {
    if (asked.kind !== kind || asked.metric !== metric || asked.along !== along || low >= x.range[1] || high <= x.range[0]) return [];
    const ends = [low, high].filter(Number.isFinite).map((end) => sweepValue(along, end));
    const words = ends.length === 2 ? ends.join(" to ") : `${high === Infinity ? "≥" : "≤"} ${ends[0]}`;
    const name = asked.kind === "step" ? `step ${asked.nth}` : "crossover";
    return [{ low: Math.max(low, x.range[0]), high: Math.min(high, x.range[1]), label: `${name}: ${words} (claim)` }];
  });
}

/** An axis with room below the lowest value for so many lines of claims. */
export function lowered(y: Axis, lines: number): Axis {
  const [low, high] = y.range;
  return y.scale !== "log10" || lines === 0 ? y : { ...y, range: [low / (high / low) ** (0.04 + 0.08 * lines), high] };
}

/** Values beyond the sweep that something is extrapolated to. */
export const beyond = (subject: Subject, metric: string, along: string): number[] => [
  ...new Set(foundOf(subject, "extrapolated", metric, along).map(({ asked }) => asked.to)),
];

/** What is extrapolated in a panel, each from the last reading that it rests on. */
export function extrapolationsOf(
  subject: Subject,
  metric: string,
  along: string,
  panel: Point,
  series: readonly Series[],
): Extrapolation[] {
  const { unit } = metricOf(subject, metric);
  return foundOf(subject, "extrapolated", metric, along).flatMap(({ asked, it, verdict }): Extrapolation[] => {
    if (!matches(verdict.at, panel)) return [];
    const slot = slotOf(subject, asked.of);
    const from = series.find((own) => own.slot === slot)?.points.find(({ x }) => x === verdict.at[along]);
    if (from === undefined) return [];
    const to = readingOf(it, unit, asked.to);
    return [{ from: { x: from.x, y: from.y }, to, slot, label: `extrapolated: ${to.words}` }];
  });
}

/** The same in sentences, for those who cannot see the chart. */
export function toldAlong(subject: Subject, metric: string, along: string): string[] {
  const { record } = subject;
  const found = [...foundOf(subject, "crossover", metric, along), ...foundOf(subject, "extrapolated", metric, along)];
  return found.map(({ asked, it, verdict }) =>
    sentenceOf(verdict, it, { what: labelOf(subject, metric), unit: unitOf(asked, record.metrics as Parameters<typeof unitOf>[1]) }),
  );
}
