import type { Estimate } from "../model/verdict.ts";
import { metricWords, pointWords, quantity, range, short } from "./words.ts";

/**
 * The estimates of an experiment as tables. CSV is for programs: base units, one row an estimate, RFC 4180.
 * Markdown is for prose: units in words.
 */

/** Header and rows, lines ended by CRLF. One column for each parameter of the sweep, in order of appearance. */
export function csv(estimates: readonly Estimate[]): string {
  const parameters = [...new Set(estimates.flatMap(({ point }) => Object.keys(point)))];
  const header = ["experiment", "variant", ...parameters, "metric", "unit", "center", "low", "high", "n", "level"];
  const rows = estimates.map((it) => [
    it.experiment,
    it.variant,
    ...parameters.map((name) => it.point[name] ?? ""),
    it.metric,
    it.unit,
    it.center,
    it.low,
    it.high,
    it.n,
    it.level,
  ]);
  return [header, ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

/**
 * A cell that a spreadsheet reads as text whatever it begins with: a leading `=`, `+`, `-`, `@`, tab or return would make
 * it a formula, so an apostrophe goes before it. Numbers stay as they are; what is not finite is an empty cell.
 */
function csvCell(value: string | number | boolean): string {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const text = short(String(value), 1000);
  const plainNumber = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
  const safe = /^\s*[=+\-@\t\r]/.test(text) && !plainNumber ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table in GitHub's Markdown. */
export function markdown(estimates: readonly Estimate[], per?: string): string {
  const swept = estimates.some(({ point }) => Object.keys(point).length > 0);
  const header = ["variant", ...(swept ? ["at"] : []), "metric", "center", "interval", "n"];
  const align = header.map((name) => (["center", "interval", "n"].includes(name) ? "---:" : "---"));
  const rows = estimates.map((it) => {
    const center = quantity(it.center, it.unit, it.high - it.low);
    const ends = /\[.*\]/.exec(range(it, it.unit))?.[0] ?? "exact";
    return [it.variant, ...(swept ? [pointWords(it.point)] : []), metricWords(it.metric, per), center, ends, String(it.n)].map(
      markdownCell,
    );
  });
  return [header, align, ...rows].map((row) => `| ${row.join(" | ")} |\n`).join("");
}

/** Text that Markdown shows as it is: no markup, no HTML, no link, no end of the cell. */
export function markdownCell(text: string): string {
  return short(text.replace(/\s+/g, " ").trim(), 300)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]()#!|~]/g, "\\$&")
    .replace(/\b(https?|ftp|mailto|javascript|data):/gi, "$1&#58;")
    .replace(/@/g, "&#64;");
}
