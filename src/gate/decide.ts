import type { State } from "../model/gate.ts";
import type { Metric } from "../model/metric.ts";
import type { Interval } from "../model/verdict.ts";
import { fisher } from "../stats/fisher.ts";
import { errorAt } from "../stats/looks.ts";
import { deviation, median } from "../stats/quantiles.ts";
import { logInterval } from "../stats/ratio.ts";
import { studentQuantile } from "../stats/student.ts";
import { confirmationLooks, disagreementError, gateLooks } from "./schedule.ts";

/** Logs of head over base, one a replicate: of the duet, and of the isolated instrument. Where the duet has none the other one decides alone. */
export interface Evidence {
  readonly duet: readonly number[];
  readonly isolated: readonly number[];
}

/** What a comparison comes to. */
export interface Decision {
  readonly state: Exclude<State, "new" | "gone" | "broken">;
  /** Head over base. */
  readonly ratio: Interval;
  /** Whether it counts against the change: an entangled comparison does if the isolated instrument says slower twice. */
  readonly worse: boolean;
  /** Smallest change for the worse that would have been seen four times out of five, as a ratio. */
  readonly detectable: number;
}

/** A comparison after a look at its first evidence: decided, open, or under suspicion and to be confirmed in fresh processes. */
export interface FirstSight {
  readonly sight: "decided" | "suspect" | "open";
  /** The instrument that is to confirm a suspicion. */
  readonly by: keyof Evidence;
  readonly decision: Decision;
}

const intervalAt = (logs: readonly number[]): Interval => logInterval(logs, 1 - errorAt(logs.length, gateLooks));

/** Whether two intervals have no value in common. */
const apart = (a: Interval, b: Interval): boolean => a.high < b.low || b.high < a.low;

/** What the duet reads, at the level at which it is held against the isolated instrument. */
export const besideInterval = (duet: readonly number[]): Interval => logInterval(duet, 1 - disagreementError);

const within = ({ low, high }: Interval, margin: number): boolean => low >= 1 / (1 + margin) && high <= 1 + margin;
const isFaster = ({ center, high }: Interval, margin: number): boolean => high < 1 && center < 1 / (1 + margin);
const isSlower = ({ center, low }: Interval, margin: number): boolean => low > 1 && center > 1 + margin;

/**
 * What the first evidence says.
 * - The two instruments disagree (their intervals have nothing in common, their centres differ by more than the margin): suspected of being **entangled**.
 * - The interval lies above 1 and its centre above 1 + margin: suspected of being **slower**. At the last look the mere
 *   likelihood of it is enough, a centre above 1 + margin / 2: to suspect costs a few seconds, and only the confirmation counts.
 * - It lies below 1, its centre below 1 / (1 + margin): **faster**. Inside the margin: **same**.
 * - Otherwise open, until the looks are used up.
 * @param margin a change that nobody minds, as a share: 0.01 for 1 %.
 * @param last whether there will be no further look.
 */
export function firstSight({ duet, isolated }: Evidence, margin: number, last: boolean): FirstSight {
  const by = duet.length > 1 ? "duet" : "isolated";
  const logs = by === "duet" ? duet : isolated;
  const ratio = intervalAt(logs);
  const decision = (state: Decision["state"]): Decision => ({ state, ratio, detectable: detectableOf(logs, margin), worse: false });
  if (by === "duet" && isolated.length > 1) {
    const [beside, alone] = [besideInterval(duet), logInterval(isolated, 1 - disagreementError)];
    if (apart(beside, alone) && Math.abs(Math.log(alone.center / beside.center)) > Math.log1p(margin)) {
      return { sight: "suspect", by: "isolated", decision: { ...decision("entangled"), ratio: alone } };
    }
  }
  if (isSlower(ratio, margin)) return { sight: "suspect", by, decision: decision("slower") };
  if (isFaster(ratio, margin)) return { sight: "decided", by, decision: decision("faster") };
  if (within(ratio, margin)) return { sight: "decided", by, decision: decision("same") };
  const likely = last && ratio.center > 1 + margin / 2;
  return likely ? { sight: "suspect", by, decision: decision("slower") } : { sight: "open", by, decision: decision("undecided") };
}

/**
 * What fresh processes say of a suspect. Only their readings count: they were not picked for being large.
 * @param of what it is suspected of; the instrument that raised the suspicion confirms it.
 * @param suspects how many comparisons are being confirmed: the error is divided among them.
 * @param beside what the duet read, where the two instruments seemed to disagree.
 * @returns undefined while another look may still decide.
 */
export function confirmation(
  of: "slower" | "entangled",
  logs: readonly number[],
  margin: number,
  suspects: number,
  last: boolean = logs.length >= confirmationLooks.at(-1)!,
  beside?: Interval,
): Decision | undefined {
  const ratio = logInterval(logs, 1 - errorAt(logs.length, confirmationLooks) / suspects);
  const decided = { ratio, detectable: detectableOf(logs, margin, suspects, logs.length) };
  if (isSlower(ratio, margin)) return { ...decided, state: of, worse: true };
  // The isolated instrument has the last word on whether it is slower; that the other one still reads something else stays to be said.
  const disagree = beside !== undefined && apart(beside, ratio);
  const found = within(ratio, margin) ? "same" : isFaster(ratio, margin) ? "faster" : last ? "undecided" : undefined;
  return found && { ...decided, state: disagree ? "entangled" : found, worse: false };
}

/**
 * The slowdown that replicates with this spread show four times out of five, if `n` of them confirm it: its interval must exclude 1, and
 * its centre must lie beyond the margin.
 */
export function detectableOf(logs: readonly number[], margin: number, suspects = 1, n: number = confirmationLooks.at(-1)!): number {
  const spread = deviation(logs) / Math.sqrt(n);
  const often = studentQuantile(0.8, n - 1) * spread;
  const certain = studentQuantile(1 - errorAt(n, confirmationLooks) / suspects / 2, n - 1) * spread;
  return Math.exp(often + Math.max(certain, Math.log1p(margin)));
}

/** One reading of both versions, a pair a replicate. */
export interface Pairs {
  readonly base: readonly number[];
  readonly head: readonly number[];
}

/** Logs of how much worse head is; undefined where a reading is zero or less, because then there is no ratio. */
export function worseLogs({ base, head }: Pairs, better: Metric["better"]): number[] | undefined {
  if (![...base, ...head].every((reading) => reading > 0)) return undefined;
  return base.map((reading, index) => (better === "lower" ? 1 : -1) * Math.log(head[index]! / reading));
}

/** Chance that readings of zero are thought to differ, either way; what looks worse is confirmed. */
const ZERO_ERROR = 0.025;

/**
 * Readings of which one is zero have no ratio: one side is worse if all of it is worse than all of the other, or if more of it is something
 * where the other is nothing (Fisher's exact test); else they are the same if their medians are.
 */
export function zeroState({ base, head }: Pairs, better: Metric["better"]): "slower" | "faster" | "same" | "undecided" {
  const [more, less] = better === "lower" ? (["slower", "faster"] as const) : (["faster", "slower"] as const);
  if (Math.min(...head) > Math.max(...base)) return more;
  if (Math.max(...head) < Math.min(...base)) return less;
  const nonzero = { base: base.filter((it) => it > 0).length, head: head.filter((it) => it > 0).length };
  if (fisher(nonzero.head, head.length, nonzero.base, base.length) < ZERO_ERROR) return more;
  if (fisher(nonzero.base, base.length, nonzero.head, head.length) < ZERO_ERROR) return less;
  return median(base) === median(head) ? "same" : "undecided";
}
