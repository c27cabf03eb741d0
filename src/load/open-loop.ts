import { schedule, type Arrivals } from "./arrivals.ts";
import type { Clock } from "./clock.ts";
import { LONGEST } from "./histogram.ts";
import { Tally, type Load } from "./tally.ts";
import type { Target } from "./target.ts";

export interface OpenLoop {
  readonly arrivals: Arrivals;
  /** Seconds over which requests arrive. */
  readonly window: number;
  readonly seed: number;
  /** Requests that may wait for an answer at once. A request that is due while so many wait is dropped: a generator has an end, too. */
  readonly maxInFlight: number;
  /** Seconds after which the load is over; what has no answer by then has failed. At least the window, at most an hour; `GRACE` longer than the window unless given. */
  readonly deadline?: number;
}

/** Seconds that the last requests of a window get by default. */
export const GRACE = 2;

/**
 * Sends requests when they are due, whatever became of those before them, and counts their latency from then on. A server that stops for
 * a second is thus seen by everyone who would have come in that second; a loop that waits for each answer sends one slow request and
 * leaves out all the others (G. Tene, "How NOT to Measure Latency": coordinated omission).
 * What the generator cannot send in time it sends late, and says so in `lateness`.
 * @param signal gives the load up.
 * @throws {RangeError} for a load that cannot be meant; the signal's reason if it was aborted. A failing request is counted, never thrown.
 */
export async function openLoop(
  target: Pick<Target, "request">,
  { arrivals, window, seed, maxInFlight, deadline = window + GRACE }: OpenLoop,
  { clock, signal }: { readonly clock: Clock; readonly signal?: AbortSignal },
): Promise<Load> {
  checkOpenLoop({ arrivals, window, seed, maxInFlight, deadline });
  signal?.throwIfAborted();

  const tally = new Tally();
  const over = new AbortController();
  const stopped = signal ? AbortSignal.any([over.signal, signal]) : over.signal;
  const answered = Promise.withResolvers<void>();
  const began = clock.now();
  const end = began + deadline;
  let lastEnd = began;
  let waiting = 0;
  let sending = true;

  const send = async (index: number, due: number): Promise<void> => {
    waiting++;
    const outcome = await outcomeOf(target, index, over.signal);
    if (over.signal.aborted) return;
    waiting--;
    const now = clock.now();
    lastEnd = Math.min(now, end);
    // A generator that was too busy to notice its deadline must not count what came after it.
    if (now > end) tally.fail("DEADLINE");
    else if ("error" in outcome) tally.err(outcome.error);
    else tally.complete(now - due);
    if (!sending && waiting === 0) answered.resolve();
  };

  try {
    let turn = began;
    for (const offset of schedule(arrivals, { window, seed })) {
      const due = began + offset;
      // All that is due in this turn of the event loop goes out together; what became due meanwhile waits until answers were read.
      if (due > turn) {
        await clock.waitUntil(due, stopped);
        signal?.throwIfAborted();
        turn = clock.now();
      }
      const index = tally.offer();
      const now = clock.now();
      if (now >= end) {
        tally.fail("UNSENT");
        continue;
      }
      tally.reach(now - due);
      if (waiting >= maxInFlight) tally.drop();
      else void send(index, due);
    }
    sending = false;
    if (waiting > 0) await Promise.race([answered.promise, clock.waitUntil(end, stopped)]);
    signal?.throwIfAborted();
  } finally {
    over.abort();
  }
  tally.fail("DEADLINE", waiting);
  return tally.load(waiting > 0 ? deadline : Math.max(window, lastEnd - began));
}

/** @throws {RangeError} for a load that cannot be meant. */
export function checkOpenLoop({ arrivals, window, seed, maxInFlight, deadline = window + GRACE }: OpenLoop): void {
  schedule(arrivals, { window, seed });
  if (!(maxInFlight >= 1)) throw new RangeError(`at least one request must be allowed in flight, not ${maxInFlight}`);
  if (!(deadline >= window)) throw new RangeError(`the deadline (${deadline} s) must not come before the end of the window (${window} s)`);
  if (deadline > LONGEST) throw new RangeError(`a load ends within ${LONGEST} s, not ${deadline}`);
}

/** Never rejects, also where `request` throws before it returns a promise. */
async function outcomeOf(target: Pick<Target, "request">, index: number, signal: AbortSignal): Promise<{ error?: unknown }> {
  try {
    await target.request(index, signal);
    return {};
  } catch (error) {
    return { error };
  }
}
