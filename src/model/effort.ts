/** `smoke`: does it run (never stored). `quick`: what each file declares for quick. `full`: every point, more rounds. */
export const efforts = ["smoke", "quick", "full"] as const;
export type Effort = (typeof efforts)[number];

/** How much an effort spends; all durations in seconds. */
export interface Spending {
  /** Rounds after which the verdicts are looked at for the first time; the second and last look is at the end. */
  readonly firstLook: number;
  /** Most rounds. */
  readonly most: number;
  /** Budget of one experiment. */
  readonly budget: number;
  /** How long the batches of a trial are timed. */
  readonly timing: number;
  /** Shortest and longest warm-up. */
  readonly warmUp: readonly [shortest: number, longest: number];
  /** How long a scenario's load may last. */
  readonly window: number;
}

/** Rounds of every effort that is stored: after the first look only what is still open goes on. `stats/looks` says what each look may risk. */
export const firstLook = 5;
const rounds = { firstLook, most: 20 } as const;
/** Rounds before a verdict rests on a single variant's own interval: with fewer, the interval of a median is nearly the whole range. */
export const roundsForValue = 10;

export const spending: { readonly [E in Effort]: Spending } = {
  smoke: { firstLook: 1, most: 1, budget: 5, timing: 0.002, warmUp: [0, 0.002], window: 0.05 },
  quick: { ...rounds, budget: 10, timing: 0.02, warmUp: [0.008, 0.06], window: 0.2 },
  full: { ...rounds, budget: 240, timing: 0.25, warmUp: [0.1, 1], window: 3 },
};
