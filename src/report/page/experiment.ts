import type { RunRecord } from "../../model/record.ts";
import { warnings as known, type Warning } from "../../model/warning.ts";
import type { Drawn, ExperimentReport, ReportInput } from "../input.ts";
import { dateWords, interval, metricWords, numeral, percent, pointWords, quantity, range, short } from "../words.ts";
import { anchor, html, inline, type Markup, prose, trusted } from "./markup.ts";
import { priceTable } from "./price.ts";
import { code, listingOf } from "./source.ts";

/** Rows that a table on the page may have; the files beside it have all. */
const MOST_ROWS = 300;

/** Everything about one experiment: question, prose, chart, doubts, code, numbers, provenance. */
export function experimentSection(it: ExperimentReport, drawn: Drawn, input: ReportInput): Markup {
  const listing = listingOf(it.sourceText);
  const differs = it.definition.kind === "experiment" ? it.definition.differs : undefined;
  return html` <section class="experiment" id="${anchor(it.id)}">
    <h3>${short(it.definition.question, 300)}</h3>
    <p class="meta">
      <span class="id">${short(it.id, 120)}</span
      >${it.stale && html` <span class="badge weak"><span aria-hidden="true">↺</span> stale: other code measured this record</span>`}
    </p>
    ${listing.prose !== "" && html`<div class="prose">${prose(listing.prose)}</div>`} ${troubles(it, drawn)} ${picture(it, drawn, input)}
    ${priceTable(it, drawn, input)} ${doubts(it.warnings)}
    ${differs !== undefined && html`<p class="note"><b>The variants do not return the same.</b> ${inline(short(differs, 600))}</p>`}
    ${
      listing.variants !== "" &&
      html`<h4>What is compared</h4>
        ${code(listing.variants)}`
    }
    ${drawn.state === "drawn" && numbers(it, drawn)}
    ${
      listing.whole.trim() !== "" &&
      html`<details>
        <summary>The whole benchmark file</summary>
        ${code(listing.whole)}
      </details>`
    }
    ${(it.companions ?? []).map(
      ({ name, text }) =>
        html`<details>
          <summary>${short(name, 80)}, which it uses</summary>
          ${code(listingOf(text).whole)}
        </details>`,
    )}
    ${provenance(it, drawn)}
  </section>`;
}

function troubles(it: ExperimentReport, drawn: Drawn): Markup {
  const { record } = it;
  const lines = [
    ...(it.failure === undefined ? [] : [it.failure]),
    ...(drawn.state === "broken" ? [`The record could not be drawn: ${drawn.why}`] : []),
    ...(record?.notTried === undefined ? leftOut(record) : [`Not tried on this host: ${record.notTried}`]),
    ...(record?.agreement?.agree === false
      ? [`The variants disagree, so their timings are withheld. ${record.agreement.detail ?? ""}`]
      : []),
    ...(record?.failures ?? []).slice(0, 5).map(({ phase, variant, point, message }) => {
      const where = [variant, point && pointWords(point)].filter(Boolean).join(", ");
      return `Failed (${phase}${where === "" ? "" : `, ${short(where, 160)}`}): ${message}`;
    }),
  ];
  const more = (record?.failures.length ?? 0) - 5;
  return html`${lines.map((line) => html`<p class="note trouble">${inline(short(line.replace(/\s+/g, " "), 700))}</p>`)}${more > 0 && html`<p class="note trouble">and ${more} more failures</p>`}`;
}

/** Points that the host could not try, in one line: the chart has no room for what was not tried. */
function leftOut(record: RunRecord | undefined): string[] {
  const all = record?.skipped ?? [];
  const told = all.slice(0, 3).map(({ point, because }) => `${short(pointWords(point), 160)} (${short(because, 160)})`);
  const more = all.length - told.length;
  return all.length === 0 ? [] : [`Not tried on this host: ${told.join("; ")}${more > 0 ? `; and ${more} more` : ""}`];
}

