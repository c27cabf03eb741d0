/** Three places that hold times: a real Postgres, the SQLite of the runtime (what phones have), and JSON (what document stores have). */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { postgres, privateDirectory, type Postgres } from "#lab";
import type { Convention, Written } from "./_conventions.ts";

export interface Kept {
  /** What comes back, in the order in which it was given. */
  readonly back: readonly Written[];
  /** Positions of what was given, in the order into which the store sorts the times. */
  readonly sorted: readonly number[];
  /** Bytes that the store takes for each. */
  readonly bytes: number;
}

export type Keep = (written: readonly Written[], convention: Convention) => Promise<Kept>;

let server: Promise<Postgres> | undefined;

const inPostgres: Keep = async (written, { type }) => {
  // One server for all stories of this process; it goes with the process.
  const engine = await (server ??= postgres());
  await engine.query(`DROP TABLE IF EXISTS times; CREATE TABLE times (id integer NOT NULL, at ${type} NOT NULL)`);
  await using directory = await privateDirectory();
  const lines = join(directory.directory, "times.tsv");
  await writeFile(lines, written.map((it, id) => `${id}\t${it}\n`).join(""));
  await engine.load("times", lines);
  const back = await engine.query("SELECT at FROM times ORDER BY id");
  const sorted = await engine.query("SELECT id FROM times ORDER BY at, id");
  const [row] = await engine.query("SELECT avg(pg_column_size(at))::float8 FROM times");
  return { back: back.map(([it]) => it as Written), sorted: sorted.map(([id]) => id as number), bytes: row![0] as number };
};

const inSqlite: Keep = async (written, { type }) => {
  using database = new DatabaseSync(":memory:");
  database.exec(`CREATE TABLE times (id INTEGER PRIMARY KEY, at ${type === "bigint" ? "INTEGER" : "TEXT"} NOT NULL); BEGIN`);
  const insert = database.prepare("INSERT INTO times VALUES (?, ?)");
  for (const [id, it] of written.entries()) insert.run(id, it);
  database.exec("COMMIT");
  const column = <T>(sql: string): T[] =>
    database
      .prepare(sql)
      .all()
      .map((row) => Object.values(row)[0] as T);
  // A whole number takes six bytes up to 2^47 and eight beyond it.
  const bytes = column<number>("SELECT avg(iif(typeof(at) = 'integer', iif(abs(at) < 1 << 47, 6, 8), length(at))) FROM times");
  return {
    back: column<Written>("SELECT at FROM times ORDER BY id"),
    sorted: column<number>("SELECT id FROM times ORDER BY at, id"),
    bytes: bytes[0]!,
  };
};

const inJson: Keep = async (written) => {
  const text = JSON.stringify(written);
  const back = JSON.parse(text) as Written[];
  const sorted = back
    .keys()
    .toArray()
    .toSorted((one, other) => (back[one]! < back[other]! ? -1 : back[one]! > back[other]! ? 1 : one - other));
  return { back, sorted, bytes: text.length / written.length };
};

export const stores = { Postgres: inPostgres, SQLite: inSqlite, JSON: inJson } as const satisfies Record<string, Keep>;

export type StoreName = keyof typeof stores;
