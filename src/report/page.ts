import type { RunRecord } from "../model/record.ts";
import type { Drawn, ExperimentReport, Pictured, PostReport, ReportInput } from "./input.ts";
import { certificateSection } from "./page/certificate.ts";
import { ledger } from "./page/claim.ts";
import { companionFiles } from "./page/companions.ts";
import { experimentSection } from "./page/experiment.ts";
import { head } from "./page/head.ts";
import { hosts } from "./page/host.ts";
import { anchor, html, link, type Markup, trusted } from "./page/markup.ts";
import { contents, overview } from "./page/overview.ts";
import { lateScript } from "./page/script.ts";
import { stylesheet } from "./page/style.ts";
import { dateWords, numeral, short } from "./words.ts";

/** What the page is given besides its input. */
export interface PageParts {
  /** Text that may stand inside a `script` element (see `bundle`). */
  readonly script?: string;
  /** The picture of the input's certificate. */
  readonly certificate?: Pictured;
}

/**
 * The page as one self-contained HTML document. Pure. Without a script it is whole: drawings, tables, words; the script makes the
 * charts answer.
 * @param drawn what became of each experiment, by id; one that is absent counts as not measured.
 */
export function page(input: ReportInput, drawn: ReadonlyMap<string, Drawn>, { script, certificate }: PageParts = {}): string {
  const records = input.posts.flatMap(({ experiments }) => experiments.flatMap(({ record }) => record ?? []));
  return html`${trusted("<!doctype html>")}
    <html lang="en">
      ${head("assay: what holds on this machine", stylesheet(), script, html`<meta name="generator" content="assay ${short(input.version, 40)}" />`)}
      <body>
        <a class="skip" href="#posts">Skip to the posts</a>
        <div class="bar">
          <a class="brand" href="#top">assay</a>
          <details class="menu" data-menu>
            <summary>Posts</summary>
            <nav aria-label="Posts, menu">${contents(input.posts)}</nav>
          </details>
          <div class="tools" data-tools></div>
        </div>
        <div class="sheet">
          <nav class="side" aria-label="Posts" data-contents>${contents(input.posts)}</nav>
          <div class="text">
            ${opening(input, records)}
            <main id="posts" tabindex="-1">
              ${input.posts.map((post) => postSection(post, drawn, input, script !== undefined))}
              ${input.certificate && html`<div class="post">${certificateSection(input.certificate, certificate)}</div>`}
            </main>
            <footer>
              <p>
                assay ${short(input.version, 40)}. To run all of this again: <code>${short(input.command, 120)}</code>. Every number on this
                page is computed from the raw records; redrawing never re-measures.
              </p>
            </footer>
          </div>
        </div>
        ${lateScript(script)}
      </body>
    </html> `.text;
}

function opening(input: ReportInput, records: readonly RunRecord[]): Markup {
  const { chance } = input;
  const turned =
    chance &&
    html`<p class="aside">
      Chance alone would turn at most about ${numeral(chance.expected, chance.expected < 10 ? 1 : 0)} of these ${numeral(chance.of, 0)}
      measured verdicts.
    </p>`;
  return html`<header class="top" id="top">
      <h1>What holds on this machine</h1>
      <p class="lede">
        Every post of the journal has runnable counterparts. Each claim that can be measured was measured here, in rounds that have
        processes of their own, and ends in a ruling with an interval. A claim that fails here is a finding about this machine and this
        runtime, not a verdict on the post.
      </p>
    </header>
    ${overview(input.posts, turned)} ${hosts(records)}`;
}

function postSection(post: PostReport, drawn: ReadonlyMap<string, Drawn>, input: ReportInput, live: boolean): Markup {
  const { article } = post;
  return html` <article class="post" id="${anchor(post.folder)}">
    <p class="meta"><span>${dateWords(article.published)}</span> <span class="id">${short(post.folder, 80)}</span></p>
    <h2>${link(article.url, short(article.title, 200))}</h2>
    ${ledger(post, input)}
    ${(post.broken ?? []).map(({ id, message }) => html`<p class="note trouble"><b>${short(id, 120)}</b> could not be loaded: ${short(message.replace(/\s+/g, " "), 500)}</p>`)}
    ${post.experiments.map((it) => sectionOf(it, drawn.get(it.id) ?? { state: "empty" }, input, live))} ${companionFiles(post)}
  </article>`;
}

/** A record that no check foresaw costs its own section, never the page. */
function sectionOf(it: ExperimentReport, drawn: Drawn, input: ReportInput, live: boolean): Markup {
  try {
    return experimentSection(it, drawn, input, live);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return html`<section class="experiment" id="${anchor(it.id)}">
      <h3>${short(it.id, 120)}</h3>
      <p class="note trouble">This experiment could not be shown: ${short(why, 300)}</p>
    </section>`;
  }
}
