/** An application of one database: profiles that people log in with, and the log in which each login leaves a line. */
import type { DuckDB, Engine, LogLines, Postgres, Row, Stored, Transaction } from "#lab";
import { createLogTable } from "#lab";
import { USERS } from "./_users.ts";

/** Postgres with all that the application has: its profiles and a log of so many lines, which may be in the making. */
export const application = (rows: number, lines: Promise<LogLines>): Stored<Postgres> => ({
  name: `logins-${rows}`,
  changes: true,
  async fill(server) {
    await createLogTable(server);
    await server.load("logs", (await lines).path);
    await server.query("ALTER TABLE logs ADD PRIMARY KEY (id)");
    await server.query(`CREATE SEQUENCE log_ids START ${rows + 1}`);
    await server.query(
      `CREATE TABLE profiles (id integer PRIMARY KEY, mail text NOT NULL UNIQUE, secret bytea NOT NULL, preferences jsonb NOT NULL,
         logins integer NOT NULL, last_login timestamptz)`,
    );
    await server.query(
      `INSERT INTO profiles
       SELECT id, 'user' || id || '@example.org', sha256(('secret of ' || id)::bytea), '{"theme": "dark", "news": true}', 0, NULL
         FROM generate_series(1, ${USERS}) AS id`,
    );
    // What autovacuum would do a minute later, in the middle of a load.
    await server.query("VACUUM ANALYZE logs, profiles");
  },
});

/** The log alone, where its columns lie together. */
export const analytics = (rows: number, lines: Promise<LogLines>): Stored<DuckDB> => ({
  name: `logins-${rows}`,
  changes: true,
  async fill(engine) {
    await createLogTable(engine);
    await engine.load("logs", (await lines).path);
  },
});

/** What an analyst asks, in words that every engine understands alike; each reads the whole log. */
export const questions = [
  `SELECT service, level, count(*), sum(latency) FROM logs GROUP BY service, level ORDER BY service, level`,
  `SELECT "user", count(*) AS n FROM logs WHERE status >= 500 GROUP BY "user" ORDER BY n DESC, "user" LIMIT 10`,
  `SELECT date_part('hour', time) AS hour, count(*), max(latency) FROM logs GROUP BY hour ORDER BY hour`,
  `SELECT count(DISTINCT trace) FROM logs WHERE message LIKE '%time%'`,
] as const;

/** How many of these questions, one of them for instance, get another answer from one engine than from the other. */
export async function answeredOtherwise(
  one: Pick<Engine, "query">,
  other: Pick<Engine, "query">,
  asked: readonly string[] = questions,
): Promise<number> {
  let differ = 0;
  for (const question of asked) {
    const [left, right] = await Promise.all([one.query(question), other.query(question)]);
    if (JSON.stringify(left) !== JSON.stringify(right)) differ++;
  }
  return differ;
}

/** All lines behind so many, every value of each, in words that every engine understands alike. */
export const linesBehind = (rows: number): string =>
  `SELECT id, date_part('epoch', time), service, level, status, "user", latency, trace, message FROM logs WHERE id > ${rows} ORDER BY id`;

const COLUMNS = ["id", "time", "service", "level", "status", "user", "latency", "trace", "message"] as const;

/** The lines that transactions added to the log, as one statement for the column store; undefined if they added none. */
export function insertionOf(transactions: readonly Transaction[]): string | undefined {
  const rows = transactions.flatMap(({ changes }) =>
    changes.flatMap((it) => (it.kind === "insert" && it.table === "logs" ? [it.row] : [])),
  );
  if (rows.length === 0) return undefined;
  const line = (row: (typeof rows)[number]): string => COLUMNS.map((column) => literal(column, row[column] ?? null)).join(", ");
  return `INSERT INTO logs VALUES ${rows.map((row) => `(${line(row)})`).join(", ")}`;
}

/** Postgres writes a time with its zone, which is UTC; a column store's column has none. */
function literal(column: (typeof COLUMNS)[number], value: Row[number]): string {
  const text = String(value);
  if (column === "time") return `'${text.replace(/\+00$/, "")}'`;
  return typeof value === "string" ? `'${text.replaceAll("'", "''")}'` : text;
}
