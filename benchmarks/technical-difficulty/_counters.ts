/** Five ways to keep the number of visitors of a site, and the tables that they work on. All of them are one line of SQL to read. */
import type { Postgres, Stored } from "#lab";

export type Design = "one row" | "16 rows" | "estimate" | "cached" | "COUNT(*)";

/** Rows over which the sharded counter spreads its visits. */
export const SHARDS = 16;

/** Names of the tables that hold so many visits: several sizes share a server. */
const tables = (rows: number) => ({ visits: `visits_${rows}`, total: `total_${rows}`, parts: `parts_${rows}` });

/** The question that brings the number, as one statement. *Cached* asks what COUNT(*) asks, only less often. */
export function questionOf(design: Design, rows: number): string {
  const { visits, total, parts } = tables(rows);
  switch (design) {
    case "one row":
      return `SELECT visitors FROM ${total}`;
    case "16 rows":
      return `SELECT sum(visitors)::bigint FROM ${parts}`;
    case "estimate":
      return `SELECT reltuples::bigint FROM pg_class WHERE oid = '${visits}'::regclass`;
    case "cached":
    case "COUNT(*)":
      return `SELECT count(*) FROM ${visits}`;
  }
}

/**
 * What a visit writes: itself, and the counter where there is one. Sent as one message, which Postgres runs as one transaction, so that a
 * row of the counter is locked for as short as it can be: from its update to the end of the commit.
 * @param index number of the visit; visits take the shards in turn.
 */
export function visitOf(design: Design, rows: number, index: number): string {
  const { visits, total, parts } = tables(rows);
  const visit = `INSERT INTO ${visits} (visitor, page) VALUES (${index}, ${index % 100})`;
  if (design === "one row") return `${visit}; UPDATE ${total} SET visitors = visitors + 1`;
  if (design === "16 rows") return `${visit}; UPDATE ${parts} SET visitors = visitors + 1 WHERE shard = ${index % SHARDS}`;
  return visit;
}

/** `unlogged` tables are read as all others are; what is written to them does not wait for a disk, and their stores are half as large. */
export type Durability = "logged" | "unlogged";

/** How many of so many visits a shard holds, as an expression over `shard`. */
const inShard = (rows: number): string => `${Math.floor(rows / SHARDS)} + (shard < ${rows % SHARDS})::int`;

/** The statements that take back what was recorded since the tables were made. */
export function restoring(rows: number): readonly string[] {
  const { visits, total, parts } = tables(rows);
  return [
    `DELETE FROM ${visits} WHERE id > ${rows}`,
    `UPDATE ${total} SET visitors = ${rows}`,
    `UPDATE ${parts} SET visitors = ${inShard(rows)}`,
    `VACUUM ${visits}, ${total}, ${parts}`,
  ];
}

/**
 * The statements that make the tables with so many visits in them, ten milliseconds apart, counted in each of the ways. Nothing but the
 * load works on them: they are vacuumed here, and autovacuum leaves them alone. ANALYZE would note what it makes of a sample, so VACUUM,
 * which reads every page, comes after it.
 */
export function tablesOf(rows: number, durability: Durability): readonly string[] {
  // As a column of a subquery the numbers are made one by one; as a table they would all be kept first.
  const numbers = `(SELECT generate_series(1::bigint, ${rows}) AS n) AS numbers`;
  const { visits, total, parts } = tables(rows);
  const create = durability === "unlogged" ? "CREATE UNLOGGED TABLE" : "CREATE TABLE";
  return [
    `${create} ${visits} (id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL DEFAULT now(),
       visitor integer NOT NULL, page smallint NOT NULL) WITH (autovacuum_enabled = off)`,
    `${create} ${total} (visitors bigint NOT NULL) WITH (autovacuum_enabled = off)`,
    `${create} ${parts} (shard smallint PRIMARY KEY, visitors bigint NOT NULL) WITH (autovacuum_enabled = off)`,
    // To ask the sequence for every id would take half as long again.
    `INSERT INTO ${visits} (id, at, visitor, page) OVERRIDING SYSTEM VALUE
       SELECT n, timestamptz '2026-01-01 00:00Z' + n * interval '10 ms', n * 7919 % 1000003, n % 100 FROM ${numbers}`,
    `ALTER TABLE ${visits} ALTER COLUMN id RESTART WITH ${rows + 1}`,
    // An index on rows that are there already is made in half the time.
    `ALTER TABLE ${visits} ADD PRIMARY KEY (id)`,
    `INSERT INTO ${total} VALUES (${rows})`,
    `INSERT INTO ${parts} SELECT shard, ${inShard(rows)} FROM generate_series(0, ${SHARDS - 1}) AS shard`,
    ...Object.values(tables(rows)).flatMap((table) => [`ANALYZE ${table}`, `VACUUM (DISABLE_PAGE_SKIPPING) ${table}`]),
  ];
}

/** The sizes that one server holds; what is larger has a server of its own, so that quick effort need not make it. */
const TOGETHER = [100, 1_000, 10_000, 100_000, 1_000_000];
/** Seconds that the largest table may take to be made. */
const FILLING = 240;

/** Whether a server holds these visits beside others, and each use of it is a copy. What is larger must be left as it was found. */
export const copied = (rows: number): boolean => rows <= TOGETHER.at(-1)!;

/** A server with these visits. */
export function stored(rows: number, durability: Durability): Stored<Postgres> {
  const sizes = TOGETHER.includes(rows) ? TOGETHER : [rows];
  const fill = async (server: Postgres): Promise<void> => {
    for (const size of sizes) {
      for (const statement of tablesOf(size, durability)) await server.query(statement, { timeout: FILLING });
    }
  };
  return { name: `${durability}-visits-${sizes.at(-1)}`, fill, changes: copied(rows) };
}
