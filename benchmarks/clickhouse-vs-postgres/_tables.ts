/**
 * The log in five tables: the same rows in Postgres without an index, with five B-trees and with a BRIN, in ClickHouse and in DuckDB.
 *
 * The five are what people search a log by: id, time, service and time, level and time, trace. The indexed tables have *grown*: half of
 * their rows were there when the indexes were made and the other half came through them. An index that is made over finished rows is
 * packed as it will never be again, and would flatter whoever is asked how large it is.
 */
import { clickhouse, createLogTable, duckdb, logLines, postgres, type ClickHouse, type Engine, type Stored } from "#lab";

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
  if (table === "ClickHouse") return clickhouse({ stored: { name, changes, fill: merged(rows) } });
  if (table === "DuckDB") return duckdb({ stored: { name, changes, fill: loaded(rows) } });
  return postgres({ stored: { name, changes, fill: grown(rows, indexes[table] ?? []) } });
}

type Fill = Stored<Engine>["fill"];

const loaded =
  (rows: number): Fill =>
  async (engine) => {
    await createLogTable(engine);
    await engine.load("logs", (await logLines(rows)).path);
  };

const merged =
  (rows: number) =>
  async (engine: ClickHouse): Promise<void> => {
    await loaded(rows)(engine);
    await engine.settle("logs");
  };

/** Seconds for a statement that goes over all rows; a trial has a time-out of its own. */
const LONG = { timeout: 1_800 };

function grown(rows: number, on: readonly string[]): Fill {
  return async (engine) => {
    await loaded(rows)(engine);
    if (on.length > 0) {
      await engine.query("ALTER TABLE logs RENAME TO arrived");
      await createLogTable(engine);
      await engine.query(`INSERT INTO logs SELECT * FROM arrived WHERE id <= ${rows / 2} ORDER BY id`, LONG);
      for (const columns of on) await engine.query(`CREATE INDEX ON logs ${columns}`, LONG);
      await engine.query(`INSERT INTO logs SELECT * FROM arrived WHERE id > ${rows / 2} ORDER BY id`, LONG);
      await engine.query("DROP TABLE arrived");
    }
    await engine.query("VACUUM ANALYZE logs", LONG);
  };
}
