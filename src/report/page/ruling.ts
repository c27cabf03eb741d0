import type { ClaimVerdict } from "../../model/verdict.ts";
import { html, type Markup } from "./markup.ts";

export type Shown = ClaimVerdict["ruling"];

interface Look {
  /** Colour and shape. */
  readonly family: "good" | "model" | "weak" | "bad" | "open" | "none";
  readonly sign: string;
  readonly means: string;
}

/** Colour, shape and sign of each ruling; its word is never far. Ordered as tallies list them. */
const families: { readonly [R in Shown]: Look } = {
  reproduced: { family: "good", sign: "✓", means: "the whole interval lies inside what is claimed" },
  "consistent with the model": { family: "model", sign: "≈", means: "a model of the claim behaves as claimed; a model proves no more" },
  weaker: { family: "weak", sign: "↓", means: "the effect is there, and smaller than claimed" },
  refuted: { family: "bad", sign: "✕", means: "the whole interval lies outside what is claimed: on this machine it does not hold" },
  undecided: {
    family: "open",
    sign: "?",
    means: "the interval holds an edge of the claim, or the difference is too small for this host to tell",
  },
  "needs full": { family: "open", sign: "…", means: "the claim is about a point that only --effort full measures" },
  "not run": { family: "open", sign: "·", means: "an experiment answers it and has not been run here" },
  "not tried": { family: "none", sign: "–", means: "this host lacks what the claim needs" },
  "not yet answered": { family: "none", sign: "○", means: "no experiment answers it yet" },
  cited: { family: "none", sign: "§", means: "a fact of the outside world, shown with its source and never judged" },
  argued: { family: "none", sign: "¶", means: "an opinion, shown as one" },
};

export const shownRulings = Object.keys(families) as Shown[];

/** A ruling as a badge: sign, colour and word. */
export function badge(ruling: Shown): Markup {
  const { family, sign } = families[ruling] ?? families["not yet answered"];
  return html`<span class="badge ${family}"><span aria-hidden="true">${sign}</span> ${ruling}</span>`;
}

/** A ruling as a small mark that leads to its claim. */
export function mark(ruling: Shown, href: string, says: string): Markup {
  const { family, sign } = families[ruling] ?? families["not yet answered"];
  return html`<a class="mark ${family}" href="${href}" title="${says}" aria-label="${says}"><span aria-hidden="true">${sign}</span></a>`;
}

/** The marks of the rulings that occur, each with its word and what it means. */
export function legend(rulings: readonly Shown[]): Markup {
  return html`<dl class="rulings">
    ${tallyOf(rulings).map(({ ruling, count }) => {
      const { family, sign, means } = families[ruling];
      return html`<div>
        <dt><span class="mark ${family}" aria-hidden="true">${sign}</span> <b>${count}</b> ${ruling}</dt>
        <dd>${means}</dd>
      </div>`;
    })}
  </dl>`;
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
