/**
 * Jobs on a Postgres queue, and the books that are kept of them.
 *
 * A job has two effects, a charge and a receipt, each a row in `effects`. They stand for other systems (a bank, a mail server), so no
 * transaction spans them. `accepted` is the customers' notebook: which jobs they were told are taken care of. `taken` tells which worker
 * had which job. `_fates.ts` reads the books.
 */
import type pg from "pg";
import type { Postgres } from "#lab";

/** What a design does about its jobs, each line one remedy more than ordinary code has. */
export interface Design {
  /** Where a job is while it is done: in the worker's memory, nowhere but there (deleted first), or in the queue, lent for a while. */
  readonly keeps: "in memory" | "nowhere" | "lent" | "with pg-boss";
  /** Orderly shutdown: on SIGTERM nothing new is begun, and what is under way gets done. */
  readonly drains?: true;
  /** Idempotent jobs: an effect that is asked for again under the same key has no effect. */
  readonly keyed?: true;
}

export const designs = {
  "array in memory": { keeps: "in memory" },
  "acknowledge early": { keeps: "nowhere" },
  lease: { keeps: "lent" },
  "lease, drain": { keeps: "lent", drains: true },
  "lease, drain, key": { keeps: "lent", drains: true, keyed: true },
  "pg-boss": { keeps: "with pg-boss", drains: true, keyed: true },
} as const satisfies Record<string, Design>;

/** Seconds of a job before its charge, between charge and receipt, and after it: work that waits, as for another server. */
export const WORK = { before: 0.02, between: 0.08, after: 0.02 } as const;
/** Seconds for which a job is lent to the worker that took it (visibility time-out); after that another one may have it. */
export const LEASE = 0.4;
/** Jobs that a worker has under way at once: twice what 500 a second need, by Little's law (500/s × 0.12 s = 60). */
export const SLOTS = 128;
/** Connections of each process to the database. */
const CONNECTIONS = 8;
/** Seconds: a job that was done this long after it was accepted was done late. */
export const LATE = 5;

/** The way of a process to the database, with one of its connections open already. */
export async function connected(connection: Postgres["connection"]): Promise<pg.Pool> {
  // Whoever only wants to know the designs needs no driver.
  const { default: driver } = await import("pg");
  const pool = new driver.Pool({ ...connection, max: CONNECTIONS });
  // Whoever waits for an answer hears of what goes wrong.
  pool.on("error", () => {});
  await pool.query("SELECT 1");
  return pool;
}

const AT = "at timestamptz NOT NULL DEFAULT clock_timestamp()";
const TABLES = [
  "CREATE TABLE jobs (id integer PRIMARY KEY, visible_at timestamptz NOT NULL DEFAULT '-infinity')",
  "CREATE TABLE servers (port integer NOT NULL, worker integer NOT NULL)",
  `CREATE TABLE accepted (job integer PRIMARY KEY, ${AT})`,
  `CREATE TABLE taken (job integer NOT NULL, worker integer NOT NULL, ${AT})`,
  `CREATE TABLE effects (job integer NOT NULL, effect text NOT NULL, worker integer NOT NULL, ${AT})`,
  "CREATE TABLE keys (key text PRIMARY KEY)",
  "CREATE TABLE strikes (worker integer PRIMARY KEY, earliest timestamptz NOT NULL, latest timestamptz NOT NULL, drains boolean NOT NULL)",
];

/** Empty tables, made where there are none. */
export async function emptied(server: Pick<Postgres, "query">): Promise<void> {
  const [row] = await server.query("SELECT to_regclass('effects') IS NULL");
  if (row![0]) for (const table of TABLES) await server.query(table);
  await server.query("TRUNCATE jobs, servers, accepted, taken, effects, keys, strikes");
}

/** A customer leaves job $1 with the queue and notes that it was accepted, in one transaction. */
export const ENQUEUE = {
  name: "enqueue",
  text: "WITH job AS (INSERT INTO jobs (id) VALUES ($1)) INSERT INTO accepted (job) VALUES ($1)",
};
/** The note alone, where the queue is not in these tables. */
export const NOTE = { name: "note", text: "INSERT INTO accepted (job) VALUES ($1)" };
/** The same, and that worker $2 was the one that accepted it. */
export const NOTE_WHOSE = {
  name: "note whose",
  text: "WITH whose AS (INSERT INTO taken (job, worker) VALUES ($1, $2)) INSERT INTO accepted (job) VALUES ($1)",
};

const DELETE_FIRST = {
  name: "delete first",
  text: `WITH took AS (DELETE FROM jobs WHERE id IN (SELECT id FROM jobs ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING id)
    INSERT INTO taken (job, worker) SELECT id, $2::integer FROM took RETURNING job`,
};
const BORROW = {
  name: "borrow",
  text: `WITH took AS (UPDATE jobs SET visible_at = clock_timestamp() + interval '${LEASE} s' WHERE id IN (
      SELECT id FROM jobs WHERE visible_at <= clock_timestamp() ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
    ) RETURNING id)
    INSERT INTO taken (job, worker) SELECT id, $2::integer FROM took RETURNING job`,
};
const TAKEN = { name: "taken", text: "INSERT INTO taken (job, worker) SELECT unnest($1::integer[]), $2::integer" };
const ACKNOWLEDGE = { name: "acknowledge", text: "DELETE FROM jobs WHERE id = $1" };

const APPLY = { name: "apply", text: "INSERT INTO effects (job, effect, worker) VALUES ($1, $2, $3)" };
const APPLY_ONCE = {
  name: "apply once",
  text: `WITH fresh AS (INSERT INTO keys VALUES ($2 || ' of ' || $1) ON CONFLICT DO NOTHING RETURNING 1)
    INSERT INTO effects (job, effect, worker) SELECT $1::text::integer, $2, $3 FROM fresh`,
};

/** What a worker asks of the database. */
export interface Books {
  /** At most so many jobs, the oldest first; they are this worker's now, or for a while. */
  take(most: number): Promise<readonly number[]>;
  /** Notes that this worker has these jobs, which it did not `take`. */
  has(jobs: readonly number[]): Promise<void>;
  apply(job: number, effect: "charge" | "receipt"): Promise<void>;
  /** The job is done. */
  acknowledge(job: number): Promise<void>;
}

/** @param worker number of the worker, from 0: it stands beside each job that it takes and each effect. */
export function booksOf(pool: Pick<pg.Pool, "query">, { keeps, keyed }: Design, worker: number): Books {
  const taking = keeps === "lent" ? BORROW : DELETE_FIRST;
  const applying = keyed ? APPLY_ONCE : APPLY;
  return {
    async take(most) {
      const { rows } = await pool.query<{ job: number }>({ ...taking, values: [most, worker] });
      return rows.map(({ job }) => job);
    },
    async has(jobs) {
      await pool.query({ ...TAKEN, values: [jobs, worker] });
    },
    async apply(job, effect) {
      await pool.query({ ...applying, values: [keyed ? String(job) : job, effect, worker] });
    },
    async acknowledge(job) {
      if (keeps === "lent") await pool.query({ ...ACKNOWLEDGE, values: [job] });
    },
  };
}
