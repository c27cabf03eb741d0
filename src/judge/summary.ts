import type { ClaimVerdict } from "../model/verdict.ts";

/** How many claims of a post ended how. */
export interface Summary {
  readonly reproduced: number;
  readonly consistent: number;
  readonly weaker: number;
  readonly refuted: number;
  readonly undecided: number;
  readonly needsFull: number;
  readonly notRun: number;
  readonly notTried: number;
  readonly notYetAnswered: number;
  readonly cited: number;
  readonly argued: number;
  /** All claims of the post: the sum of the others. */
  readonly claims: number;
}

/** Counts the claims of a post by their ruling. */
export function summaryOf(claims: readonly ClaimVerdict[]): Summary {
  const count = (ruling: ClaimVerdict["ruling"]): number => claims.filter((claim) => claim.ruling === ruling).length;
  return {
    reproduced: count("reproduced"),
    consistent: count("consistent with the model"),
    weaker: count("weaker"),
    refuted: count("refuted"),
    undecided: count("undecided"),
    needsFull: count("needs full"),
    notRun: count("not run"),
    notTried: count("not tried"),
    notYetAnswered: count("not yet answered"),
    cited: count("cited"),
    argued: count("argued"),
    claims: claims.length,
  };
}
