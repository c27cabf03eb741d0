import type { Definition } from "../model/experiment.ts";
import type { Versions } from "../model/gate.ts";
import type { Metric } from "../model/metric.ts";
import type { Duel, Unreadable } from "./instrument.ts";

/** How both versions are read: in one isolate, in a process each by turns, or as stories told in fresh processes. */
export const sources = ["duet", "isolated", "stories"] as const;
export type Source = (typeof sources)[number];

/** One replicate: every reading of both versions. */
export interface Sample {
  readonly readings: { readonly [metric: string]: Versions<number> };
  /** ln(head / base) of the time, from blocks: better than that of the two medians. */
  readonly logTime?: number;
}

export type Sampled = ({ readonly task: "sampled" } & Sample) | Unreadable;

export function sampleOf(duel: Duel): Sampled {
  if (duel.task !== "duel") return duel;
  const { time, bytes, logRatio } = duel;
  return { task: "sampled", readings: { time, ...(bytes && { bytes }) }, logTime: logRatio };
}

/** What is compared of an experiment: its time and its allocation, or all readings that a scenario declares. */
export function readingsOf({ kind, metrics }: Pick<Definition, "kind" | "metrics">): { readonly [metric: string]: Metric } {
  if (kind === "experiment") return { time: metrics.time!, bytes: metrics.bytes! };
  const { rss: _rss, cpu: _cpu, ...own } = metrics;
  return own;
}

/** Where a reading is read, the finest source first. */
export function sourcesOf(kind: Definition["kind"], metric: string): readonly Source[] {
  if (kind === "scenario") return ["stories"];
  // A heap that both versions use says less of either.
  return metric === "bytes" ? ["isolated", "duet"] : ["duet", "isolated"];
}
