import { PerformanceObserver, type PerformanceEntry } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { stolenTime } from "../host/stolen.ts";
import type { Conditions } from "../model/record.ts";
import type { WarningKind } from "../model/warning.ts";
import { now } from "./clock.ts";
import type { Span } from "./stopwatch.ts";

/** Watches what goes on around the readings of a trial, from its making until `conditions` is asked. */
export interface Watch {
  /** Lets the collector's events arrive. */
  rest(): Promise<void>;
  /** Seconds of collector pauses that began inside the spans. */
  pausesWithin(spans: readonly Span[]): number;
  conditions(): Conditions;
}

/** Doubts about the machine that the conditions of a trial raise. Two ticks of stolen time at least: one may be rounding. */
export function stolenDoubt({ stolen, read }: Conditions): WarningKind[] {
  return stolen !== null && stolen >= 0.02 && stolen > 0.02 * read ? ["stolen-time"] : [];
}

export function watch(): Watch {
  const pauses: { start: number; duration: number }[] = [];
  const keep = (entries: readonly PerformanceEntry[]): void => {
    for (const entry of entries) pauses.push({ start: entry.startTime / 1e3, duration: entry.duration / 1e3 });
  };
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  observer.observe({ entryTypes: ["gc"] });
  const began = now();
  const stolen = stolenTime();
  const usage = process.resourceUsage();
  return {
    rest: async () => void (await setImmediate()),
    pausesWithin(spans) {
      keep(observer.takeRecords());
      const inside = pauses.filter((pause) => spans.some((span) => pause.start >= span.start && pause.start < span.start + span.duration));
      return inside.reduce((sum, pause) => sum + pause.duration, 0);
    },
    conditions() {
      keep(observer.takeRecords());
      observer.disconnect();
      const read = now() - began;
      const after = process.resourceUsage();
      const stolenAfter = stolenTime();
      return {
        wall: now(),
        cpu: (after.userCPUTime + after.systemCPUTime - usage.userCPUTime - usage.systemCPUTime) / 1e6,
        read,
        collections: pauses.length,
        pause: pauses.reduce((sum, pause) => sum + pause.duration, 0),
        involuntarySwitches: after.involuntaryContextSwitches - usage.involuntaryContextSwitches,
        stolen: stolen === null || stolenAfter === null ? null : Math.max(0, stolenAfter - stolen),
      };
    },
  };
}
