import { html, type Markup, trusted } from "./markup.ts";
import { earlyScript, policy } from "./script.ts";

/** The head of a document: no network, both themes, no referrer. `more` may add to it. */
export function head(title: string, stylesheet: string, script: string | undefined, more?: Markup): Markup {
  return html`<head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy(script)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="referrer" content="no-referrer" />
    ${more}
    <title>${title}</title>
    ${earlyScript(script)}
    <style>
      ${trusted(stylesheet)}
    </style>
  </head>`;
}
