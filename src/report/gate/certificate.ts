import type { CertificateSummary, CertifiedRow, Share, Wanted } from "../../model/certificate.ts";
import { secondsWords } from "../certificate.ts";
import { change, chosen, dateWords, duration, numeral, oneLine } from "../words.ts";

/** The slowdown that the line about the certificate names, in per cent more work. */
const TOLD = 5;

/** What the gate's word is worth on this host, in sentences, or how to find out. */
export function certificateWords(certificate: CertificateSummary | undefined): string[] {
  if (certificate === undefined)
    return ["There is no certificate of this host: `npx assay certify` measures how far the gate is to be trusted here."];
  const whole = certificate.rows.filter(({ kernel }) => kernel === undefined);
  const same = whole.find((row) => moreOf(row) === 0);
  const nearest = whole
    .filter((row) => (moreOf(row) ?? 0) > 0)
    .toSorted((a, b) => Math.abs(moreOf(a)! - TOLD) - Math.abs(moreOf(b)! - TOLD))[0];
  const told = [
    ...(same ? [`identical code was called slower in ${shareWords(same.caught)}`] : []),
    ...(nearest ? [`${chosen(moreOf(nearest)! / 100, "fraction")} more work was caught in ${shareWords(nearest.caught)}`] : []),
  ];
  const found = told.length === 0 ? "nothing has been certified yet" : told.join(", ");
  const load = certificate.burnt ? ", with one core kept busy by another process" : "";
  const unfinished = certificate.finished ? "" : ", unfinished";
  const missed = certificate.wanted.filter(({ met }) => !met);
  return [
    `On this host ${found}${load}; certificate of ${dateWords(certificate.startedAt)}${unfinished}.`,
    ...missed.map(missedWords),
    ...(certificate.stale ? ["It was made by another version of the gate or on another runtime: `npx assay certify` makes it anew."] : []),
  ];
}

const moreOf = ({ injected }: CertifiedRow): number | undefined => ("more" in injected ? injected.more : undefined);

/** `Missed: identical code is called slower: wanted at most 1%, found 3.0% [1.2, 7.1] …`. */
function missedWords(it: Wanted): string {
  const [bound, limit] = "atMost" in it ? (["at most", it.atMost] as const) : (["at least", it.atLeast] as const);
  const wanted = (words: string, found: string): string => `Missed: ${oneLine(it.says, 200)}: wanted ${bound} ${words}, ${found}.`;
  if ("seconds" in it) return wanted(duration(limit), Number.isFinite(it.seconds) ? `found ${secondsWords(it.seconds)}` : "not tried");
  return wanted(chosen(limit, "fraction"), it.share.effective > 0 ? `found ${shareWords(it.share)}` : "not tried");
}

/** `0% [0.0, 7.9] of about 45 independent comparisons`. */
function shareWords({ share, low, high, effective }: Share): string {
  return `${change({ center: share, low, high }, "fraction", "")} of about ${numeral(effective, 0)} independent comparisons`;
}
