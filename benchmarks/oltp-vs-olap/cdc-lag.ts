/**
 * An application inserts, changes and removes profiles in Postgres, and a column store is to have the same rows. *Logical replication*
 * reads what Postgres logs of each commit (change data capture, as the post means it) and applies it, all that has come meanwhile in one
 * batch. *Polling* asks ten times a second for rows whose `updated_at` is recent. How long after its commit can a change be seen, and is
 * anything lost on the way?
 *
 * The lag of a change runs from the moment at which its commit returns to the writer until the column store has committed it: whoever asks
 * from then on is told. It is nothing where that comes first, which is possible, for Postgres sends a change off while it answers. The
 * store is *behind* if half of the changes or more were not there yet when their commits returned. "Lag-free" is read in two ways: that it
 * is never behind, and that half of the changes are there within a frame of a screen, 1/60 s, so that no dashboard would show the
 * difference.
 *
 * What to expect: replication is behind by what the column store needs for a commit, a few milliseconds, and no rate of changes that both
 * can write makes much of it, for a batch takes little longer than a row. Polling lags by half its period, and removals leave nothing that
 * it could find. The post has Couchbase for Postgres; its language does not matter here. A fleet adds networks, brokers and the copies of
 * a cluster, each with a delay of its own, so what is seen here is the least lag that there can be.
 *
 * How you could be fooled: by two clocks (writer and column store report to one process, which times both, and whose own work counts as
 * lag); by tables that look alike (they are compared row by row, and a row that is missing, left over or stale counts as wrong); by
 * counting only what arrived (what was never seen is counted, and has no lag); by a change that hides behind a later one of the same row
 * (no row is written twice); and by a poll that misses rows whose commit came late (each asks for the last second again). What is not
 * tried is a follower that is away for a while: the log would have to be kept for it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import {
  GiB,
  Histogram,
  clickhouse,
  count,
  duckdb,
  exact,
  histogram,
  postgres,
  scenario,
  seconds,
  timed,
  value,
  type Postgres,
  type Stage,
} from "#lab";
import { bothOf, Together } from "./_at-once.ts";
import { polling, replication, type Feed } from "./_feeds.ts";
import { columnStore, differing, rowsOf, rowStore, type ProfileStore } from "./_profile-stores.ts";
import { Sightings } from "./_sightings.ts";
import { planned, statementOf, type Write } from "./_writes.ts";
import article from "./article.ts";

/** One frame of a screen that shows sixty a second. */
const FRAME = 1 / 60;
/** Writes are sent off this often at most: the runtime's timers count milliseconds. */
const TICK = 0.01;
/** Clients of the application. */
const CLIENTS = 8;
/** What is told of a change that was there as its commit returned, or sooner than this after it: one turn of a busy event loop. */
const LEAST = 1e-4;

/** At quick effort long enough for ten changes beyond the third quartile, and for three polls. */
const lasting = (window: number): number => (window < 0.1 ? window : Math.max(0.3, window));

interface Bridge extends AsyncDisposable {
  readonly server: Postgres;
  readonly store: ProfileStore;
  readonly rate: number;
}

/** What became of one write. */
interface Trace {
  readonly write: Write;
  readonly commit: number;
  readonly behind: boolean;
  /** Undefined if it was never seen. */
  readonly lag?: number;
}

const told =
  (carry: (server: Postgres, store: ProfileStore, seen: (ids: readonly number[]) => void) => Promise<Feed>) =>
  async ({ server, store, rate }: Bridge, { window, random, signal }: Stage) => {
    const sightings = new Sightings();
    const plan = planned(Math.ceil(rate * lasting(window)), random);
    await using opened = new AsyncDisposableStack();
    const [feed, pool] = await bothOf(
      async () => opened.use(await carry(server, store, sightings.seen)),
      async () => opened.use(await clients(server)),
    );
    const over = Promise.withResolvers<void>();
    const trace = async (write: Write): Promise<Trace> => {
      const row = sightings.of(write.id);
      const { seconds: commit } = await timed(() => pool.query(statementOf(write)));
      const behind = !row.seen;
      const { seconds: lag } = await timed(() => Promise.race([row.promise, over.promise]));
      return { write, commit, behind, ...(row.seen ? { lag: Math.max(lag, LEAST) } : {}) };
    };
    const tracing: Promise<Trace>[] = [];
    const atOnce = Math.max(1, Math.round(rate * TICK));
    for (let from = 0; from < plan.length && !signal.aborted; from += atOnce) {
      for (const write of plan.slice(from, from + atOnce)) {
        const traced = trace(write);
        // A write that fails is heard of in the end.
        traced.catch(() => {});
        tracing.push(traced);
      }
      await sleep((atOnce / rate) * 1e3);
    }
    await pool.idle();
    await feed.settled();
    over.resolve();
    return readings(await Promise.all(tracing), differing(await rowsOf(server), await store.rows()));
  };

