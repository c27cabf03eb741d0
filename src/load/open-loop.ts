import { schedule, type Arrivals } from "./arrivals.ts";
import type { Clock } from "./clock.ts";
import { Histogram, RESOLUTION, type HistogramData, type Percentiles } from "./histogram.ts";
import { codeOf, isRefused, type Target } from "./target.ts";

export interface OpenLoop {
  readonly arrivals: Arrivals;
  /** Seconds over which requests arrive. */
  readonly window: number;
  readonly seed: number;
  /** Requests that may wait for an answer at once. A request that is due while so many wait is dropped: a generator has an end, too. */
  readonly maxInFlight: number;
  /** Seconds after which the load is over; what has no answer by then has failed. At least the window; `GRACE` longer unless given. */
  readonly deadline?: number;
}

/** Seconds that the last requests of a window get by default. */
export const GRACE = 2;

/** What became of a load. Every request that was due is counted exactly once: offered = completed + failed + dropped + refused. */
export interface Load {
  readonly offered: number;
  readonly completed: number;
  /** In error, or without an answer at the deadline (`DEADLINE`), or due so near to it that the generator never sent it (`UNSENT`). */
  readonly failed: number;
  /** Never sent, because `maxInFlight` others waited. */
  readonly dropped: number;
  /** Turned away by the server. */
  readonly refused: number;
  /** Failed and refused requests by code. */
  readonly errors: Readonly<Record<string, number>>;
  /**
   * Seconds from when a request was due to its answer, of those that completed. Beside failed, dropped or refused requests it is a lower
   * bound: they would have waited longer. Absent if none completed.
   */
  readonly latency?: Percentiles;
  /** Seconds by which requests started after they were due: the generator's own share of their latency. */
  readonly lateness?: Percentiles;
  /** Completed requests a second of `seconds`: goodput. */
  readonly perSecond: number;
  /** From the beginning of the window to its end or to the end of the last request, whichever came later. */
  readonly seconds: number;
  /** Both histograms as plain data, to merge the loads of several generators. */
  readonly samples: { readonly latency: HistogramData; readonly lateness: HistogramData };
}

/**
 * Sends requests when they are due, whatever became of those before them, and counts their latency from then on. A server that stops for a
 * second is thus seen by everyone who would have come in that second; a loop that waits for each answer sends one request, calls the
 * others late users and leaves them out (G. Tene, "How NOT to Measure Latency": coordinated omission).
 * What the generator cannot send in time it sends late, and says so in `lateness`.
 * @param signal gives the load up.
 * @throws {RangeError} for a load that cannot be meant; the signal's reason if it was aborted. A failing request is counted, never thrown.
 */
export async function openLoop(
  target: Pick<Target, "request">,
  { arrivals, window, seed, maxInFlight, deadline = window + GRACE }: OpenLoop,
  { clock, signal }: { readonly clock: Clock; readonly signal?: AbortSignal },
): Promise<Load> {
  if (!(maxInFlight >= 1)) throw new RangeError(`at least one request must be allowed in flight, not ${maxInFlight}`);
  if (!(deadline >= window)) throw new RangeError(`the deadline (${deadline} s) must not come before the end of the window (${window} s)`);
  const times = schedule(arrivals, { window, seed });
  signal?.throwIfAborted();

  const latency = new Histogram();
  const lateness = new Histogram();
  const errors = new Map<string, number>();
  const counts = { offered: 0, completed: 0, failed: 0, dropped: 0, refused: 0 };
  const count = (end: "failed" | "refused", code: string, requests = 1): void => {
    if (requests === 0) return;
    counts[end] += requests;
    errors.set(code, (errors.get(code) ?? 0) + requests);
  };

  const over = new AbortController();
  const stopped = signal ? AbortSignal.any([over.signal, signal]) : over.signal;
  const answered = Promise.withResolvers<void>();
  let waiting = 0;
  let sending = true;
  const began = clock.now();
  let lastEnd = began;

  const send = async (index: number, due: number): Promise<void> => {
    waiting++;
    let error: unknown;
    let completed = false;
    try {
      await target.request(index, over.signal);
      completed = true;
    } catch (thrown) {
      error = thrown;
    }
    if (over.signal.aborted) return;
    lastEnd = clock.now();
    waiting--;
    if (completed) {
      counts.completed++;
      latency.record(Math.max(lastEnd - due, RESOLUTION));
    } else {
      count(isRefused(error) ? "refused" : "failed", codeOf(error));
    }
    if (!sending && waiting === 0) answered.resolve();
  };

  try {
    let turn = began;
    for (const offset of times) {
      const due = began + offset;
      // All that is due in this turn of the event loop goes out together; what became due meanwhile waits until answers were read.
      if (due > turn) {
        await clock.waitUntil(due, stopped);
        signal?.throwIfAborted();
        turn = clock.now();
      }
      const index = counts.offered++;
      const now = clock.now();
      if (now - began >= deadline) {
        count("failed", "UNSENT");
        continue;
      }
      lateness.record(Math.max(now - due, RESOLUTION));
      if (waiting >= maxInFlight) counts.dropped++;
      else void send(index, due);
    }
    sending = false;
    if (waiting > 0) await Promise.race([answered.promise, clock.waitUntil(began + deadline, stopped)]);
    signal?.throwIfAborted();
    count("failed", "DEADLINE", waiting);
  } finally {
    over.abort();
  }

  const seconds = waiting > 0 ? deadline : Math.max(window, lastEnd - began);
  return {
    ...counts,
    errors: Object.fromEntries(errors),
    ...present("latency", latency.percentiles()),
    ...present("lateness", lateness.percentiles()),
    perSecond: counts.completed / seconds,
    seconds,
    samples: { latency: latency.toJSON(), lateness: lateness.toJSON() },
  };
}

const present = <K extends string>(name: K, percentiles: Percentiles | undefined): { [name in K]?: Percentiles } =>
  (percentiles ? { [name]: percentiles } : {}) as { [name in K]?: Percentiles };
