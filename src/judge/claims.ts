import type { Article } from "../model/article.ts";
import type { ClaimVerdict, Ruling, Verdict } from "../model/verdict.ts";

/**
 * From the worst to the best. "needs full" and "not run" stand between: they outweigh what was reproduced, because a claim of which a part is still to be run has not been
 * reproduced, and running it is in the reader's hands; but it does not hide what is already known to fail, to be weaker or to be open.
 */
const worstFirst: readonly Ruling[] = [
  "refuted",
  "undecided",
  "weaker",
  "needs full",
  "not run",
  "consistent with the model",
  "reproduced",
];

/**
 * What all readings of each claim of a post together say, in the order of the ledger: the worst of them.
 * Readings that were not tried are left out, because this host cannot answer them; a claim is "not tried" only if all of its readings are.
 * What is cited or argued is never judged, and a claim that no experiment reads is "not yet answered".
 * @param verdicts of any experiments; those on claims of other posts are ignored.
 */
export function claimVerdicts(article: Article, verdicts: readonly Verdict[]): ClaimVerdict[] {
  return Object.entries(article.claims).map(([claim, { testable }]) => {
    const readings = verdicts.filter((verdict) => verdict.claim === claim);
    if (testable === "cite") return { claim, ruling: "cited", verdicts: readings };
    if (testable === "argue") return { claim, ruling: "argued", verdicts: readings };
    return { claim, ruling: worst(readings), verdicts: readings };
  });
}

function worst(readings: readonly Verdict[]): ClaimVerdict["ruling"] {
  if (readings.length === 0) return "not yet answered";
  return worstFirst.find((ruling) => readings.some((verdict) => verdict.ruling === ruling)) ?? "not tried";
}