function readings(traces: readonly Trace[], wrong: number) {
  const lags = traces.flatMap(({ lag }) => lag ?? []);
  const lag = new Histogram();
  const commit = new Histogram();
  for (const it of lags) lag.record(it);
  for (const it of traces) commit.record(it.commit);
  const unseen = traces.filter((it) => it.lag === undefined);
  if (lags.length === 0) throw new Error("no change was seen");
  return {
    lag: lags,
    p75: lag.percentile(0.75)!,
    longest: lag.max,
    commit: commit.percentiles()!.p50,
    behind: 2 * traces.filter((it) => it.behind).length >= traces.length ? 1 : 0,
    unseen: unseen.length,
    removals: unseen.filter(({ write }) => write.kind === "delete").length,
    wrong,
  };
}

/** Connections of the application, open and their statements prepared before anything is timed. */
async function clients(server: Postgres) {
  const pool = new pg.Pool({ ...server.connection, max: CLIENTS });
  pool.on("error", () => {});
  const open = await Promise.all(Array.from({ length: CLIENTS }, () => pool.connect()));
  for (const client of open) client.release();
  const under = new Set<Promise<unknown>>();
  return {
    async query(statement: ReturnType<typeof statementOf>): Promise<void> {
      const sent = pool.query({ ...statement, values: [...statement.values] });
      under.add(sent);
      await sent.finally(() => under.delete(sent));
    },
    /** Resolves when every statement so far has been answered. */
    idle: async (): Promise<void> => void (await Promise.allSettled(under)),
    [Symbol.asyncDispose]: () => pool.end(),
  };
}

export default scenario(article, {
  question: "How long after its commit can a change be seen in the column store, and is anything lost on the way?",
  sweep: { store: ["DuckDB", "ClickHouse"], rate: [50, 200, 1_000] },
  quick: { store: ["DuckDB"], rate: [200] },
  // A trial has a server and a column store of its own; what they share is the code that is compiled, and lag is mostly a wait for them.
  together: true,
  memory: 6 * GiB,
  timeout: 40,
  metrics: {
    lag: seconds("lower", "lag after the commit"),
    p75: seconds("lower", "lag that one change in four exceeds"),
    longest: seconds("lower", "longest lag"),
    commit: seconds("lower", "median time of a commit itself"),
    behind: exact(count("lower", "whether half of the changes were not there yet when their commits returned")),
    unseen: exact(count("lower", "changes that were never seen")),
    removals: exact(count("lower", "removals among them")),
    wrong: exact(count("lower", "rows that differed in the end")),
  },
  chart: histogram("lag"),
  async setup({ store: name, rate }): Promise<Bridge> {
    const opened = new Together();
    try {
      const [server, store] = await bothOf(
        async () => opened.use(await postgres({ settings: { wal_level: "logical" }, stored: rowStore })),
        async () => columnStore(opened.use(name === "DuckDB" ? await duckdb() : await clickhouse())),
      );
      return { server, store, rate, [Symbol.asyncDispose]: opened.close };
    } catch (error) {
      await opened.close();
      throw error;
    }
  },
  variants: { "logical replication": told(replication), polling: told(polling) },
  claims: {
    "oltp-olap-04": [
      {
        says: "robust: after 200 changes a second the column store has the very rows of the row store, none missing, left over or stale",
        holds: value("logical replication", "wrong").between(0, 0),
        at: { store: "DuckDB", rate: 200 },
      },
      {
        says: "lag-free, taken at its word: as a commit returns its change can be seen in the column store, for more than half of them",
        holds: value("logical replication", "behind").between(0, 0),
        at: { store: "DuckDB", rate: 200 },
      },
      {
        says: "robust under load: the same rows after 1,000 changes a second, in ClickHouse",
        holds: value("logical replication", "wrong").between(0, 0),
        at: { store: "ClickHouse", rate: 1_000 },
      },
      {
        says: "lag-free to the eye: at 1,000 changes a second half of them can be seen within a frame of a screen, 1/60 s, in DuckDB",
        holds: value("logical replication", "lag").atMost(FRAME),
        at: { store: "DuckDB", rate: 1_000 },
      },
      {
        says: "and the same in ClickHouse",
        holds: value("logical replication", "lag").atMost(FRAME),
        at: { store: "ClickHouse", rate: 1_000 },
      },
    ],
  },
});
