/** Three places that hold times: a real Postgres, the SQLite of the runtime (what phones have), and JSON (what document stores have). */
import type { Convention, Written } from "./_conventions.ts";
import { TABLE, tableInPostgres, tableInSqlite } from "./_tables.ts";

export interface Kept {
  /** What comes back, in the order in which it was given. */
  readonly back: readonly Written[];
  /** Positions of what was given, in the order into which the store sorts the times. */
  readonly sorted: readonly number[];
  /** Bytes that the store takes for each. */
  readonly bytes: number;
}

export type Keep = (written: readonly Written[], convention: Convention) => Promise<Kept>;

const AS_GIVEN = `SELECT at FROM ${TABLE} ORDER BY id`;
const BY_TIME = `SELECT id FROM ${TABLE} ORDER BY at, id`;

const inPostgres: Keep = async (written, convention) => {
  const engine = await tableInPostgres(written, convention);
  const back = await engine.query(AS_GIVEN);
  const sorted = await engine.query(BY_TIME);
  const [row] = await engine.query(`SELECT avg(pg_column_size(at))::float8 FROM ${TABLE}`);
  return { back: back.map(([it]) => it as Written), sorted: sorted.map(([id]) => id as number), bytes: row![0] as number };
};

const inSqlite: Keep = async (written, convention) => {
  using database = tableInSqlite(written, convention);
  const column = <T>(sql: string): T[] =>
    database
      .prepare(sql)
      .all()
      .map((row) => Object.values(row)[0] as T);
  // A whole number takes six bytes up to 2^47 and eight beyond it.
  const bytes = column<number>(`SELECT avg(iif(typeof(at) = 'integer', iif(abs(at) < 1 << 47, 6, 8), length(at))) FROM ${TABLE}`);
  return {
    back: column<Written>(AS_GIVEN),
    sorted: column<number>(BY_TIME),
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
