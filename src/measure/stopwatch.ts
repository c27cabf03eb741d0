/** From one reading of the clock to the next, in seconds since the process began. */
export interface Span {
  readonly start: number;
  readonly duration: number;
}

/**
 * Times a batch again and again. The lab decides how long a batch is and how many there are; a stopwatch only reads the clock
 * around each one, so that two stopwatches can be compared and a fake one can stand in for both.
 */
export interface Stopwatch {
  readonly name: "mitata" | "tinybench" | "plain" | "fake";
  /**
   * Runs `batch` `count` times and hands back every duration in the order in which it was taken.
   * @param before called before each batch, outside its span.
   */
  time(batch: () => unknown, count: number, before?: () => void): Promise<Span[]>;
}

/**
 * A clock that remembers what it told: stopwatches read it before and after a batch, and we keep the order that they lose.
 * @param before called before each reading that begins a span.
 */
export function loggingClock(before?: () => void): { readonly now: () => number; readonly spans: () => Span[] } {
  const log: number[] = [];
  return {
    now: () => {
      if (log.length % 2 === 0) before?.();
      const milliseconds = performance.now();
      log.push(milliseconds);
      return milliseconds;
    },
    spans: () => {
      const spans: Span[] = [];
      for (let reading = 0; reading + 1 < log.length; reading += 2) {
        const start = log[reading]!;
        spans.push({ start: start / 1e3, duration: (log[reading + 1]! - start) / 1e3 });
      }
      return spans;
    },
  };
}
