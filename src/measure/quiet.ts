import type { Batch } from "./batch.ts";
import type { Span, Stopwatch } from "./stopwatch.ts";
import type { TimingPlan } from "./timing.ts";
import { DISTURBED } from "./yardstick.ts";

/** Timed batches, and which of them count. */
export interface Quiet {
  /** The batches that count, in order. */
  readonly spans: readonly Span[];
  /** Batches that were left out, because something else used the core while they ran. */
  readonly leftOut: number;
  /** Not enough batches were undisturbed, so all of them count. */
  readonly disturbed: boolean;
  /** The least that the yardstick read in this trial; absent without one. */
  readonly atRest?: number;
}

/** A median of fewer batches is no better than one of disturbed ones. */
const FEWEST_QUIET = 5;

/**
 * Times as many batches as are wanted, in stretches, and visits the event loop between them. Before each stretch it waits until the core is at
 * rest, all in all for half as long as the timing lasts at most. Only undisturbed batches count, if there are enough: whether one does
 * depends on the yardstick before and after it and never on what it took itself, so that no variant is favoured.
 */
export async function timeQuietly(
  batch: Batch,
  stopwatch: Stopwatch,
  { yardstick, atRest: known = Infinity, timing, rest }: TimingPlan,
  { wanted, stretch }: { readonly wanted: number; readonly stretch: number },
): Promise<Quiet> {
  // What earlier trials know decides until this one has read less; what it reports is its own, so that a change of the clock is followed.
  let own = Infinity;
  let patience = timing / 2;
  const read = (): number => {
    const seconds = yardstick!();
    own = Math.min(own, seconds);
    return seconds;
  };
  const quiet = (seconds: number): boolean => seconds <= DISTURBED * Math.min(known, own);
  const awaitRest = (): void => {
    // The first reading of all has nothing to be held against: a second one tells whether it was quiet.
    for (let first = known === Infinity && own === Infinity; patience > 0; first = false) {
      const seconds = read();
      patience -= Math.max(seconds, 1e-6);
      if (!first && quiet(seconds)) return;
    }
  };
  const timed: { readonly span: Span; readonly read: number }[] = [];
  while (timed.length < wanted) {
    if (yardstick) awaitRest();
    const readings: number[] = [];
    const look = yardstick && ((): void => void readings.push(read()));
    const spans = await stopwatch.time(batch.run, Math.min(stretch, wanted - timed.length), look);
    look?.();
    timed.push(...spans.map((span, index) => ({ span, read: yardstick ? Math.max(readings[index]!, readings[index + 1]!) : 0 })));
    await rest();
  }
  const undisturbed = timed.filter((it) => !yardstick || quiet(it.read));
  const disturbed = undisturbed.length < Math.min(wanted, FEWEST_QUIET);
  const counted = disturbed ? timed : undisturbed;
  return {
    spans: counted.map(({ span }) => span),
    leftOut: timed.length - counted.length,
    disturbed,
    ...(yardstick && { atRest: own }),
  };
}
