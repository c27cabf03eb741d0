import type { CertifiedKernel } from "../model/certificate.ts";
import type { Interval } from "../model/verdict.ts";
import { median } from "../stats/quantiles.ts";

export type Instrument = "duet" | "isolated";

/** What one process of the duet, or one pair of isolated processes, read and cost. */
export type Read = CertifiedKernel[Instrument][number];

/** So many replicates as the gate would have made them in fresh processes. */
export type Draw = (instrument: Instrument, stage: "first" | "confirmation", count: number) => readonly Read[];

/** What a whole comparison came to. */
export interface Compared {
  readonly slower: boolean;
  /** Head over base: Student's 95 % interval of the duet's first replicates. */
  readonly duetInterval: Interval;
  readonly seconds: number;
}

/** Makes one whole comparison, as the gate would, of what it draws. */
export type Compare = (draw: Draw) => Compared | Promise<Compared>;

/** Whole comparisons, drawn from what was read of one kernel and one change. */
export interface Resampled {
  readonly slower: readonly boolean[];
  readonly intervals: readonly Interval[];
  /** What each of them cost. */
  readonly seconds: readonly number[];
  /** Replicates that a comparison took, in the median. */
  readonly taken: { readonly [I in Instrument]: number };
}

/**
 * Draws whole comparisons. Each starts from all replicates again, but takes none of them twice, as a real comparison never meets the same
 * process twice: only what asks for more replicates than there are gets some again. That keeps the shares unbiased where
 * there are enough of them; a comparison that takes more than there are sees some twice, and is caught a little too rarely. Drawn with replacement
 * within a comparison the readings would scatter around the mean of the replicates instead of the truth, and a process that was slow by
 * chance could confirm its own suspicion: of 40 replicates of normal noise only 93 % of 95 % intervals would cover, and false alarms would
 * be several times as frequent as they are.
 * @param cell with at least one replicate of each instrument that is asked for.
 * @param comparisons at least one.
 * @param random uniform on [0, 1).
 */
export async function resample(
  cell: Pick<CertifiedKernel, Instrument>,
  compare: Compare,
  comparisons: number,
  random: () => number,
): Promise<Resampled> {
  const decks = { duet: deck(cell.duet, random), isolated: deck(cell.isolated, random) };
  const made: (Compared & { readonly taken: { duet: number; isolated: number } })[] = [];
  // One after the other: what one draws depends on how often the one before it did.
  while (made.length < comparisons) {
    decks.duet.gather();
    decks.isolated.gather();
    const taken = { duet: 0, isolated: 0 };
    const compared = await compare((instrument, _stage, count) => {
      taken[instrument] += count;
      return Array.from({ length: count }, decks[instrument].next);
    });
    made.push({ ...compared, taken });
  }
  return {
    slower: made.map(({ slower }) => slower),
    intervals: made.map(({ duetInterval }) => duetInterval),
    seconds: made.map(({ seconds }) => seconds),
    taken: { duet: median(made.map(({ taken }) => taken.duet)), isolated: median(made.map(({ taken }) => taken.isolated)) },
  };
}

/** Deals replicates in random order; when all are dealt, or `gather` is called, from all of them anew. */
function deck(replicates: readonly Read[], random: () => number): { readonly next: () => Read; readonly gather: () => void } {
  const cards = [...replicates];
  let dealt = 0;
  return {
    gather: () => (dealt = 0),
    next: () => {
      if (dealt === cards.length) dealt = 0;
      const at = dealt + Math.floor(random() * (cards.length - dealt));
      [cards[dealt], cards[at]] = [cards[at]!, cards[dealt]!];
      return cards[dealt++]!;
    },
  };
}
