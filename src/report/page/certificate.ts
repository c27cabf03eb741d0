import type { CertificateSummary, Wanted } from "../../model/certificate.ts";
import { capital } from "../caption.ts";
import {
  effectiveWords,
  foundWords,
  injectedWords,
  metWords,
  noCertificate,
  reservations,
  shareWords,
  stateWords,
  wantedWords,
} from "../certificate.ts";
import type { Pictured } from "../input.ts";
import { dateWords, duration, numeral, oneLine, percent, short } from "../words.ts";
import { html, inline, type Markup } from "./markup.ts";
import { still } from "./picture.ts";

/**
 * What the gate's word is worth on a host: what was done, what was found beside what was wanted, the chart, and how it could mislead.
 * @param summaries of one host, one for each state that it was in; none says how to get one.
 * @param drawn the figure of these summaries and its drawings, if there are any.
 */
export function certificateSection(summaries: readonly CertificateSummary[], drawn?: Pictured): Markup {
  return html` <section class="experiment" id="certificate">
    <h3>What the gate’s word is worth here</h3>
    ${
      summaries.length === 0
        ? html`<p class="note">${coded(noCertificate)}</p>`
        : html`<p class="meta">${summaries.map((it) => html`<span>${stateOf(it)}</span> `)}</p>
            ${summaries.map((it) => reservations(it).map((says) => html`<p class="note doubt"><b>${capital(stateWords(it))}.</b> ${coded(says)}</p>`))}
            <div class="prose">
              <p>
                The gate compared a handful of small programs with themselves: once unchanged, then with more work put in on purpose, and
                with slowdowns that hide where both versions share a process. Of everything that its processes read there, whole comparisons
                were drawn at random and decided as the gate decides them. How often it then said “slower” is its rate of false alarms where
                nothing was changed, and its rate of catches elsewhere.
              </p>
            </div>
            ${drawn && picture(drawn)} ${wantedTable(summaries)} ${summaries.map(kernelTable)} ${doubts}`
    }
  </section>`;
}

/** Commands as code. */
const coded = (text: string): Markup => inline(text.replace(/npx assay \w+/g, "`$&`"));

const stateOf = (it: CertificateSummary): string =>
  `${stateWords(it)}: ${dateWords(it.startedAt)}, ${oneLine(it.runtime, 60)}${it.finished ? "" : ", unfinished"}`;

function picture(drawn: Pictured): Markup {
  return html` <figure>
    ${still(drawn)}
    <figcaption>
      ${short(drawn.figure.caption, 600)}. Elements: arrays that came to hold other elements. Heap: objects kept alive. Shapes: a dependency
      that saw objects of other shapes.
    </figcaption>
  </figure>`;
}

/** Every figure that was wanted, and for each state what came out. */
function wantedTable(summaries: readonly CertificateSummary[]): Markup {
  const asked = summaries[0]!.wanted;
  return html` <h4>What was wanted, and what came out</h4>
    <div class="scroll" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">called slower</th>
            <th scope="col" class="number">wanted</th>
            ${summaries.map((it) => html`<th scope="col" class="number">${stateWords(it)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${asked.map(
            (row) =>
              html`<tr>
                <th scope="row">${"injected" in row && row.injected ? injectedWords(row.injected) : short(row.says, 120)}</th>
                <td class="number">${wantedWords(row)}</td>
                ${summaries.map(({ wanted }) => html`<td class="number">${outcome(wanted.find(({ says }) => says === row.says))}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="aside">In brackets Wilson’s 95% interval. A share is met unless its interval excludes what was wanted.</p>`;
}

function outcome(it: Wanted | undefined): Markup {
  if (it === undefined) return html`–`;
  const met = metWords(it);
  return html`${foundWords(it)}${met !== "not measured" && html` <span class="${met === "met" ? "good" : "bad"}">${met}</span>`}`;
}

/** Each kernel and change alone. */
function kernelTable(it: CertificateSummary): Markup | undefined {
  const rows = it.rows.filter(({ kernel }) => kernel !== undefined);
  if (rows.length === 0) return undefined;
  const spread = (deviation: number): string => `${numeral(deviation * 100, 1)}%`;
  return html` <details>
    <summary>Each program alone, ${stateWords(it)}</summary>
    <div class="scroll" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">change</th>
            <th scope="col">program</th>
            <th scope="col" class="number">called slower</th>
            <th scope="col" class="number">worth</th>
            <th scope="col" class="number">intervals that hold the truth</th>
            <th scope="col" class="number">spread</th>
            <th scope="col" class="number">cost</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <th scope="row">${injectedWords(row.injected)}</th>
                <td>${row.kernel}</td>
                <td class="number">${shareWords(row.caught)}</td>
                <td class="number">${effectiveWords(row.caught)}</td>
                <td class="number">${row.covered ? percent(row.covered.share) : "–"}</td>
                <td class="number">${spread(row.spread.duet)} / ${spread(row.spread.isolated)}</td>
                <td class="number">${duration(row.cost)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="aside">
      Worth: how many comparisons that share no process the readings make. Spread: by how much the ratio differs from process to process,
      both versions in one process / in a process each. Cost: of a comparison, in the median.
    </p>
  </details>`;
}

const doubts = html`<div class="note doubt">
  <p><b>How this could fool you</b></p>
  <ul>
    <li>The programs are few and small. Your benchmark may spread wider than any of them, and the gate then sees less of it.</li>
    <li>
      Comparisons drawn from the same processes resemble each other. The intervals count only as many as would share no process; those of
      one program alone are wide for that reason.
    </li>
    <li>
      “5% more work” is 5% more rounds of a loop. Where a call costs something besides its rounds, it is a little less than 5% more time.
    </li>
    <li>It tells of this host in the state that it was in that day. A busier neighbour or another runtime makes it another host.</li>
  </ul>
</div>`;