function picture(it: ExperimentReport, drawn: Drawn, input: ReportInput): Markup {
  if (drawn.state !== "drawn") {
    return html`<p class="note">No numbers yet. To measure: <code>${input.command} run ${short(it.id, 120)}</code></p>`;
  }
  const { figure, charts } = drawn;
  return html` <figure>
    <div class="chart wide" role="img" aria-label="${short(figure.alt, 3000)}">${trusted(charts.wide)}</div>
    <div class="chart narrow" role="img" aria-label="${short(figure.alt, 3000)}">${charts.narrow.map(trusted)}</div>
    <figcaption>${short(figure.caption, 600)} · <a href="charts/${it.id}.png">PNG</a>, <a href="charts/${it.id}.svg">SVG</a></figcaption>
    ${figure.notes.length > 0 && html`<p class="found">${figure.notes.map((note) => html`<span>${short(note, 400)}</span> `)}</p>`}
  </figure>`;
}

function doubts(all: readonly Warning[]): Markup | undefined {
  if (all.length === 0) return undefined;
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  return html`<div class="note doubt">
    <p><b>Read with care</b></p>
    <ul>
      ${kinds.map((kind) => {
        const { says, remedy } = known[kind];
        const where = all
          .filter((it) => it.kind === kind)
          .flatMap(({ variant, point, trials }) => {
            const name = [variant, point && pointWords(point)].filter(Boolean).join(", ");
            const share = trials ? `${numeral(trials.some, 0)} of ${numeral(trials.all, 0)} trials` : "";
            return name === "" && share === "" ? [] : [[name, share].filter(Boolean).join(": ")];
          });
        const listed = where.slice(0, 4).join("; ") + (where.length > 4 ? `; and ${where.length - 4} more` : "");
        return html`<li>
          ${inline(says.charAt(0).toUpperCase() + says.slice(1))}${listed !== "" && ` (${short(listed, 400)})`}.
          <span class="remedy">Remedy: ${inline(remedy)}.</span>
        </li>`;
      })}
    </ul>
  </div>`;
}

function numbers(it: ExperimentReport, drawn: Drawn & { state: "drawn" }): Markup {
  const { estimates } = drawn;
  const metrics = [...new Set(estimates.map(({ metric }) => metric))].filter(
    (metric) =>
      estimates.some((e) => e.metric === metric && (e.center !== 0 || e.high !== 0)) || estimates.every((e) => e.metric === metric),
  );
  const rows = new Map<string, (typeof estimates)[number][]>();
  for (const estimate of estimates) {
    const key = JSON.stringify([pointWords(estimate.point), estimate.variant]);
    rows.set(key, [...(rows.get(key) ?? []), estimate]);
  }
  const swept = estimates.some(({ point }) => Object.keys(point).length > 0);
  const per = it.definition.kind === "experiment" ? (it.record?.per ?? "operation") : undefined;
  return html` <details>
    <summary>The numbers</summary>
    <div class="scroll" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">variant</th>
            ${swept && html`<th scope="col">at</th>`}${metrics.map((metric) => html`<th scope="col" class="number">${short(metricWords(metric, per, it.record?.metrics[metric]?.says), 60)}</th>`)}
            <th scope="col" class="number">n</th>
          </tr>
        </thead>
        <tbody>
          ${[...rows.values()].slice(0, MOST_ROWS).map(
            (row) =>
              html`<tr>
                <th scope="row">${short(row[0]!.variant, 60)}</th>
                ${swept && html`<td>${short(pointWords(row[0]!.point), 80)}</td>`}${metrics.map((metric) => {
                  const found = row.find((e) => e.metric === metric);
                  return html`<td class="number">${found ? range(found, found.unit) : "–"}</td>`;
                })}
                <td class="number">${Math.max(...row.map(({ n }) => n))}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="meta">
      ${rows.size > MOST_ROWS && html`<span>the first ${MOST_ROWS} of ${numeral(rows.size, 0)} rows</span> `}<span
        >center and interval, one reading a round</span
      >
      <a href="tables/${it.id}.csv">CSV</a> <a href="tables/${it.id}.md">Markdown</a>
    </p>
  </details>`;
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
