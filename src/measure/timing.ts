import { median } from "../stats/quantiles.ts";
import type { Batch } from "./batch.ts";
import { callsToTopTier } from "./flags.ts";
import { timeQuietly, type Quiet } from "./quiet.ts";
import type { Span, Stopwatch } from "./stopwatch.ts";
import type { Yardstick } from "./yardstick.ts";

export interface TimingPlan {
  /** Seconds of batches to keep. */
  readonly timing: number;
  /** Shortest and longest warm-up, in seconds. */
  readonly warmUp: readonly [shortest: number, longest: number];
  /** What reading the clock around a batch may add or lose, in seconds. */
  readonly timerError: number;
  /** Lets other events happen between batches: the collector's events arrive only then. */
  readonly rest: () => Promise<void>;
  /** Tells whether anything else uses the core; unless given, every batch counts. */
  readonly yardstick?: Yardstick;
  /** What the yardstick reads on this core at rest, as far as the last trials know; seconds. */
  readonly atRest?: number;
}

export interface Timing extends Quiet {
  /** Calls in each. */
  readonly calls: number;
  /** The last stretches of the warm-up agreed within 5 %. */
  readonly steady: boolean;
  /** Even the longest batch allowed is short against the clock. */
  readonly coarse: boolean;
}

/** Timer error may be this share of a batch. */
const TIMER_SHARE = 0.01;
const MOST_CALLS = 2 ** 24;
const STEADY_WITHIN = 0.05;
const STRETCHES_IN_AGREEMENT = 3;
const FEWEST_BATCHES = 3;
const MOST_BATCHES = 400;
/** A clock that stands still must not hold up the warm-up for ever. */
const MOST_WARM_UP_STRETCHES = 10_000;
/** Seconds between visits to the event loop while timing: each costs the stopwatch a fresh start. */
const STRETCH = 0.05;

/** Whose word counts for the timing, and who looks on while batches are sized and warmed up. */
export interface Stopwatches {
  readonly timing: Stopwatch;
  readonly preparing: Stopwatch;
}

/** Sizes batches, warms up until steady, then times. All of it is decided by what the stopwatches say and nothing else. */
export async function timeBatch(batch: Batch, { timing, preparing }: Stopwatches, plan: TimingPlan): Promise<Timing> {
  const aim = Math.max(plan.timerError / TIMER_SHARE, Math.min(plan.timing / 40, 0.002));
  await sizeBatch(batch, preparing, aim);
  const steady = await warmUp(batch, preparing, plan);
  // Warm code is faster: the batch that was long enough cold may be too short now.
  const spent = await sizeBatch(batch, preparing, aim);

  const wanted = Math.min(MOST_BATCHES, Math.max(FEWEST_BATCHES, Math.ceil(plan.timing / Math.max(spent, plan.timerError))));
  const stretch = Math.max(FEWEST_BATCHES, Math.ceil(wanted / Math.ceil(plan.timing / STRETCH)));
  const timed = await timeQuietly(batch, timing, plan, { wanted, stretch });
  const typical = median(timed.spans.map((span) => span.duration));
  return { ...timed, calls: batch.calls, steady, coarse: typical * TIMER_SHARE < plan.timerError };
}

/** Grows the batch until it lasts `aim` seconds or has the most calls allowed; returns how long it lasts. */
async function sizeBatch(batch: Batch, stopwatch: Stopwatch, aim: number): Promise<number> {
  for (;;) {
    const [{ duration: first }] = (await stopwatch.time(batch.run, 1)) as [Span];
    if (first >= 4 * aim) return first;
    const [{ duration: second }] = (await stopwatch.time(batch.run, 1)) as [Span];
    // The shorter of two: an interruption must not be mistaken for work.
    const lasted = Math.min(first, second);
    if (lasted >= aim || batch.calls >= MOST_CALLS) return lasted;
    const growth = lasted > 0 ? Math.min(16, Math.max(1.3, (1.2 * aim) / lasted)) : 16;
    batch.calls = Math.min(MOST_CALLS, Math.ceil(batch.calls * growth));
  }
}

/**
 * Steady state: three stretches in a row whose medians lie within 5 % of each other, after the shortest and before the longest warm-up.
 * Source of the idea: E. Barrett et al., "Virtual Machine Warmup Blows Hot and Cold" (OOPSLA 2017): a fixed number of iterations is no warm-up.
 */
async function warmUp(batch: Batch, stopwatch: Stopwatch, plan: TimingPlan): Promise<boolean> {
  const [shortest, longest] = plan.warmUp;
  const medians: number[] = [];
  let stretch = FEWEST_BATCHES;
  let calls = 0;
  let agree = false;
  for (let spent = 0; spent < longest && medians.length < MOST_WARM_UP_STRETCHES;) {
    const durations = (await stopwatch.time(batch.run, stretch)).map((span) => span.duration);
    // Calls that are long themselves are stretches of their own.
    if (medians.length === 0 && spent + durations[0]! * FEWEST_BATCHES * STRETCHES_IN_AGREEMENT > longest) stretch = 1;
    spent += durations.reduce((sum, duration) => sum + duration, 0);
    // A stopwatch that reads zero would never end the loop.
    spent += plan.timerError;
    medians.push(median(durations));
    const recent = medians.slice(-STRETCHES_IN_AGREEMENT);
    agree = recent.length === STRETCHES_IN_AGREEMENT && Math.max(...recent) <= Math.min(...recent) * (1 + STEADY_WITHIN);
    calls += stretch * batch.calls;
    if (agree && spent >= shortest && calls >= callsToTopTier) return true;
    await plan.rest();
  }
  // Long calls do not come to so many: they run code that V8 replaced while they ran, and stay in it.
  return agree;
}
