import type { Batch } from "../../src/measure/batch.ts";
import type { Span, Stopwatch } from "../../src/measure/stopwatch.ts";
import type { TimingPlan } from "../../src/measure/timing.ts";

/** What a batch costs in simulated seconds, given how many calls were made before it and how many it makes. */
export type Cost = (callsBefore: number, calls: number) => number;

/** Each call costs the same, however many there were. */
export const constant =
  (perCall: number): Cost =>
  (_before, calls) =>
    calls * perCall;

/** A world in which time passes only where a batch says so, and in which every look at the clock is remembered. */
export interface Simulation {
  readonly batch: Batch;
  /** Two stopwatches on the one clock, so that what was timed can be told from what only prepared for it. */
  readonly stopwatches: { readonly timing: Stopwatch; readonly preparing: Stopwatch };
  /** Spans that the timing stopwatch handed out, in order. */
  readonly timed: Span[];
  readonly elapsed: () => number;
  readonly calls: () => number;
  readonly rests: () => number;
  plan(over: Partial<TimingPlan>): TimingPlan;
}

export interface SimulationOptions {
  /** Smallest step of the clock, in seconds; 0 for a perfect one. */
  readonly resolution?: number;
}

export function simulation(cost: Cost, { resolution = 0 }: SimulationOptions = {}): Simulation {
  let time = 0;
  let calls = 0;
  let rests = 0;
  const timed: Span[] = [];
  const read = (): number => (resolution > 0 ? Math.floor(time / resolution) * resolution : time);
  const batch: Batch = {
    calls: 1,
    run: () => {
      time += cost(calls, batch.calls);
      calls += batch.calls;
    },
  };
  const stopwatch = (kept: Span[]): Stopwatch => ({
    name: "fake",
    async time(run, count, before) {
      const spans = Array.from({ length: count }, () => {
        before?.();
        const start = read();
        run();
        return { start, duration: read() - start };
      });
      kept.push(...spans);
      return spans;
    },
  });
  return {
    batch,
    stopwatches: { timing: stopwatch(timed), preparing: stopwatch([]) },
    timed,
    elapsed: () => time,
    calls: () => calls,
    rests: () => rests,
    plan: (over) => ({
      timing: 0.03,
      warmUp: [0.01, 0.08],
      timerError: 1e-7,
      rest: async () => void rests++,
      ...over,
    }),
  };
}
