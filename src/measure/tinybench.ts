import { Bench } from "tinybench";
import { loggingClock, type Stopwatch } from "./stopwatch.ts";

/**
 * tinybench times asynchronous batches: it awaits each one inside the timed span. Its warm-up is switched off and its statistics
 * ignored (they describe one process, and its samples come back sorted).
 */
export const tinybench: Stopwatch = {
  name: "tinybench",
  async time(batch, count, before) {
    const clock = loggingClock(before);
    const bench = new Bench({ now: clock.now, iterations: count, time: 0, warmup: false, throws: true });
    bench.add("batch", async () => void (await batch()), { async: true });
    await bench.run();
    return clock.spans();
  },
};
