/**
 * HTML that is safe by construction: everything put into a template is escaped, unless it came out of one.
 * Records and articles are written by others; nothing of theirs may become markup.
 */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Content = string | number | Markup | undefined | false | readonly Content[];

/** `html\`<p>${words}</p>\``. Lists are joined; `undefined` and `false` vanish; indentation does, which a browser would not show. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const { texts, inTag } = templateOf(parts);
  return new Markup(texts.reduce((text, part, index) => text + write(contents[index - 1], inTag[index - 1]!) + part));
}

function write(content: Content, inTag: boolean): string {
  if (content === undefined || content === false) return "";
  if (content instanceof Markup) return inTag ? content.text.replace(/"/g, "&quot;") : content.text;
  if (typeof content === "string" || typeof content === "number") return inTag ? escapeHtml(String(content)) : escapeText(String(content));
  return content.map((it) => write(it, inTag)).join("");
}

interface Template {
  readonly texts: readonly string[];
  /** Whether what follows each text stands in a tag, and so in an attribute; attributes here have double quotation marks. */
  readonly inTag: readonly boolean[];
}

const templates = new WeakMap<TemplateStringsArray, Template>();

function templateOf(parts: TemplateStringsArray): Template {
  const known = templates.get(parts);
  if (known) return known;
  let [inside, quote] = [false, ""];
  const inTag = parts.map((part) => {
    for (const sign of part) {
      if (quote !== "") quote = sign === quote ? "" : quote;
      else if (!inside) inside = sign === "<";
      else if (sign === ">") inside = false;
      else if (sign === '"' || sign === "'") quote = sign;
    }
    return inside;
  });
  const made = { texts: parts.map((part) => part.replace(/\s*\n\s*/g, "\n")), inTag };
  templates.set(parts, made);
  return made;
}

/** Longer texts than this are nobody's prose. */
const LONGEST = 200_000;

/** Text for element content and quoted attributes alike; characters that no document may hold are dropped. */
export function escapeHtml(text: string): string {
  return escapeText(text).replace(/"/g, "&quot;").replace(/'/g, "&#39;");
}

/** Text for element content alone, where a quotation mark ends nothing. */
function escapeText(text: string): string {
  return (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}

/** Markup that we made ourselves and know to be sound. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** An id for an anchor: lower-case letters, digits and hyphens. */
export function anchor(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 100);
}

/** A link to a web page; an address that is none (`javascript:`) is shown as its text alone. */
export function link(url: string | undefined | null, text: string): Markup {
  return typeof url === "string" && /^https?:\/\//i.test(url) ? html`<a href="${url}" rel="noreferrer">${text}</a>` : html`${text}`;
}

/** Prose of a comment or a remedy: blank lines part paragraphs, backticks mark code, asterisks emphasis. */
export function prose(text: string): Markup {
  const paragraphs = text
    .trim()
    .split(/\n\s*\n/)
    .filter((it) => it.trim() !== "");
  return html`${paragraphs.map((it) => html`<p>${inline(it)}</p>`)}`;
}

/** One paragraph's worth of prose: backticks mark code, asterisks emphasis. */
export function inline(text: string): Markup {
  const marked = text.split(/(`[^`\n]+`|(?<![\w*])\*[^*\s](?:[^*]*[^*\s])?\*(?![\w*]))/);
  return html`${marked.map((part) => {
    if (/^`.+`$/.test(part)) return html`<code>${part.slice(1, -1)}</code>`;
    return /^\*[^*]+\*$/.test(part) ? html`<em>${part.slice(1, -1)}</em>` : part;
  })}`;
}
