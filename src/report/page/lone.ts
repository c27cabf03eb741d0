import { embeddedJson } from "../embedded.ts";
import type { Drawn, ExperimentReport, PostReport } from "../input.ts";
import { short } from "../words.ts";
import { head } from "./head.ts";
import { anchor, html, type Markup, trusted } from "./markup.ts";
import { dataElement, lateScript } from "./script.ts";
import { loneStylesheet } from "./style.ts";

/** The live chart alone, for a frame in a post: the question, the chart, its caption, and the way to everything behind it. */
export function lonePage(it: ExperimentReport, post: PostReport, drawn: Drawn & { state: "drawn" }, script: string | undefined): string {
  const { figure, overlays = [] } = drawn;
  return html`${trusted("<!doctype html>")}
    <html lang="en">
      ${head(short(figure.title, 300), loneStylesheet(), script)}
      <body>
        <main>
          <h1>${short(figure.title, 300)}</h1>
          <figure data-chart>
            ${stills(drawn)} ${script !== undefined && dataElement(embeddedJson({ figure, overlays }))}
            <figcaption>
              <span>${short(figure.caption, 600)}</span>
              <span class="files"
                ><a href="../../index.html#${anchor(it.id)}" target="_blank" rel="noopener"
                  >How it was measured, for “${short(post.article.title, 120)}”</a
                ></span
              >
            </figcaption>
          </figure>
        </main>
        ${lateScript(script)}
      </body>
    </html> `.text;
}

/** The drawings for wide frames and for narrow ones, where one panel stands below the other. */
function stills({ figure, charts }: Drawn & { state: "drawn" }): Markup {
  return html`<div class="chart wide" role="img" aria-label="${short(figure.alt, 3000)}">${trusted(charts.wide)}</div>
    <div class="chart narrow" role="img" aria-label="${short(figure.alt, 3000)}">${charts.narrow.map(trusted)}</div>`;
}
