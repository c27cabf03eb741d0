import { warnings as known, type Warning } from "../../model/warning.ts";
import type { Drawn, ExperimentReport } from "../input.ts";
import { numeral, percent, pointWords, short } from "../words.ts";
import { html, inline, type Markup } from "./markup.ts";
import type { Listing } from "./source.ts";

/** Doubts that the run itself raised, in plain words, each with its remedy. */
export function doubts(all: readonly Warning[]): Markup | undefined {
  if (all.length === 0) return undefined;
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  return html`<div class="note doubt">
    <h4>Read with care</h4>
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

/** What the benchmark's author warns of; else what the record itself cannot tell. */
export function fooled({ record }: ExperimentReport, drawn: Drawn, listing: Listing): Markup | undefined {
  const ways = listing.fooled.length > 0 || record === undefined ? listing.fooled : blindSpots(drawn);
  if (ways.length === 0) return undefined;
  return html`<div class="fooled">
    <h4>How you could be fooled</h4>
    ${
      ways.length === 1
        ? html`<p>${inline(short(ways[0]!, 2000))}</p>`
        : html`<ul>
            ${ways.map((way) => html`<li>${inline(short(way, 2000))}</li>`)}
          </ul>`
    }
  </div>`;
}

function blindSpots(drawn: Drawn): string[] {
  if (drawn.state !== "drawn") return [];
  const { control, floor } = drawn;
  if (control === undefined || floor === undefined)
    return ["No variant ran under a second name here, so nothing says how small a difference could be told."];
  const excludes = control.low > 1 || control.high < 1 ? ", and those two already came out different" : "";
  return [
    `By a difference below ${percent(Math.expm1(floor))}: this host could not tell the same code under two names more closely${excludes}.`,
  ];
}
