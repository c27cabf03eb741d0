import { html, type Markup } from "./markup.ts";
import { tokens } from "./tokens.ts";

/** What a benchmark file says and shows, taken apart without running it. */
export interface Listing {
  /** The first documentation comment, as prose; without the paragraph that is `fooled`. */
  readonly prose: string;
  /** What it says under "How you could be fooled", a way each; empty where it does not. */
  readonly fooled: readonly string[];
  /** The lines that define the variants; empty where they cannot be told. */
  readonly variants: string;
  /** The whole file. */
  readonly whole: string;
  /** The file without its first documentation comment, in whose place a line says where it is told. */
  readonly rest: string;
}

export function listingOf(source: string): Listing {
  const whole = source.replace(/\r\n?/g, "\n").slice(0, 200_000);
  const paragraphs = docstring(whole).split(/\n\s*\n/);
  const fooled = paragraphs.filter((it) => FOOLED.test(it));
  const prose = paragraphs.filter((it) => !FOOLED.test(it)).join("\n\n");
  return { prose, fooled: fooled.flatMap(waysOf), variants: variantsOf(whole), whole, rest: whole.replace(DOCSTRING, TOLD) };
}

/** Stands in the place of the comment that begins a file. */
const TOLD = "/* The comment that begins this file stands above as prose. */";

const DOCSTRING = /^\s*\/\*\*([\s\S]*?)\*\//;
const FOOLED = /^How you could be fooled:?\s+/;

/** `by this (and why not here); by that; and by a third` → a sentence each. What is written otherwise stays whole. */
function waysOf(paragraph: string): string[] {
  const text = paragraph.replace(FOOLED, "").replace(/\s+/g, " ");
  const parts = text.split(/;\s(?:and\s)?(?=by\s)/);
  const isBalanced = (it: string): boolean => it.split("(").length === it.split(")").length;
  const ways = parts.every(isBalanced) ? parts : [text];
  return ways.map((it) => it.charAt(0).toUpperCase() + it.slice(1) + (/[.!?)]$/.test(it) && !it.endsWith(")") ? "" : "."));
}

function docstring(source: string): string {
  const [, comment = ""] = DOCSTRING.exec(source) ?? [];
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trim())
    .join("\n")
    .trim();
}

/** The property `variants` (or its shorthand) with its whole block, cut out by counting brackets outside strings and comments. */
function variantsOf(source: string): string {
  const all = tokens(source);
  let offset = 0;
  let start = -1;
  let depth = 0;
  for (const { kind, text } of all) {
    if (kind === "plain" || kind === "keyword") {
      if (start < 0) {
        const [match] = [/(^|[\s{,])variants\s*:\s*\{/.exec(text)];
        if (match) start = offset + match.index + match[1]!.length;
      }
      if (start >= 0) {
        for (let index = Math.max(0, start - offset); index < text.length; index++) {
          if ("({[".includes(text[index]!)) depth++;
          else if (")}]".includes(text[index]!) && --depth === 0) return outdented(source, start, offset + index + 1);
        }
      }
    }
    offset += text.length;
  }
  return "";
}

function outdented(source: string, start: number, end: number): string {
  const from = source.lastIndexOf("\n", start) + 1;
  const lines = source.slice(from, end).split("\n");
  const indent = /^\s*/.exec(lines[0]!)![0].length;
  return lines.map((line) => (line.slice(0, indent).trim() === "" ? line.slice(indent) : line)).join("\n");
}

/** Code as it is; the script of the page colours it when it is seen. */
export const code = (source: string): Markup => html`<pre class="code" tabindex="0"><code>${source}</code></pre>`;
