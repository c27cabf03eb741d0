import { constants, PerformanceObserver, type PerformanceNodeEntry } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";

/** What the garbage collector of this thread did in a stretch of time. */
export interface Collections {
  /** Stops in which the young generation was collected. */
  readonly minor: number;
  /** Stops in which the whole heap was, its last step: what was marked beside the program stopped nobody. */
  readonly major: number;
  /** Other stops: steps of marking, weak callbacks. */
  readonly other: number;
  /** Seconds in which the program stood still. */
  readonly total: number;
  /** Longest single stop, in seconds. */
  readonly longest: number;
  /** Share of the stretch that the program stood still. */
  readonly share: number;
  /** Seconds of the stretch. */
  readonly seconds: number;
}

export interface CollectionWatch extends Disposable {
  /**
   * What happened since the watch began, or since `restart`. The runtime reports a collection a turn of the event loop later, so this
   * waits for one.
   */
  soFar(): Promise<Collections>;
  /** Forgets what was; the stretch begins now. */
  restart(): void;
}

/**
 * Watches the collector of this thread as the runtime reports it. What the collector does on threads of its own beside the program is
 * not in it: that takes a core, but stops nobody.
 */
export function watchCollections(): CollectionWatch {
  let stops: { readonly start: number; readonly seconds: number; readonly kind: number }[] = [];
  const keep = (entries: readonly object[]): void => {
    // The runtime hands out entries of its own with a detail, whatever the general type says.
    for (const { startTime, duration, detail } of entries as readonly PerformanceNodeEntry[]) {
      stops.push({ start: startTime, seconds: duration / 1e3, kind: (detail as { readonly kind: number }).kind });
    }
  };
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  observer.observe({ entryTypes: ["gc"] });
  let began = performance.now();

  return {
    async soFar() {
      const ended = performance.now();
      await setImmediate();
      keep(observer.takeRecords());
      const within = stops.filter(({ start }) => start >= began && start < ended);
      const count = (...kinds: readonly number[]): number => within.filter(({ kind }) => kinds.includes(kind)).length;
      const minor = count(constants.NODE_PERFORMANCE_GC_MINOR);
      const major = count(constants.NODE_PERFORMANCE_GC_MAJOR);
      const total = within.reduce((sum, { seconds }) => sum + seconds, 0);
      const seconds = (ended - began) / 1e3;
      return {
        minor,
        major,
        other: within.length - minor - major,
        total,
        longest: within.reduce((longest, stop) => Math.max(longest, stop.seconds), 0),
        share: seconds > 0 ? total / seconds : 0,
        seconds,
      };
    },
    restart() {
      stops = [];
      began = performance.now();
    },
    [Symbol.dispose]: () => observer.disconnect(),
  };
}
