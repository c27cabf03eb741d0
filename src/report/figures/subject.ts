import type { Definition } from "../../model/experiment.ts";
import type { Figure, Panel, Reading, Rule } from "../../model/figure.ts";
import type { Metric } from "../../model/metric.ts";
import { pointsTried, type RunRecord } from "../../model/record.ts";
import type { Point } from "../../model/sweep.ts";
import type { Estimate, Interval, Verdict } from "../../model/verdict.ts";
import { altOf, captionOf } from "../caption.ts";
import { matches } from "../layout.ts";
import { metricWords, pointWords, quantity, short } from "../words.ts";

/** What every kind of figure is made of. */
export interface Subject {
  readonly definition: Definition;
  readonly id: string;
  readonly record: RunRecord;
  /** Those that this host could try: axes and panels are of them, and have no room for others. */
  readonly points: readonly Point[];
  /** Those that have a middle. */
  readonly estimates: readonly Estimate[];
  readonly verdicts: readonly Verdict[];
  /** Variants in the order of the definition; those that only an older record knows come last. */
  readonly names: readonly string[];
}

export function subjectOf(
  definition: Definition,
  id: string,
  record: RunRecord,
  estimates: readonly Estimate[],
  verdicts: readonly Verdict[],
): Subject {
  const names = [...new Set([...definition.variantNames, ...record.variants])];
  const finite = estimates.filter(({ center }) => Number.isFinite(center));
  return { definition, id, record, points: pointsTried(record), estimates: finite, verdicts, names };
}

/** A variant keeps its colour and its marker whatever else is drawn. */
export const slotOf = ({ names }: Subject, variant: string): number => Math.max(0, names.indexOf(variant));

export function metricOf({ definition, record }: Subject, name: string): Metric {
  const found = definition.metrics[name] ?? record.metrics[name];
  return (found as Metric | undefined) ?? { unit: "count", better: "lower" };
}

/** A reading in words: `time per read`. */
export function labelOf(subject: Subject, name: string): string {
  const per = subject.definition.kind === "experiment" ? (subject.record.per ?? "operation") : undefined;
  return metricWords(name, per, metricOf(subject, name).says);
}

export function estimateAt({ estimates }: Subject, metric: string, variant: string, at: Point): Estimate | undefined {
  return estimates.find((it) => it.metric === metric && it.variant === variant && matches(it.point, at));
}

/** An estimate as a reading of the chart; ends that no axis reaches are the middle. */
export function readingOf(it: Interval, unit: string, x: number): Reading {
  const { center, low, high, n } = it;
  return { x, y: center, low: finite(low, center), high: finite(high, center), n, words: quantity(center, unit, high - low) };
}

export const finite = (value: number, otherwise: number): number => (Number.isFinite(value) ? value : otherwise);

/** Titles of panels: none where there is but one, which is named with what is fixed. */
export const titleOf = (panel: Point, panels: readonly Point[]): { title?: string } =>
  panels.length > 1 ? { title: pointWords(panel) } : {};

/** Panels of which one at least shows something, or nothing at all. */
export const filled = (panels: Panel[]): Panel[] => panels.filter(({ series }) => series.length > 0);

interface Unworded extends Pick<Figure, "subtitle" | "mark" | "x" | "y" | "panels"> {
  readonly marks?: readonly Rule[];
  readonly notes?: readonly string[];
  /** What the chart says beyond its numbers, for those who cannot see it. */
  readonly told?: readonly string[];
  /** Whose intervals the bars are; all that the subject has, unless given. */
  readonly intervals?: readonly Interval[];
}

/** Adds what all kinds have in common: title, caption, alternative text. */
export function finished(subject: Subject, { told = [], intervals, ...it }: Unworded): Figure {
  const { definition, id, record, verdicts } = subject;
  const isModel = Object.values(definition.claims).some((claims) => claims?.some(({ model }) => model));
  const readings = it.panels.flatMap((panel) => panel.series.flatMap(({ points }) => points));
  const unread = {
    ...it,
    title: (isModel ? "Model: " : "") + short(definition.question, 300),
    marks: it.marks ?? [],
    notes: it.notes ?? [],
    caption: captionOf(id, record, readings, intervals ?? subject.estimates),
  };
  return { ...unread, alt: altOf(unread, verdicts, told) };
}

/** The largest cache of each level that the system reports, lowest level first. */
export function reportedCaches({ host }: Pick<RunRecord, "host">): { readonly level: number; readonly bytes: number }[] {
  const levels = new Map<number, number>();
  for (const { level, bytes } of host.caches) levels.set(level, Math.max(bytes, levels.get(level) ?? 0));
  return [...levels].toSorted(([a], [b]) => a - b).map(([level, bytes]) => ({ level, bytes }));
}
