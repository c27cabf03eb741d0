import { visible } from "../words.ts";

/** Text that GitHub's Markdown shows as it is, on one line: no markup, no HTML, no link, no mention, no end of a cell. */
export function literal(text: string): string {
  return visible(text.replace(/\s+/g, " ").trim())
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]()#!|~$]/g, "\\$&")
    .replace(/\b(https?|ftp|mailto|javascript|data|xmpp):/gi, "$1&#58;")
    .replace(/\bwww\./gi, "www&#46;")
    .replace(/@/g, "&#64;");
}

/** Our own sentence with code in backticks, for Markdown: what is in backticks becomes code, the rest is shown as it is. */
export const withCode = (text: string): string =>
  text
    .split(/(`[^`\n]+`)/)
    .map((part) => (/^`.+`$/.test(part) ? part : spaced(part)))
    .join("");

/** Literal text that keeps the spaces at its ends. */
const spaced = (text: string): string => `${/^\s/.test(text) ? " " : ""}${literal(text)}${/\S\s+$/.test(text) ? " " : ""}`;

/** Lines as a block of code, with a fence longer than any run of backticks in them. */
export function fenced(lines: readonly string[], language = ""): string[] {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map(({ length }) => length);
  const fence = "`".repeat(runs.reduce((most, length) => Math.max(most, length + 1), 3));
  return [fence + language, ...lines, fence];
}

/** A word that a POSIX shell takes as it is written. */
export const shellWord = (word: string): string =>
  /^[\w./@^~:+-]+$/.test(word) ? word : `'${visible(word).replaceAll("'", String.raw`'\''`)}'`;
