/** Four databases that are asked what they read. Each is filled with the same table and is opened anew for every question, so it reads from its file. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  clickhouse,
  duckdb,
  postgres,
  privateDirectory,
  ServiceUnavailable,
  type ClickHouse,
  type DuckDB,
  type Engine,
  type Postgres,
  type Stored,
} from "#lab";
import type { Shape } from "./_layouts.ts";
import { columnsOf, oneColumn, oneEntity, valuesOf } from "./_wide-table.ts";

/** What a store answered, and the bytes that it read for it from its file or, where it has one, its cache of the file. */
export interface Answer {
  readonly values: readonly unknown[];
  readonly read: number;
}

export interface Product extends AsyncDisposable {
  entity(): Promise<Answer>;
  /** `stored` is asked for afterwards: bytes that the table takes, without indexes where the store tells them apart. */
  column(): Promise<Answer & { readonly stored: number }>;
}

interface Held<E extends Engine> {
  readonly start: (options: { readonly stored: Stored<E> }) => Promise<E>;
  readonly fill: (engine: E) => Promise<void>;
  /** Bytes read so far. */
  readonly read: (engine: E) => Promise<number>;
  /** Takes from a difference of two such numbers what was not read from the database. */
  readonly counted?: (bytes: number) => number;
}

function ofEngine<E extends Engine>(shape: Shape, { start, fill, read, counted = (bytes) => bytes }: Held<E>): Product {
  const stored: Stored<E> = { name: `wide-${shape.rows}-${shape.columns}`, fill };
  const ask = async (engine: E, question: string): Promise<Answer> => {
    // Connects, and learns what the table looks like.
    await engine.query("SELECT 1 FROM wide LIMIT 0");
    const before = await read(engine);
    const [values = []] = await engine.query(question);
    return { values, read: counted((await read(engine)) - before) };
  };
  return {
    entity: async () => {
      await using engine = await start({ stored });
      return await ask(engine, oneEntity(shape));
    },
    column: async () => {
      await using engine = await start({ stored });
      const answer = await ask(engine, oneColumn);
      return { ...answer, stored: (await engine.size("wide")).table };
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** Counts the pages that it took from its cache as well, since nobody asks the system for those. */
export const inPostgres = (shape: Shape): Product =>
  ofEngine<Postgres>(shape, {
    start: postgres,
    async fill(engine) {
      await engine.query(`CREATE TABLE wide (id integer PRIMARY KEY, ${columnsOf(shape, "integer")})`);
      await engine.query(`INSERT INTO wide SELECT id, ${valuesOf(shape)} FROM generate_series(1::bigint, ${shape.rows}) AS id`);
      // Left to itself the server would do so at a moment of its own, and what it reads for that would count.
      await engine.query("VACUUM (ANALYZE) wide");
    },
    async read(engine) {
      await engine.query("SELECT pg_stat_force_next_flush()");
      const [row] = await engine.query(
        `SELECT (heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit) * current_setting('block_size')::integer
         FROM pg_statio_user_tables WHERE relname = 'wide' AND schemaname = current_schema()`,
      );
      return row![0] as number;
    },
  });

export const inDuckDB = (shape: Shape): Product =>
  ofEngine<DuckDB>(shape, {
    start: duckdb,
    async fill(engine) {
      await engine.query(`CREATE TABLE wide (id INTEGER PRIMARY KEY, ${columnsOf(shape, "INTEGER")})`);
      await engine.query(`INSERT INTO wide SELECT id, ${valuesOf(shape)} FROM range(1, ${shape.rows + 1}) AS ids(id)`);
    },
    read: async () => readByProcess(),
    counted: inWholePages,
  });

export const inClickHouse = (shape: Shape): Product =>
  ofEngine<ClickHouse>(shape, {
    start: clickhouse,
    async fill(engine) {
      await engine.query(`CREATE TABLE wide (id UInt32, ${columnsOf(shape, "Int32")}) ENGINE = MergeTree ORDER BY id`);
      await engine.query(`INSERT INTO wide SELECT id, ${valuesOf(shape)} FROM (SELECT number + 1 AS id FROM numbers(${shape.rows}))`);
      await engine.settle("wide");
    },
    // Of the whole engine: on a server of the reader's own, what others ask at that moment is in it.
    read: async (engine) =>
      (await engine.query("SELECT sum(value) FROM system.events WHERE event = 'ReadCompressedBytes'"))[0]![0] as number,
  });

export async function inSQLite(shape: Shape): Promise<Product> {
  const { DatabaseSync } = await import("node:sqlite");
  const folder = await privateDirectory();
  const database = new DatabaseSync(join(folder.directory, "wide.db"));
  try {
    database.exec("PRAGMA synchronous = OFF");
    database.exec(`CREATE TABLE wide (id INTEGER PRIMARY KEY, ${columnsOf(shape, "INTEGER")})`);
    database.exec(
      `INSERT INTO wide WITH RECURSIVE ids(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM ids WHERE id < ${shape.rows}) SELECT id, ${valuesOf(shape)} FROM ids`,
    );
  } catch (error) {
    database.close();
    await folder[Symbol.asyncDispose]();
    throw error;
  }
  const ask = (question: string): Answer => {
    const asked = database.prepare(question);
    // As if it had just been opened: its cache is given back.
    database.exec("PRAGMA shrink_memory");
    const before = readByProcess();
    const values = Object.values(asked.get() ?? {});
    return { values, read: inWholePages(readByProcess() - before) };
  };
  const pragma = (name: string): number => Number(Object.values(database.prepare(`PRAGMA ${name}`).get()!)[0]);
  return {
    entity: async () => ask(oneEntity(shape)),
    column: async () => ({ ...ask(oneColumn), stored: pragma("page_count") * pragma("page_size") }),
    [Symbol.asyncDispose]: async () => {
      database.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const PAGE = 4096;

/** To ask how much was read, and to wake another thread, is to read as well: a few hundred bytes, where databases read pages. */
const inWholePages = (bytes: number): number => Math.floor(bytes / PAGE) * PAGE;

/**
 * Bytes that this process has asked the system for so far.
 * @throws {ServiceUnavailable} the system does not tell.
 */
function readByProcess(): number {
  try {
    const told = /^rchar: (\d+)/m.exec(readFileSync("/proc/self/io", "utf8"));
    if (told) return Number(told[1]);
  } catch {
    // Said below.
  }
  throw new ServiceUnavailable("it needs a system that tells how much a process has read, and this one does not");
}
