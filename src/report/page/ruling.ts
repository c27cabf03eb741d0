import type { ClaimVerdict } from "../../model/verdict.ts";
import { html, type Markup } from "./markup.ts";

export type Shown = ClaimVerdict["ruling"];

/** Colour family and sign of each ruling; the word always stands beside them. Ordered as tallies list them. */
const families: { readonly [R in Shown]: { readonly family: "good" | "model" | "weak" | "bad" | "open" | "none"; readonly sign: string } } =
  {
    reproduced: { family: "good", sign: "✓" },
    "consistent with the model": { family: "model", sign: "≈" },
    weaker: { family: "weak", sign: "↓" },
    refuted: { family: "bad", sign: "✕" },
    undecided: { family: "open", sign: "?" },
    "needs full": { family: "open", sign: "…" },
    "not run": { family: "open", sign: "·" },
    "not tried": { family: "none", sign: "–" },
    "not yet answered": { family: "none", sign: "○" },
    cited: { family: "none", sign: "§" },
    argued: { family: "none", sign: "¶" },
  };

export const shownRulings = Object.keys(families) as Shown[];

/** A ruling as a badge: sign, colour and word. */
export function badge(ruling: Shown): Markup {
  const { family, sign } = families[ruling] ?? families["not yet answered"];
  return html`<span class="badge ${family}"><span aria-hidden="true">${sign}</span> ${ruling}</span>`;
}

/** How many of each ruling, in the order of `shownRulings`, leaving out what does not occur. */
export function tallyOf(rulings: readonly Shown[]): { readonly ruling: Shown; readonly count: number }[] {
  return shownRulings.map((ruling) => ({ ruling, count: rulings.filter((it) => it === ruling).length })).filter(({ count }) => count > 0);
}

/** A strip whose lengths are the counts; the words beside it say the same. */
export function strip(rulings: readonly Shown[]): Markup {
  return html`<span class="strip" aria-hidden="true"
    >${tallyOf(rulings).map(({ ruling, count }) => html`<span class="${families[ruling].family}" style="flex:${count}"></span>`)}</span
  >`;
}

/** `7 reproduced, 2 refuted`. */
export function tally(rulings: readonly Shown[]): Markup {
  const counts = tallyOf(rulings);
  if (counts.length === 0) return html`<span class="tally">no claims</span>`;
  return html`<span class="tally"
    >${counts.map(({ ruling, count }) => html`<span class="count ${families[ruling].family}"><span aria-hidden="true">${families[ruling].sign}</span> <b>${count}</b> ${ruling}</span> `)}</span
  >`;
}
