import { now } from "./clock.ts";
import type { Span, Stopwatch } from "./stopwatch.ts";

/**
 * The plainest stopwatch there is: the clock before and after. It sizes batches and watches the warm-up, where hundreds of short
 * looks are needed and a benchmarking library's own preparations would take longer than the looks.
 */
export const plain: Stopwatch = {
  name: "plain",
  async time(batch, count, before) {
    const spans: Span[] = [];
    for (let left = count; left > 0; left--) {
      before?.();
      const start = now();
      const running = batch();
      if (running instanceof Promise) await running;
      spans.push({ start, duration: now() - start });
    }
    return spans;
  },
};
