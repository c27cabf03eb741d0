import { hostWords } from "../caption.ts";
import { embeddedJson } from "../embedded.ts";
import type { Drawn, ExperimentReport, Pictured, ReportInput } from "../input.ts";
import { short } from "../words.ts";
import { compact } from "./drawing.ts";
import { html, type Markup, trusted } from "./markup.ts";
import { dataElement } from "./script.ts";

/** The chart: a drawing that stands without any script, and what the script needs to make it live. */
export function picture(it: ExperimentReport, drawn: Drawn, input: ReportInput, live: boolean): Markup {
  if (drawn.state !== "drawn") {
    return html`<p class="note">No numbers yet. To measure: <code>${input.command} run ${short(it.id, 120)}</code></p>`;
  }
  const { figure, overlays = [] } = drawn;
  const fitting = overlays.filter(({ panels }) => panels.some((series) => series.length > 0));
  const reasons = Map.groupBy(
    overlays.filter(({ leftOut }) => leftOut !== undefined),
    ({ leftOut }) => leftOut!,
  );
  return html`${it.borrowed && it.record && html`<p class="note">Not measured here yet: this is ${hostWords(it.record)}. To measure: <code>${input.command} run ${short(it.id, 120)}</code></p>`}
    <figure data-chart>
      ${still(drawn)} ${live && dataElement(embeddedJson({ figure, overlays }))}
      <figcaption>
        <span>${short(figure.caption, 600)}</span>
        <span class="files"
          ><a href="charts/${it.id}.png">PNG</a> <a href="charts/${it.id}.svg">SVG</a> <a href="charts/${it.id}.html">chart alone</a></span
        >
        ${live && fitting.length > 0 && html`<span class="absent overlaid">Hollow and dashed: ${short(fitting.map(({ host }) => host).join("; "), 600)}.</span>`}
        ${[...reasons].map(([why, all]) => html`<span class="absent">${short(all.map(({ name }) => name).join(", "), 200)}: ${short(why, 300)}.</span>`)}
      </figcaption>
      ${figure.notes.length > 0 && html`<p class="found">${figure.notes.map((note) => html`<span>${short(note, 400)}</span> `)}</p>`}
    </figure>`;
}

/** The drawing in few letters. A screen too narrow for its words moves it in a box of its own. */
export const still = ({ figure, charts }: Pictured): Markup =>
  html`<div class="chart wide" role="img" tabindex="0" aria-label="${short(figure.alt, 4000)}">${trusted(compact(charts.wide))}</div>`;
