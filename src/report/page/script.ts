import { createHash } from "node:crypto";
import { type Markup, trusted } from "./markup.ts";

/** Sets what the reader chose before anything is shown, so that nothing flashes. A page from disk may have no storage. */
const EARLY = `try{const t=localStorage.getItem("assay-theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`;

/**
 * Nothing but the page's own styles, inline images and, where it has them, its own scripts, each known by its hash: no network, no
 * frame, no form.
 */
export function policy(script: string | undefined): Markup {
  const hashes = script === undefined ? [] : [EARLY, script].map((it) => `'sha256-${createHash("sha256").update(it).digest("base64")}'`);
  const scripts = hashes.length === 0 ? "" : ` script-src ${hashes.join(" ")};`;
  return trusted(
    `default-src 'none';${scripts} style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`,
  );
}

export const earlyScript = (script: string | undefined): Markup => trusted(script === undefined ? "" : `<script>${EARLY}</script>`);

/** The script of the page, at its end. It must be safe to stand inside an element (see `bundle`). */
export const lateScript = (script: string | undefined): Markup => trusted(script === undefined ? "" : `<script>${script}</script>`);

/** Data for the script, which no browser runs. */
export const dataElement = (json: string): Markup => trusted(`<script type="application/json">${json}</script>`);
