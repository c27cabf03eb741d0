import type { RunRecord } from "../../model/record.ts";
import type { Drawn, ExperimentReport, ReportInput } from "../input.ts";
import { dateWords, interval, numeral, percent, pointWords, quantity, short } from "../words.ts";
import { companionLinks } from "./companions.ts";
import { doubts, fooled } from "./doubts.ts";
import { anchor, html, inline, type Markup, prose } from "./markup.ts";
import { numbers } from "./numbers.ts";
import { picture } from "./picture.ts";
import { priceTable } from "./price.ts";
import { mark } from "./ruling.ts";
import { code, listingOf } from "./source.ts";

/**
 * Everything about one experiment: question, prose, chart beside the code that it compares, doubts, numbers, provenance.
 * @param live whether the page has a script for its charts.
 */
export function experimentSection(it: ExperimentReport, drawn: Drawn, input: ReportInput, live = false): Markup {
  const listing = listingOf(it.sourceText);
  const { differs } = it.definition;
  return html` <section class="experiment" id="${anchor(it.id)}">
    <h3>${short(it.definition.question, 300)}</h3>
    <p class="meta">
      <span class="id">${short(it.id, 120)}</span> ${answered(it)}
      ${it.stale && html`<span class="badge weak"><span aria-hidden="true">↺</span> stale: other code measured this record</span>`}
    </p>
    ${troubles(it, drawn)}
    <div class="bench">
      ${listing.prose !== "" && html`<div class="prose">${prose(listing.prose)}</div>`}
      <div class="curve">${picture(it, drawn, input, live)}</div>
      ${
        listing.variants !== "" &&
        html`<div class="compared">
          <h4>What is compared</h4>
          ${code(listing.variants)}
        </div>`
      }
      ${fooled(it, drawn, listing)}
    </div>
    ${doubts(it.warnings)} ${priceTable(it, drawn, input)}
    ${differs !== undefined && html`<p class="note"><b>The variants do not return the same.</b> ${inline(short(differs, 600))}</p>`}
    ${drawn.state === "drawn" && numbers(it, drawn)}
    ${
      listing.whole.trim() !== "" &&
      html`<details class="source">
        <summary>The whole benchmark file</summary>
        ${code(listing.rest)}
      </details>`
    }
    ${companionLinks(it)} ${provenance(it, drawn)}
  </section>`;
}

/** The claims that this experiment answers, each with how it came out here. */
function answered({ verdicts }: ExperimentReport): Markup | undefined {
  if (verdicts.length === 0) return undefined;
  return html`<span class="marks"
    >${verdicts.map(({ claim, ruling, says }) => mark(ruling, `#claim-${anchor(claim)}`, `${ruling}: ${short(says, 140)}`))}</span
  >`;
}

function troubles(it: ExperimentReport, drawn: Drawn): Markup {
  // What went wrong elsewhere is no trouble of this host.
  const record = it.borrowed ? undefined : it.record;
  const lines = [
    ...(it.failure === undefined ? [] : [it.failure]),
    ...(drawn.state === "broken" ? [`The record could not be drawn: ${drawn.why}`] : []),
    ...(record?.notTried === undefined ? leftOut(record) : [`Not tried on this host: ${record.notTried}`]),
    ...(record?.agreement?.agree === false
      ? [
          `The variants disagree, so their ${record.kind === "experiment" ? "timings" : "readings"} are withheld. ${record.agreement.detail ?? ""}`,
        ]
      : []),
    ...(record?.failures ?? []).slice(0, 5).map(({ phase, variant, point, message }) => {
      const where = [variant, point && pointWords(point)].filter(Boolean).join(", ");
      return `Failed (${phase}${where === "" ? "" : `, ${short(where, 160)}`}): ${message}`;
    }),
  ];
  const more = (record?.failures.length ?? 0) - 5;
  return html`${lines.map((line) => html`<p class="note trouble">${inline(short(line.replace(/\s+/g, " "), 700))}</p>`)}${more > 0 && html`<p class="note trouble">and ${more} more failures</p>`}`;
}

/** Variants and points that the host could not try, in one line: the chart has no room for what was not tried. */
function leftOut(record: RunRecord | undefined): string[] {
  const all = [
    ...(record?.lacking ?? []).map(({ variant, because }) => ({ what: variant, because })),
    ...(record?.skipped ?? []).map(({ point, because }) => ({ what: pointWords(point), because })),
  ];
  const told = all.slice(0, 3).map(({ what, because }) => `${short(what, 160)} (${short(because, 160)})`);
  const more = all.length - told.length;
  return all.length === 0 ? [] : [`Not tried on this host: ${told.join("; ")}${more > 0 ? `; and ${more} more` : ""}`];
}

function provenance({ record }: ExperimentReport, drawn: Drawn): Markup | undefined {
  if (record === undefined) return undefined;
  const { control, floor } = drawn.state === "drawn" ? drawn : {};
  return html` <dl class="provenance">
    ${
      control &&
      html`<div>
        <dt>null control</dt>
        <dd>
          ${interval(control, "ratio")}<br /><span class="aside"
            >the first variant against itself;
            ${control.low <= 1 && control.high >= 1 ? "contains 1, as it should" : "excludes 1: distrust small differences"}</span
          >
        </dd>
      </div>`
    }
    ${
      floor !== undefined &&
      html`<div>
        <dt>floor</dt>
        <dd>${percent(Math.expm1(floor))}<br /><span class="aside">no smaller difference is told from none</span></dd>
      </div>`
    }
    <div>
      <dt>record</dt>
      <dd>
        records/${record.experiment}/${record.host.id}.json<br /><span class="aside"
          >seed ${record.seed}, source ${record.source}${record.commit !== undefined && `, commit ${short(record.commit, 20)}`}</span
        >
      </dd>
    </div>
    <div>
      <dt>run</dt>
      <dd>
        ${record.effort} effort, ${numeral(record.rounds.length, 0)} ${record.rounds.length === 1 ? "round" : "rounds"}<br /><span
          class="aside"
          >${dateWords(record.startedAt)},
          ${short(record.runtime, 60)}${record.flags.length > 0 && `, ${short(record.flags.join(" "), 120)}`}${record.memoryLimit !== null && `, memory limit at most ${quantity(record.memoryLimit, "bytes")}`}${record.together && ", the trials of a round shared one process"}</span
        >
      </dd>
    </div>
  </dl>`;
}
