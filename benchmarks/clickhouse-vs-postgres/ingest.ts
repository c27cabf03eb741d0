/**
 * A log arrives, and a table that holds rows already takes it in: Postgres without an index, with five B-trees (id, time, service and
 * time, level and time, trace), ClickHouse, DuckDB. (What a BRIN changes is counted in `indexes`: next to nothing.) One row a statement; a
 * hundred, a thousand and ten thousand at once (COPY, `INSERT … FORMAT TabSeparated`, DuckDB's COPY: what each engine has for a batch);
 * and four clients that commit one row after the other.
 *
 * *Written* is all that Postgres hands to the system for a row: its write-ahead log, and the pages of table and indexes up to the end of a
 * checkpoint (`pg_stat_io`). A page that is changed for the first time after a checkpoint goes into the log as a whole, so what counts is
 * how often the same page comes up again before the next one. Postgres writes one every five minutes: at 5,000 events a second 1.5 million
 * rows come in between, 15 % of ten million. Here too rows come between two checkpoints that are 15 % of those held, up to 150,000: where
 * ten million are held they meet more pages than in five minutes, and the bytes are those of a server with a checkpoint every half minute.
 * The claim about bytes is read at the smallest table.
 *
 * The engines run for real, so this carries over as it stands. Fair play: each is as durable as it comes (Postgres and DuckDB wait for the
 * disk at every commit, ClickHouse writes a part and leaves it to the system); tables are at rest when rows come, vacuumed, or merged to
 * one part by ClickHouse's usual key (service, time); ClickHouse and DuckDB run in this process, where they save the way to a server and
 * take the statements of the four writers in turn; statements and files are made before the clock starts.
 *
 * How you could be fooled: by rows that never arrive (before anything is timed, the engines must agree on what is there after a batch); by
 * an empty table, whose every page is in the cache (rows are held, and `held` is swept); by indexes made after the rows, packed as they
 * never are again (half of the rows came through them); by bytes that are still to be written when they are counted (a checkpoint comes
 * first; only ClickHouse's later merges are missing); by four writers whose commits are taken for the waits of clients (they are a closed
 * loop, of which nothing is read but the mean); and by a disk that confirms what it has not written, or has fast memory to confirm it
 * from: commits are then cheap, and B-trees look dear beside them.
 */
import {
  bytes,
  bytesPerSecond,
  count,
  across,
  exact,
  GiB,
  growth,
  perSecond,
  ratio,
  scenario,
  seconds,
  timed,
  value,
  type Engine,
  type Stage,
} from "#lab";
import { arrivalsAfter, type Arrivals } from "./_arrivals.ts";
import { holding, type Table } from "./_tables.ts";
import { commitTime } from "./_writers.ts";
import { bytesOf } from "./_written.ts";
import article from "./article.ts";

const EVENTS_PER_SECOND = 5_000;
const WRITERS = 4;
/** Rows that come alone, and batches of each size. */
const ALONE = 20;
const HUNDREDS = 5;
const TEN_THOUSANDS = 1;
/** Rows of five minutes, as a share of those held, and the most that a trial writes between two checkpoints. */
const FIVE_MINUTES = 0.15;
const MOST_BETWEEN = 150_000;
/** The four writers take what they get in this many seconds. */
const LONGEST_WINDOW = 0.1;
/** More rows than a trial uses. */
const MOST = 300_000;

interface Input extends AsyncDisposable {
  readonly engine: Engine;
  readonly arrivals: Arrivals;
  readonly alone: readonly string[];
  readonly hundreds: readonly string[];
  readonly thousands: readonly string[];
  readonly tenThousands: readonly string[];
}

const thousandsAfter = (held: number): number => Math.min(FIVE_MINUTES * held, MOST_BETWEEN) / 1_000;

async function rowsOf(arrivals: Arrivals, held: number) {
  return {
    thousands: await arrivals.batches(thousandsAfter(held), 1_000),
    alone: Array.from({ length: ALONE }, arrivals.statement),
    hundreds: await arrivals.batches(HUNDREDS, 100),
    tenThousands: await arrivals.batches(TEN_THOUSANDS, 10_000),
  };
}

/** Closes an engine that works on a copy. What has arrived goes with it: DuckDB need not write a checkpoint of it first. */
async function thrownAway(engine: Engine): Promise<void> {
  try {
    if (engine.engine === "DuckDB") await engine.query("PRAGMA disable_checkpoint_on_shutdown");
  } finally {
    await engine[Symbol.asyncDispose]();
  }
}

/** Rows a second with which an engine takes in files of so many rows each. */
async function batched(engine: Engine, files: readonly string[], rows: number): Promise<number> {
  const { seconds: took } = await timed(async () => {
    for (const file of files) await engine.load("logs", file);
  });
  return (files.length * rows) / took;
}

