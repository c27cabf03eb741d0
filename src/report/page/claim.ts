import type { LedgerClaim } from "../../model/article.ts";
import type { ClaimVerdict, Verdict } from "../../model/verdict.ts";
import { askedWords, obtained } from "../asked.ts";
import type { PostReport, ReportInput } from "../input.ts";
import { unitOf } from "../unit.ts";
import { boundWords, dateWords, interval, pointWords, quantity, short } from "../words.ts";
import { anchor, html, inline, link, type Markup } from "./markup.ts";
import { badge, type Shown } from "./ruling.ts";

/** The ruling on a ledger claim: what judging found, or what its kind says by itself. */
export function rulingOf(claim: LedgerClaim, found: ClaimVerdict | undefined): Shown {
  if (claim.testable === "cite") return "cited";
  if (claim.testable === "argue") return "argued";
  return found?.ruling ?? "not yet answered";
}

/** Rulings of all claims of a post, in the order of its ledger. */
export function rulingsOf(post: PostReport): Shown[] {
  const found = new Map(post.claims.map((it) => [it.claim, it]));
  return Object.entries(post.article.claims).map(([id, claim]) => rulingOf(claim, found.get(id)));
}

/** The ledger of a post: every claim with its ruling and everything that led to it. */
export function ledger(post: PostReport, input: ReportInput): Markup {
  const found = new Map(post.claims.map((it) => [it.claim, it]));
  const rows = Object.entries(post.article.claims).map(([id, claim]) => row(id, claim, found.get(id), post, input));
  return html`<ol class="claims">
    ${rows}
  </ol>`;
}

function row(id: string, claim: LedgerClaim, found: ClaimVerdict | undefined, post: PostReport, input: ReportInput): Markup {
  const ruling = rulingOf(claim, found);
  const verdicts = found?.verdicts ?? [];
  return html` <li class="claim" id="claim-${anchor(id)}">
    <div class="ruling">${badge(ruling)}</div>
    <div class="said">
      <p class="statement">${inline(short(claim.claim, 1000))}</p>
      <p class="meta">
        <span class="id">${short(id, 60)}</span
        >${claim.quantity !== undefined && html` <span>the post’s figure: <b>${short(claim.quantity, 120)}</b></span>`}${claim.where === "listing" && html` <span>from the post’s summary</span>`}
      </p>
      ${claim.testable === "cite" && html`<p class="because">Not judged here. Source: ${link(claim.source.url, short(claim.source.title, 200))}, looked up ${dateWords(claim.source.date)}.</p>`}
      ${claim.testable === "argue" && html`<p class="because">${inline(short(claim.because, 600))}</p>`}
      ${ruling === "not yet answered" && html`<p class="because">No experiment answers this claim yet.</p>`}
      ${
        verdicts.length > 0 &&
        html`<ul class="readings">
          ${verdicts.map((verdict) => reading(verdict, verdicts.length > 1, post, input))}
        </ul>`
      }
    </div>
  </li>`;
}

/** One reading of a claim: what was tested, what came out, on which host, and why it is ruled so. */
function reading(verdict: Verdict, several: boolean, post: PostReport, input: ReportInput): Markup {
  const experiment = post.experiments.find(({ id }) => id === verdict.experiment);
  const { quantity: asked, low, high } = verdict.bound;
  const unit = unitOf(asked, experiment?.definition.metrics);
  const measured = verdict.measured && interval(verdict.measured, unit);
  const at = pointWords(verdict.at);
  const what = askedWords(asked, verdict.at);
  const metric = asked.metric === "time" ? "" : `, ${asked.metric}`;
  return html` <li>
    <p>${several && html`${badge(verdict.ruling)} `}${inline(short(verdict.says, 400))}</p>
    <p class="numbers">
      ${measured === undefined ? html`<span>${asked.kind === "crossover" ? "no crossover measured" : "nothing measured"}</span>` : html`<span>${obtained(asked)} <b>${measured}</b></span>`}
      <span>claimed ${boundWords(low, high, unit)}</span>
      <span>${short(what, 160)}${short(metric, 60)}${at !== "" && ` at ${short(at, 120)}`}</span>
      ${experiment?.record && !experiment.borrowed && html`<span>host <a href="#host-${experiment.record.host.id}" class="id">${experiment.record.host.id}</a></span>`}
      ${experiment && html`<a href="#${anchor(experiment.id)}">how it was tested</a>`}
    </p>
    ${verdict.floor !== undefined && verdict.ruling === "undecided" && verdict.measured && html`<p class="because">Smallest difference this host could tell in this experiment: ${quantity(Math.exp(verdict.floor), "ratio")}.</p>`}
    ${verdict.because !== undefined && html`<p class="because">${inline(short(verdict.because, 600))}</p>`}
    ${verdict.ruling === "needs full" && html`<p class="because">To decide it: <code>${input.command} run ${verdict.experiment} --effort full</code></p>`}
  </li>`;
}
