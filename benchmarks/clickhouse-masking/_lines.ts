/** Lines to mask, in memory and in databases. */
import { logRecords, type Engine } from "#lab";
import { literal } from "./_expressions.ts";

/** Messages to work on; their lines are the same text however many messages a line holds. */
export const MESSAGES = 2_000;
/** Databases get the lines so many times over: what a statement costs beside its work is then some thousandths. */
const COPIES = 32;
const PER_STATEMENT = 500;

const made = new Map<number, readonly string[]>();

/** The messages of the log, so many to a line, with a bar between them that no pattern crosses. A process makes them once. */
export function linesOf(messages: number): readonly string[] {
  const all = made.get(1) ?? Array.from(logRecords(MESSAGES), ({ message }) => message);
  const joined = Array.from({ length: Math.ceil(all.length / messages) }, (_, at) =>
    all.slice(at * messages, (at + 1) * messages).join(" | "),
  );
  made.set(1, all);
  return joined;
}

/** The size of lines as UTF-8, in which all rates are counted. */
export const bytesIn = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);

/**
 * Puts the lines into a table of an engine. Each copy of a line ends in a number of its own: DuckDB stores a text that comes again but
 * once, and would also mask it once.
 */
export async function load(engine: Engine, lines: readonly string[]): Promise<void> {
  const types =
    engine.engine === "ClickHouse"
      ? "(id UInt32, copy UInt32, line String) ENGINE = MergeTree ORDER BY tuple()"
      : "(id INTEGER, copy INTEGER, line VARCHAR)";
  await engine.query(`CREATE TABLE lines ${types}`);
  for (let from = 0; from < lines.length; from += PER_STATEMENT) {
    const rows = lines.slice(from, from + PER_STATEMENT).map((line, at) => `(${from + at}, 0, ${literal(engine.engine, line)})`);
    await engine.query(`INSERT INTO lines VALUES ${rows.join(", ")}`);
  }
  const [copy, copies] = engine.engine === "ClickHouse" ? ["number + 1", `numbers(${COPIES - 1})`] : ["range + 1", `range(${COPIES - 1})`];
  await engine.query(
    `INSERT INTO lines SELECT id, ${copy}, concat(line, ' #', id, '/', ${copy}) FROM lines CROSS JOIN ${copies} AS copies`,
  );
}

/** Sums the lengths of an expression over all copies, or the first alone: in bytes, on one processor, and one number is sent. */
export async function lengthOf(engine: Engine, expression: string, copies: "all" | "first" = "all"): Promise<number> {
  const [length, settings] = engine.engine === "ClickHouse" ? ["length", "SETTINGS max_threads = 1"] : ["strlen", ""];
  const where = copies === "first" ? "WHERE copy = 0" : "";
  const [row] = await engine.query(`SELECT sum(${length}(${expression})) FROM lines ${where} ${settings}`);
  return Number(row![0]);
}

/** The lines themselves as an expression has them. */
export async function textsOf(engine: Engine, expression: string): Promise<readonly string[]> {
  const rows = await engine.query(`SELECT id, ${expression} AS text FROM lines WHERE copy = 0 ORDER BY id`);
  return rows.map(([, text]) => String(text));
}
