import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { DuckDB } from "../duckdb.ts";
import { ServiceFailed } from "../failed.ts";
import { named, quoted } from "../names.ts";

const BACKSLASH = "\\".charCodeAt(0);
/** Nothing is guessed from the first lines: a line is fields between tabs, a field of \N is null, an empty one is an empty text. */
const LINES = { delim: "'\t'", header: "false", quote: "''", escape: "''", nullstr: "'\\N'", new_line: "'\\n'", compression: "'none'" };

/**
 * Loads tab-separated lines. DuckDB reads them as CSV, which knows no escapes: where a file holds a backslash, its texts are unescaped
 * (`\\`, `\t`, `\n`, `\r`) as they are read, which takes longer.
 */
export function loading(query: DuckDB["query"]): DuckDB["load"] {
  return async (table, lines) => {
    const from = quoted(literal(resolve(lines)));
    const given = Object.entries(LINES);
    if (!(await holdsBackslash(lines))) {
      const options = given.map(([name, value]) => `${name} ${value}`).join(", ");
      await query(`COPY ${named(table)} FROM ${from} (FORMAT csv, AUTO_DETECT false, ${options})`, { timeout: 0 });
      return;
    }
    const columns = await query(
      `SELECT column_name, data_type FROM information_schema.columns
        WHERE table_catalog = current_database() AND table_schema = current_schema() AND table_name = ${quoted(named(table))}
        ORDER BY ordinal_position`,
    );
    if (columns.length === 0) throw new ServiceFailed(`DuckDB failed: Table ${table} does not exist`);
    const types = columns.map(([name, type]) => `${quoted(String(name))}: ${quoted(String(type))}`).join(", ");
    const values = columns.map(([name, type]) => (type === "VARCHAR" ? unescaped(identifier(name)) : identifier(name))).join(", ");
    const options = given.map(([name, value]) => `${name} = ${value}`).join(", ");
    await query(`INSERT INTO ${table} SELECT ${values} FROM read_csv(${from}, auto_detect = false, columns = {${types}}, ${options})`, {
      timeout: 0,
    });
  };
}

const identifier = (name: unknown): string => `"${String(name).replaceAll('"', '""')}"`;

/** A path that the engine takes for a pattern stands for itself. */
const literal = (path: string): string => path.replaceAll(/[*?[]/g, "[$&]");

/** What stands between two escaped backslashes holds only those of other escapes. */
function unescaped(column: string): string {
  const part = `replace(replace(replace(part, '\\t', chr(9)), '\\n', chr(10)), '\\r', chr(13))`;
  const checked = `CASE WHEN contains(${part}, '\\') THEN error('a text holds an escape other than \\\\, \\t, \\n and \\r') ELSE ${part} END`;
  return `array_to_string(list_transform(string_split(${column}, '\\\\'), lambda part: ${checked}), '\\')`;
}

/** Whether there is anything to unescape, a null of `\N` included: it costs little beside reading the lines as texts to be looked through. */
async function holdsBackslash(lines: string): Promise<boolean> {
  try {
    for await (const chunk of createReadStream(lines, { highWaterMark: 1 << 20 })) if ((chunk as Buffer).includes(BACKSLASH)) return true;
    return false;
  } catch (error) {
    throw new ServiceFailed(`the file of lines cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
