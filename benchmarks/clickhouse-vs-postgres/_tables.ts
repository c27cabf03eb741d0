/**
 * The log in five tables: the same rows in Postgres without an index, with five B-trees and with a BRIN, in ClickHouse and in DuckDB.
 *
 * The five are what people search a log by: id, time, service and time, level and time, trace. The indexed tables have *grown*: half of
 * their rows were there when the indexes were made and the other half came through them. An index that is made over finished rows is
 * packed as it will never be again, and would flatter whoever is asked how large it is.
 */
import { clickhouse, createLogTable, duckdb, logLines, postgres, type ClickHouse, type Engine, type LogLines, type Stored } from "#lab";

export type Table = "no index" | "5 B-trees" | "BRIN" | "ClickHouse" | "DuckDB";

export const BTREES = ["id", "time", "service, time", "level, time", "trace"] as const;

const indexes: { readonly [T in Table]?: readonly string[] } = {
  "5 B-trees": BTREES.map((columns) => `(${columns})`),
  BRIN: ["USING brin (time)"],
};

/**
 * Starts the engine of a table that holds the first so many rows of the log, at rest: vacuumed and analysed, or merged to one part.
 * @param changes whether rows will be added.
 */
export function holding(table: Table, rows: number, { changes = false } = {}): Promise<Engine> {
  const name = `logs-${rows}-${table.toLowerCase().replaceAll(/\W+/g, "-")}`;
  const lines = linesOf(rows);
  if (table === "ClickHouse") return clickhouse({ stored: { name, changes, fill: merged(lines) } });
  if (table === "DuckDB") return duckdb({ stored: { name, changes, fill: loaded(lines) } });
  return postgres({ stored: { name, changes, fill: grown(lines, indexes[table] ?? []) } });
}

/**
 * Starts a Postgres and loads the same table into it anew. What is asked once, as everything is that is counted, takes twice as long from
 * a store: it would be filled, closed, copied and started again for a single use.
 */
export async function loadedOnce(table: Exclude<Table, "ClickHouse" | "DuckDB">, rows: number): Promise<Engine> {
  const lines = linesOf(rows);
  const engine = await postgres();
  try {
    await grown(lines, indexes[table] ?? [])(engine);
  } catch (error) {
    await Promise.resolve(engine[Symbol.asyncDispose]()).catch(() => {});
    throw error;
  }
  return engine;
}

/** The rows, which are made while the engine starts. */
function linesOf(rows: number): Promise<LogLines> {
  const lines = logLines(rows);
  // Whoever loads them hears of what went wrong; where they are loaded already, nobody does.
  lines.catch(() => {});
  return lines;
}

type Fill = Stored<Engine>["fill"];

const loaded =
  (lines: Promise<LogLines>): Fill =>
  async (engine) => {
    await createLogTable(engine);
    await engine.load("logs", (await lines).path);
  };

const merged =
  (lines: Promise<LogLines>) =>
  async (engine: ClickHouse): Promise<void> => {
    await loaded(lines)(engine);
    await engine.settle("logs");
  };

/** Seconds for a statement that goes over all rows; a trial has a time-out of its own. */
const LONG = { timeout: 1_800 };

function grown(lines: Promise<LogLines>, on: readonly string[]): Fill {
  return async (engine) => {
    if (on.length === 0) await loaded(lines)(engine);
    else {
      const { path, rows } = await lines;
      await createLogTable(engine);
      // Where the rows wait for their turn is no part of the log's table, and need not outlive a crash.
      await createLogTable(engine, "arrived");
      await engine.query("ALTER TABLE arrived SET UNLOGGED");
      await engine.load("arrived", path);
      await engine.query(`INSERT INTO logs SELECT * FROM arrived WHERE id <= ${rows / 2} ORDER BY id`, LONG);
      for (const columns of on) await engine.query(`CREATE INDEX ON logs ${columns}`, LONG);
      await engine.query(`INSERT INTO logs SELECT * FROM arrived WHERE id > ${rows / 2} ORDER BY id`, LONG);
      await engine.query("DROP TABLE arrived");
    }
    await engine.query("VACUUM ANALYZE logs", LONG);
  };
}
