/** A table of times, each under the number of its place: in a real Postgres, and in the SQLite of the runtime. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { postgres, privateDirectory, type Postgres } from "#lab";
import type { Convention, Written } from "./_conventions.ts";

/** Name of the table; its columns are `id` and `at`. */
export const TABLE = "times";

let server: Promise<Postgres> | undefined;

/** In a server that all of this process share, and that goes with it: the table of before is gone. */
export async function tableInPostgres(written: readonly Written[], { type }: Convention): Promise<Postgres> {
  const engine = await (server ??= postgres());
  await engine.query(`DROP TABLE IF EXISTS ${TABLE}; CREATE TABLE ${TABLE} (id integer NOT NULL, at ${type} NOT NULL)`);
  await using directory = await privateDirectory();
  const lines = join(directory.directory, `${TABLE}.tsv`);
  await writeFile(lines, written.map((it, id) => `${id}\t${it}\n`).join(""));
  await engine.load(TABLE, lines);
  return engine;
}

/** In a database of its own, in memory; whoever asks for it closes it. */
export function tableInSqlite(written: readonly Written[], { type }: Convention): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  database.exec(`CREATE TABLE ${TABLE} (id INTEGER PRIMARY KEY, at ${type === "bigint" ? "INTEGER" : "TEXT"} NOT NULL); BEGIN`);
  const insert = database.prepare(`INSERT INTO ${TABLE} VALUES (?, ?)`);
  for (const [id, it] of written.entries()) insert.run(id, it);
  database.exec("COMMIT");
  return database;
}
