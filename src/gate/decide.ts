import type { Interval } from "../model/verdict.ts";
import { errorAt } from "../stats/looks.ts";
import { deviation } from "../stats/quantiles.ts";
import { logInterval } from "../stats/ratio.ts";
import { studentQuantile } from "../stats/student.ts";
import { gateLooks, disagreementError } from "./schedule.ts";
import type { Decision, Evidence } from "./state.ts";

/** A comparison after a look at its first evidence: decided, open, or under suspicion and to be confirmed in fresh processes. */
export type FirstSight =
  | { readonly sight: "decided"; readonly decision: Decision }
  /** Looks like a slowdown, or like a disagreement of the two instruments. */
  | { readonly sight: "suspect"; readonly of: "slower" | "entangled"; readonly decision: Decision }
  | { readonly sight: "open"; readonly decision: Decision };

const intervalAt = (logs: readonly number[]): Interval => logInterval(logs, 1 - errorAt(logs.length, gateLooks));

/** Whether two intervals have no value in common. */
const apart = (a: Interval, b: Interval): boolean => a.high < b.low || b.high < a.low;

/**
 * What the first evidence says.
 * - The two instruments disagree (their intervals, at a level of their own, have nothing in common): suspected of being **entangled**.
 * - The duet's interval lies above 1 and its centre above 1 + margin: suspected of being **slower**.
 * - It lies below 1, its centre below 1 / (1 + margin): **faster**. Inside the margin: **same**.
 * - Otherwise open, until the looks are used up.
 * @param margin a change that nobody minds, as a share: 0.01 for 1 %.
 */
export function firstSight({ duet, isolated }: Evidence, margin: number): FirstSight {
  const ratio = intervalAt(duet);
  const detectable = detectableOf(duet, margin);
  const decision = (state: Decision["state"]): Decision => ({ state, ratio, detectable, slower: false });
  if (isolated.length > 1) {
    const level = 1 - disagreementError;
    const disagree = apart(logInterval(duet, level), logInterval(isolated, level));
    const alone = intervalAt(isolated);
    const matters = Math.abs(Math.log(alone.center / ratio.center)) > Math.log1p(margin);
    if (disagree && matters) return { sight: "suspect", of: "entangled", decision: { ...decision("entangled"), ratio: alone } };
  }
  if (ratio.low > 1 && ratio.center > 1 + margin) return { sight: "suspect", of: "slower", decision: decision("slower") };
  if (ratio.high < 1 && ratio.center < 1 / (1 + margin)) return { sight: "decided", decision: decision("faster") };
  if (ratio.low >= 1 / (1 + margin) && ratio.high <= 1 + margin) return { sight: "decided", decision: decision("same") };
  return { sight: "open", decision: decision("undecided") };
}

/**
 * What fresh processes say of a suspect. Only their readings count: they were not picked for being large. The instrument that raised the suspicion confirms it.
 * @param logs of the duet where a slowdown is suspected, of the isolated instrument where the two disagree.
 * @param suspects how many comparisons are being confirmed: the error is divided among them.
 * @returns undefined while another look may still decide.
 */
export function confirmation(of: "slower" | "entangled", logs: readonly number[], margin: number, suspects: number): Decision | undefined {
  const ratio = logInterval(logs, 1 - errorAt(logs.length, gateLooks) / suspects);
  const detectable = detectableOf(logs, margin, suspects);
  const slower = ratio.low > 1 && ratio.center > 1 + margin;
  if (slower) return { state: of, ratio, detectable, slower };
  const within = ratio.low >= 1 / (1 + margin) && ratio.high <= 1 + margin;
  const faster = ratio.high < 1 && ratio.center < 1 / (1 + margin);
  const last = logs.length >= gateLooks.at(-1)!;
  if (!within && !faster && !last) return undefined;
  // Of an entangled comparison the isolated instrument has the last word, whatever it is.
  return { state: within ? "same" : faster ? "faster" : "undecided", ratio, detectable, slower: false };
}

/** The slowdown that so many replicates with this spread would show four times out of five. */
export function detectableOf(logs: readonly number[], margin: number, suspects = 1): number {
  const n = logs.length;
  const error = errorAt(n, gateLooks) / suspects;
  const reach = studentQuantile(1 - error / 2, n - 1) + studentQuantile(0.8, n - 1);
  return Math.max(1 + margin, Math.exp((reach * deviation(logs)) / Math.sqrt(n)));
}
