import type { RunRecord } from "../model/record.ts";
import type { Drawn, ExperimentReport, PostReport, ReportInput } from "./input.ts";
import { ledger, rulingsOf } from "./page/claim.ts";
import { experimentSection } from "./page/experiment.ts";
import { anchor, html, link, type Markup, trusted } from "./page/markup.ts";
import { strip, tally } from "./page/ruling.ts";
import { stylesheet } from "./page/style.ts";
import { dateWords, numeral, quantity, short } from "./words.ts";

/** Nothing but its own styles and inline images: no script, no network, no frame, no form. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The page as one self-contained HTML document. Pure.
 * @param drawn what became of each experiment, by id; one that is absent counts as not measured.
 */
export function page(input: ReportInput, drawn: ReadonlyMap<string, Drawn>): string {
  const records = input.posts.flatMap(({ experiments }) => experiments.flatMap(({ record }) => record ?? []));
  const all = input.posts.flatMap(rulingsOf);
  return html`${trusted("<!doctype html>")}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="assay ${short(input.version, 40)}" />
        <title>assay: what holds on this machine</title>
        <style>
          ${trusted(stylesheet())}
        </style>
      </head>
      <body>
        <a class="skip" href="#posts">Skip to the posts</a>
        <header class="top">
          <p class="brand">assay</p>
          <h1>What holds on this machine</h1>
          <p class="lede">
            Every post of the journal has runnable counterparts. Each claim that can be measured was measured here, in rounds that have
            processes of their own, and ends in a ruling with an interval. A claim that fails here is a finding about this machine and this
            runtime, not a verdict on the post.
          </p>
          ${all.length > 0 && html`<div class="sum">${strip(all)}${tally(all)}</div>`}
          ${input.chance && html`<p class="aside">Chance alone would turn at most about ${numeral(input.chance.expected, input.chance.expected < 10 ? 1 : 0)} of these ${numeral(input.chance.of, 0)} measured verdicts.</p>`}
          ${hosts(records)}
        </header>
        <nav class="overview" aria-label="Posts">
          <ol>
            ${input.posts.map(overviewRow)}
          </ol>
        </nav>
        <main id="posts">${input.posts.map((post) => postSection(post, drawn, input))}</main>
        <footer>
          <p>
            assay ${short(input.version, 40)}. To run all of this again: <code>${short(input.command, 120)}</code>. Every number on this
            page is computed from the raw records; redrawing never re-measures.
          </p>
        </footer>
      </body>
    </html> `.text;
}

/** One card for each machine that the records come from, with when and how thoroughly they were taken. */
function hosts(records: readonly RunRecord[]): Markup {
  const byHost = new Map<string, RunRecord[]>();
  for (const record of records) byHost.set(record.host.id, [...(byHost.get(record.host.id) ?? []), record]);
  if (byHost.size === 0) return html`<p class="note">Nothing has been measured yet.</p>`;
  return html`${[...byHost.values()].map((own) => hostCard(own[0]!.host, own))}`;
}

function hostCard(host: RunRecord["host"], records: readonly RunRecord[]): Markup {
  const dates = records.map(({ startedAt }) => startedAt).toSorted();
  const [first, last] = [dateWords(dates[0]!), dateWords(dates[dates.length - 1]!)];
  const efforts = [...new Set(records.map(({ effort }) => effort))].join(" and ");
  const runtimes = [...new Set(records.map(({ runtime }) => runtime))].slice(0, 3).join(", ");
  const caches = host.caches.map(({ level, bytes }) => `L${level} ${quantity(bytes, "bytes")}`).join(", ");
  const facts: [string, string][] = [
    ["processor", short(host.cpu, 100)],
    ["cores", `${host.cores}${host.virtual === true ? ", virtual machine" : ""}`],
    ["memory", quantity(host.memory, "bytes")],
    ["data caches", caches === "" ? "not reported" : short(caches, 160)],
    ["system", `${short(host.os, 100)}, ${short(host.arch, 40)}`],
    ["runtime", short(runtimes, 160)],
    ["measured", first === last ? first : `${first} to ${last}`],
    ["effort", `${efforts}, ${records.length} ${records.length === 1 ? "experiment" : "experiments"}`],
  ];
  return html` <section class="host" id="host-${host.id}" aria-label="Host ${host.id}">
    <h2>${host.label === undefined ? "This machine" : short(host.label, 120)} <span class="id">${host.id}</span></h2>
    <dl>
      ${facts.map(
        ([name, fact]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${fact}</dd>
          </div>`,
      )}
    </dl>
    ${caches === "" && html`<p class="aside">This system does not report its caches: charts carry no marks.</p>`}
  </section>`;
}

function overviewRow(post: PostReport): Markup {
  const rulings = rulingsOf(post);
  return html`<li>
    <a href="#${anchor(post.folder)}">${short(post.article.title, 160)}</a>
    <div class="sum">${strip(rulings)}${tally(rulings)}</div>
  </li>`;
}

function postSection(post: PostReport, drawn: ReadonlyMap<string, Drawn>, input: ReportInput): Markup {
  const { article } = post;
  return html` <article class="post" id="${anchor(post.folder)}">
    <p class="meta"><span>${dateWords(article.published)}</span> <span class="id">${short(post.folder, 80)}</span></p>
    <h2>${link(article.url, short(article.title, 200))}</h2>
    ${ledger(post, input)}
    ${(post.broken ?? []).map(({ id, message }) => html`<p class="note trouble"><b>${short(id, 120)}</b> could not be loaded: ${short(message.replace(/\s+/g, " "), 500)}</p>`)}
    ${post.experiments.map((it) => sectionOf(it, drawn.get(it.id) ?? { state: "empty" }, input))}
  </article>`;
}

/** A record that no check foresaw costs its own section, never the page. */
function sectionOf(it: ExperimentReport, drawn: Drawn, input: ReportInput): Markup {
  try {
    return experimentSection(it, drawn, input);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return html`<section class="experiment" id="${anchor(it.id)}">
      <h3>${short(it.id, 120)}</h3>
      <p class="note trouble">This experiment could not be shown: ${short(why, 300)}</p>
    </section>`;
  }
}
