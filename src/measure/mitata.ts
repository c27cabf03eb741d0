import { measure } from "mitata";
import { loggingClock, type Stopwatch } from "./stopwatch.ts";

/**
 * mitata times synchronous batches. Batching inside it (`batch_threshold`), its own collections and its own statistics are
 * switched off or ignored: it sorts its samples, drops the extremes, and chooses what to do by the length of a function's
 * parameter list, so it is given a function without parameters. It calls the batch once before it starts to time.
 */
export const mitata: Stopwatch = {
  name: "mitata",
  async time(batch, count, before) {
    const clock = loggingClock(before);
    await measure(() => batch(), {
      now: clock.now,
      gc: false as never,
      inner_gc: false,
      batch_threshold: 0,
      warmup_samples: 0,
      min_samples: count,
      max_samples: count,
      min_cpu_time: 0,
    });
    return clock.spans();
  },
};
