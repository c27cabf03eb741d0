import type { Estimate } from "../../model/verdict.ts";
import type { Drawn, ExperimentReport, ReportInput } from "../input.ts";
import { dateWords, dollars, numeral, pointWords, quantity, range, short } from "../words.ts";
import { html, link, type Markup } from "./markup.ts";

/** Memory is sold by what its makers call a GB. */
const GB = 2 ** 30;

/** What an experiment's bytes come to in money, at the largest of the points that were measured. */
export function priceTable(it: ExperimentReport, drawn: Drawn, { price, command }: ReportInput): Markup | undefined {
  const { priced } = it.definition;
  if (priced === undefined || drawn.state !== "drawn") return undefined;
  const rows = largest(drawn.estimates.filter(({ metric, center }) => metric === priced.metric && Number.isFinite(center)));
  if (rows.length === 0) return undefined;
  const swept = new Set(rows.map(({ point }) => pointWords(point))).size > 1;
  const where = swept ? "" : pointWords(rows[0]!.point);
  const cost = (bytes: number): number => ((bytes * priced.times) / GB) * price.perGb;
  return html` <div class="price">
    <h4>In money: ${short(priced.says, 200)}${where !== "" && ` (${short(where, 120)})`}</h4>
    <div class="scroll" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">variant</th>
            ${swept && html`<th scope="col">at</th>`}
            <th scope="col" class="number">each</th>
            <th scope="col" class="number">× ${numeral(priced.times, 0)}</th>
            <th scope="col" class="number">at ${dollars(price.perGb)} a GB</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <th scope="row">${short(row.variant, 60)}</th>
                ${swept && html`<td>${short(pointWords(row.point), 80)}</td>`}
                <td class="number">${range(row, "bytes")}</td>
                <td class="number">${quantity(row.center * priced.times, "bytes", (row.high - row.low) * priced.times)}</td>
                <td class="number">
                  ${dollars(cost(row.center))}${row.high > row.low && ` [${dollars(cost(row.low))}, ${dollars(cost(row.high))}]`}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="aside">
      A GB is 2³⁰ bytes, as memory is sold.
      ${
        price.source
          ? html`Its price is that of ${short(price.of ?? "memory", 160)} on ${dateWords(price.source.date)}:
            ${link(price.source.url, short(price.source.title, 160))}. `
          : html`Its price was set for this report. `
      }With
      your own: <code>${short(command, 120)} report --price-per-gb 4</code>
    </p>
  </div>`;
}

/** Estimates at the largest point: of every swept number its largest value, of what is no number every one. */
function largest(all: readonly Estimate[]): Estimate[] {
  let kept = [...all];
  for (const parameter of new Set(all.flatMap(({ point }) => Object.keys(point)))) {
    const most = Math.max(...kept.map(({ point }) => point[parameter]).filter((value) => typeof value === "number"));
    if (Number.isFinite(most)) kept = kept.filter(({ point }) => point[parameter] === most);
  }
  return kept;
}
