import { monitorEventLoopDelay } from "node:perf_hooks";

/** Watches how late the event loop gets to its timers. */
export interface StallWatch extends Disposable {
  /** Longest delay so far, in seconds; the watching timer's own period of 1 ms is the least it can see. */
  longest(): number;
}

export function watchStalls(): StallWatch {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  return {
    longest: () => histogram.max / 1e9,
    [Symbol.dispose]: () => void histogram.disable(),
  };
}
