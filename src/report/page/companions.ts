import type { ExperimentReport, PostReport } from "../input.ts";
import { short } from "../words.ts";
import { anchor, html, type Markup } from "./markup.ts";
import { code, listingOf } from "./source.ts";

/** Files that the experiments of a post share stand once, at its end; each experiment leads there. */

type Companion = NonNullable<ExperimentReport["companions"]>[number];

/** The files that an experiment uses, each with the way to it. */
export function companionLinks({ id, companions = [] }: ExperimentReport): Markup | undefined {
  if (companions.length === 0) return undefined;
  const links = companions.map((it, index) => html`${index > 0 && ", "}<a class="id" href="#${placeOf(id, it)}">${short(it.name, 80)}</a>`);
  return html`<p class="meta source"><span>It uses ${links}.</span></p>`;
}

/** Every file that the experiments of a post use, in the order of their first use. */
export function companionFiles({ experiments }: PostReport): Markup | undefined {
  const all = new Map(experiments.flatMap(({ id, companions = [] }) => companions.map((it) => [placeOf(id, it), it] as const)));
  if (all.size === 0) return undefined;
  return html`<section class="companions source">
    <h3>Files that these experiments use</h3>
    ${[...all].map(
      ([place, { name, text }]) =>
        html`<details class="source" id="${place}">
          <summary>${short(name, 80)}</summary>
          ${code(listingOf(text).whole)}
        </details>`,
    )}
  </section>`;
}

/** Within the folder of a post a file's name is its own. */
const placeOf = (id: string, { name }: Companion): string => anchor(`file-${id.split("/")[0]!}-${name}`);
