import type { PostReport } from "../input.ts";
import { dateWords, short } from "../words.ts";
import { rulingsOf } from "./claim.ts";
import { anchor, html, type Markup } from "./markup.ts";
import { legend, mark, strip, tally } from "./ruling.ts";

/** All posts at a glance: a mark for each claim, which leads to it. */
export function overview(posts: readonly PostReport[], aside: Markup | undefined): Markup {
  const all = posts.flatMap(rulingsOf);
  return html`<section class="overview" id="overview" aria-labelledby="overview-title">
    <h2 id="overview-title">At a glance</h2>
    ${all.length > 0 && html`<div class="sum">${strip(all)}${tally(all)}</div>`} ${aside}
    <ol>
      ${posts.map(row)}
    </ol>
    <details class="explained" data-print>
      <summary>What the marks mean</summary>
      ${legend(all)}
    </details>
  </section>`;
}

function row(post: PostReport): Markup {
  const rulings = rulingsOf(post);
  const ids = Object.keys(post.article.claims);
  const claims = Object.values(post.article.claims);
  return html`<li>
    <div class="title">
      <a href="#${anchor(post.folder)}">${short(post.article.title, 160)}</a> <span class="when">${dateWords(post.article.published)}</span>
    </div>
    <div class="marks">
      ${rulings.map((ruling, index) => mark(ruling, `#claim-${anchor(ids[index]!)}`, `${ruling}: ${short(claims[index]!.claim, 140)}`))}
    </div>
  </li>`;
}

/** The posts as a list of links: at the side of wide screens, in a menu on narrow ones. */
export function contents(posts: readonly PostReport[]): Markup {
  return html`<ol>
    <li><a href="#overview">At a glance</a></li>
    ${posts.map(({ folder, article }) => html`<li><a href="#${anchor(folder)}">${short(article.title, 80)}</a></li>`)}
  </ol>`;
}
