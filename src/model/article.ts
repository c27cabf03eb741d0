/** `measure`: time or count it. `check`: a fact that a program verifies. `cite`: a fact of the outside world. `argue`: an opinion. */
export type Testable = "measure" | "check" | "cite" | "argue";

/** Where the claim stands: in the post itself, or in the summary by which the journal lists the post. */
export type Where = "post" | "listing";

/** Where a cited fact can be looked up, and the date on which it was. */
export interface Source {
  readonly title: string;
  readonly url: string;
  readonly date: string;
}

interface Stated {
  /** What the post says, in our words. */
  readonly claim: string;
  /** The post's own figure, as short as it can be said. */
  readonly quantity?: string;
  readonly where: Where;
}

/** One claim of a post. Those that nothing can measure say why, those that are looked up say where. */
export type LedgerClaim =
  | (Stated & { readonly testable: "measure" | "check" })
  | (Stated & { readonly testable: "cite"; readonly source: Source })
  | (Stated & { readonly testable: "argue"; readonly because: string });

/** A post of the journal and the ledger of what it claims, keyed by claim id. */
export interface Article<Id extends string = string> {
  readonly title: string;
  /** Last part of the post's address; patterns on the command line match it. */
  readonly slug: string;
  /** Where the post stands, if its address is known. */
  readonly url?: string;
  /** Year and month, `2026-06`. */
  readonly published: string;
  readonly claims: { readonly [K in Id]: LedgerClaim };
}

/** Declares a post: the one thing that `benchmarks/<article>/article.ts` exports. */
export function article<const Id extends string>(it: Article<Id>): Article<Id> {
  return it;
}