async function oneByOne(engine: Engine, statements: readonly string[]): Promise<number> {
  const { seconds: took } = await timed(async () => {
    for (const statement of statements) await engine.query(statement);
  });
  return statements.length / took;
}

/** What is there once a batch has come to the rows held: the same in every engine. */
async function present({ engine, hundreds }: Input) {
  await batched(engine, hundreds, 100);
  return engine.query("SELECT count(*), min(id), max(id), max(latency), count(DISTINCT service) FROM logs");
}

async function takingIn({ engine, arrivals, ...rows }: Input, { window, signal }: Stage) {
  const before = await bytesOf(engine);
  const thousand = await batched(engine, rows.thousands, 1_000);
  const after = await bytesOf(engine);
  const perRow = (reading: "wal" | "written" | "disk"): number => (after[reading] - before[reading]) / (1_000 * rows.thousands.length);

  const one = await oneByOne(engine, rows.alone);
  const hundred = await batched(engine, rows.hundreds, 100);
  const tenThousand = await batched(engine, rows.tenThousands, 10_000);
  const commit = await commitTime(engine, arrivals.statement, { writers: WRITERS, window: Math.min(window, LONGEST_WINDOW), signal });
  return {
    one,
    hundred,
    thousand,
    tenThousand,
    commit,
    beaten: 1 / thousand < commit / 2 ? 1 : 0,
    written: perRow("written"),
    atRate: perRow("written") * EVENTS_PER_SECOND,
    wal: perRow("wal"),
    disk: perRow("disk"),
  };
}

export default scenario(article, {
  question: "What does a log cost on its way in, and is there a wall at ten million rows?",
  sweep: { held: [100_000, 1_000_000, 10_000_000] },
  quick: { held: [100_000] },
  timeout: 1_800,
  needs: { memory: ({ held }) => (held < 10_000_000 ? 1 : 4) * GiB },
  memory: 6 * GiB,
  // Each trial starts an engine and closes it again. What outlives that is code: a library that is loaded, a client that is compiled. Who
  // comes first in a round is drawn anew each time.
  together: true,
  metrics: {
    one: perSecond("higher", "rows, one a statement"),
    hundred: perSecond("higher", "rows, a hundred at once"),
    thousand: perSecond("higher", "rows, a thousand at once"),
    tenThousand: perSecond("higher", "rows, ten thousand at once"),
    commit: seconds("lower", "mean commit of one row among four writers"),
    beaten: exact(count("lower", "whether a row among a thousand takes less than half of a commit")),
    written: bytes("lower", "written for a row, log and pages"),
    atRate: bytesPerSecond("lower", "writes at 5,000 events a second"),
    wal: bytes("lower", "write-ahead log of a row"),
    disk: bytes("lower", "disk that a row takes, with its index entries"),
  },
  chart: across("one", "hundred", "thousand", "tenThousand"),
  async setup({ held }, { variant }): Promise<Input> {
    await using begun = new AsyncDisposableStack();
    const arrivals = begun.use(arrivalsAfter(held, MOST));
    // The rows are made while the engine starts, and whatever came of either is known before the other's failure is told.
    const [started, made] = await Promise.allSettled([holding(variant as Table, held, { changes: true }), rowsOf(arrivals, held)]);
    if (started.status === "rejected") throw started.reason;
    const engine = begun.adopt(started.value, thrownAway);
    if (made.status === "rejected") throw made.reason;
    const all = begun.move();
    return { engine, arrivals, ...made.value, [Symbol.asyncDispose]: () => all.disposeAsync() };
  },
  agree: present,
  variants: { "no index": takingIn, "5 B-trees": takingIn, ClickHouse: takingIn, DuckDB: takingIn },
  claims: {
    "ch-pg-01": [
      {
        says: "the wall is there: with 5 indexes Postgres takes in at most half as many rows a second at 10 million as at one",
        holds: growth("5 B-trees", { held: 1_000_000 }, "thousand").atMost(0.5),
        at: { held: 10_000_000 },
      },
    ],
    "ch-pg-06": [
      {
        says: "the upkeep of B-trees sets the floor: with five of them a commit among four writers takes at least 1.5 times as long",
        holds: ratio("5 B-trees", "no index", "commit").atLeast(1.5),
        at: { held: 100_000 },
      },
      {
        says: "the floor cannot be beaten: a row that comes among a thousand takes no less than half of what a commit of its own does",
        holds: value("5 B-trees", "beaten").between(0, 0),
        at: { held: 100_000 },
      },
    ],
    "ch-pg-10": [
      {
        says: "at the rate of 5,000 events a second 5 indexes have Postgres write at least 5 times as many bytes for a row",
        holds: ratio("5 B-trees", "no index", "written").atLeast(5),
        at: { held: 100_000 },
      },
    ],
  },
});
