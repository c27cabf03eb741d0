import type { CertificateSummary, Injected, Share, Wanted } from "../model/certificate.ts";
import { dateWords, duration, numeral, oneLine, percent } from "./words.ts";

export const noCertificate = "There is no certificate of this host; npx assay certify makes one.";

const hiddenWords = {
  "element-kind": "arrays of other elements",
  "retained-heap": "objects kept alive",
  dependency: "a dependency that saw other shapes",
} as const;

/** A kind of change: `identical code`, `5% more work`, `objects kept alive`. */
export function injectedWords(it: Injected): string {
  if ("hidden" in it) return hiddenWords[it.hidden];
  return it.more === 0 ? "identical code" : `${moreWords(it.more)} more work`;
}

/** Percent of more work: `2%`, `0.5%`. */
export const moreWords = (more: number): string => `${numeral(more, Number.isInteger(more) ? 0 : 1)}%`;

/** `98% [92%, > 99%]`; a share that nothing shows is none. */
export function shareWords({ share, low, high, effective }: Share): string {
  return effective > 0 ? `${percent(share)} [${percent(low)}, ${percent(high)}]` : "not measured";
}

/** What is asked of a figure: `≥ 95%`, `≤ 20 s`. */
export function wantedWords(it: Wanted): string {
  if (!("share" in it)) return `≤ ${duration(it.atMost)}`;
  return "atLeast" in it ? `≥ ${percent(it.atLeast)}` : `≤ ${percent(it.atMost)}`;
}

/** What was found of it: `98% [92%, > 99%]`, `12 s`. */
export const foundWords = (it: Wanted): string =>
  "share" in it ? shareWords(it.share) : isMeasured(it) ? secondsWords(it.seconds) : "not measured";

/** Seconds that are held against a limit: a whole number could stand on the wrong side of it. */
export const secondsWords = (seconds: number): string => (seconds < 100 ? `${numeral(seconds, 1)} s` : duration(seconds));

/** How many independent comparisons a share rests on: `61`, `3.4`. */
export const effectiveWords = ({ effective }: Share): string => numeral(effective, effective < 10 ? 1 : 0);

/** The state of the host in a few words: `one core kept busy`. */
export const stateWords = ({ burnt }: Pick<CertificateSummary, "burnt">): string => (burnt ? "one core kept busy" : "nothing else running");

/** What else ran: `with nothing else running`. */
const loadWords = ({ burnt }: Pick<CertificateSummary, "burnt">): string =>
  burnt ? "with one core kept busy by another process" : "with nothing else running";

const isMeasured = (it: Wanted): boolean => ("share" in it ? it.share.effective > 0 : !Number.isNaN(it.seconds));

export const metWords = (it: Wanted): "met" | "missed" | "not measured" => (isMeasured(it) ? (it.met ? "met" : "missed") : "not measured");

/** Why a certificate may not be what it seems, and what to do about it: not finished, made by other code. */
export function reservations({ finished, stale }: Pick<CertificateSummary, "finished" | "stale">): string[] {
  return [
    ...(finished ? [] : ["It is unfinished: npx assay certify goes on with it."]),
    ...(stale ? ["It was made by another version of the gate or on another runtime: npx assay certify makes it anew."] : []),
  ];
}

/** What `assay certify` prints when it ends: for each state of the host every figure that was wanted, and what came out. */
export function certificateLines(summaries: readonly CertificateSummary[]): string[] {
  if (summaries.length === 0) return [noCertificate];
  const parts = summaries.flatMap((it) => [
    `What the gate's word is worth on this host ${loadWords(it)} (${dateWords(it.startedAt)}, ${oneLine(it.runtime, 60)}):`,
    ...it.wanted.map((wanted) => {
      const worth =
        "share" in wanted && wanted.share.effective > 0 ? ` (worth ${effectiveWords(wanted.share)} independent comparisons)` : "";
      return `    ${metWords(wanted).padEnd(12)}  ${wanted.says}: ${foundWords(wanted)}, wanted ${wantedWords(wanted)}${worth}`;
    }),
    ...reservations(it).map((says) => `    ${says}`),
  ]);
  return [...parts, "A share is met unless its 95% interval excludes what was wanted."];
}
