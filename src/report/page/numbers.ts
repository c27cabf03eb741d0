import type { Drawn, ExperimentReport } from "../input.ts";
import { metricWords, numeral, pointWords, range, short } from "../words.ts";
import { html, type Markup } from "./markup.ts";

/** Rows that a table on the page may have; the files beside it have all. */
const MOST_ROWS = 300;

/** Every estimate of an experiment: a row for each variant at each point. */
export function numbers(it: ExperimentReport, drawn: Drawn & { state: "drawn" }): Markup {
  const { estimates } = drawn;
  const metrics = [...new Set(estimates.map(({ metric }) => metric))].filter(
    (metric) =>
      estimates.some((e) => e.metric === metric && (e.center !== 0 || e.high !== 0)) || estimates.every((e) => e.metric === metric),
  );
  const rows = new Map<string, (typeof estimates)[number][]>();
  for (const estimate of estimates) {
    const key = JSON.stringify([pointWords(estimate.point), estimate.variant]);
    const row = rows.get(key);
    if (row) row.push(estimate);
    else rows.set(key, [estimate]);
  }
  const swept = estimates.some(({ point }) => Object.keys(point).length > 0);
  const per = it.definition.kind === "experiment" ? (it.record?.per ?? "operation") : undefined;
  return html` <details data-print>
    <summary>The numbers</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Numbers of ${short(it.id, 120)}">
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
