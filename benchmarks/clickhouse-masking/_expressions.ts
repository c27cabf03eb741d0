/** Masks as expressions of SQL, in the words of each engine. */
import type { Engine } from "#lab";
import { ONE_MARK, alternation, type Pattern } from "./_patterns.ts";

type Dialect = Engine["engine"];

/** A text as SQL writes it. ClickHouse reads backslashes in it, the other two do not. */
export function literal(dialect: Dialect, text: string): string {
  const escaped = dialect === "ClickHouse" ? text.replaceAll("\\", "\\\\") : text;
  return `'${escaped.replaceAll("'", "''")}'`;
}

function replaced(dialect: Dialect, text: string, source: string, mark: string): string {
  const [pattern, by] = [literal(dialect, source), literal(dialect, mark)];
  return dialect === "ClickHouse" ? `replaceRegexpAll(${text}, ${pattern}, ${by})` : `regexp_replace(${text}, ${pattern}, ${by}, 'g')`;
}

/** One call within the other, the first pattern innermost: as many walks over the text as there are patterns. */
export const chained = (dialect: Dialect, text: string, patterns: readonly Pattern[]): string =>
  patterns.reduce((inner, { source, mark }) => replaced(dialect, inner, source, mark), text);

/** One call for all patterns, and so one mark: a replacement can repeat what was found, but not depend on which pattern found it. */
export const inOneCall = (dialect: Dialect, text: string, patterns: readonly Pattern[]): string =>
  replaced(dialect, text, alternation(patterns), ONE_MARK);

/** Whether any of the patterns is found. */
export const found = (dialect: Dialect, text: string, patterns: readonly Pattern[]): string =>
  dialect === "ClickHouse"
    ? `match(${text}, ${literal(dialect, alternation(patterns))})`
    : dialect === "Postgres"
      ? `${text} ~ ${literal(dialect, alternation(patterns))}`
      : `regexp_matches(${text}, ${literal(dialect, alternation(patterns))})`;
