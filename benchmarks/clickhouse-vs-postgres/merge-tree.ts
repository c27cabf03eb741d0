/**
 * Is ClickHouse's MergeTree a log-structured merge tree? Such a tree gathers writes in memory, sorted; when there are enough of them it
 * writes them out as one sorted run, front to back, and merges runs in the background (O'Neil and others, 1996). Ten inserts of a thousand
 * rows each, in the order in which a log is written, not in that of the table's key (service, time).
 *
 * *Parts* counts what lies on disk when the tenth insert has been answered, while merges are held back: one part if the ten were gathered
 * in memory first, ten if each was written by itself. *Out of order* counts rows that stand before their predecessor by the key, inside a
 * part; *arrived out of order* is the same count in what was inserted, so that nobody is praised for finding it sorted. *Merged* is
 * whether there are fewer parts within ten seconds once merges may go on, without being told to.
 *
 * The engine runs for real, in this process; nothing depends on the client's language. By default an insert is written as it comes; the
 * setting `async_insert` has the server gather small ones, which is what such a tree's memory is for, and this file leaves it as it is.
 *
 * How you could be fooled: by one large insert, which the engine cuts into blocks and parts of its own (these are small); by merges that
 * ran before anybody counted (they are stopped); and by rows that were in order anyway (they are not, and it is counted).
 */
import { setTimeout } from "node:timers/promises";
import { clickhouse, count, createLogTable, exact, GiB, scenario, value, type ClickHouse } from "#lab";
import { arrivalsAfter } from "./_arrivals.ts";
import article from "./article.ts";

const INSERTS = 10;
const ROWS = 1_000;
/** Seconds that the background may take. */
const PATIENCE = 10;

interface Input extends AsyncDisposable {
  readonly engine: ClickHouse;
  readonly files: readonly string[];
}

/** Rows whose key is below that of the row before, by part; `by` is the order in which rows follow one another. */
async function descents(engine: ClickHouse, by: string): Promise<number> {
  const [row] = await engine.query(
    `SELECT countIf(before > key) FROM (
       SELECT (service::String, time) AS key, lagInFrame(key, 1, key) OVER in_turn AS before
       FROM logs WINDOW in_turn AS (PARTITION BY _part ORDER BY ${by} ROWS BETWEEN 1 PRECEDING AND CURRENT ROW))`,
  );
  return row![0] as number;
}

async function mergedWithin(engine: ClickHouse, seconds: number, signal: AbortSignal): Promise<boolean> {
  for (let waited = 0; waited < seconds && !signal.aborted; waited += 0.05) {
    if ((await engine.parts("logs")) < INSERTS) return true;
    await setTimeout(50);
  }
  return false;
}

export default scenario(article, {
  question: "Is ClickHouse's MergeTree a log-structured merge tree?",
  timeout: 60,
  memory: 6 * GiB,
  metrics: {
    inserts: exact(count("lower", "inserts")),
    parts: exact(count("lower", "parts on disk after ten inserts")),
    merged: exact(count("higher", "whether parts were merged by themselves")),
    unsorted: exact(count("lower", "rows out of order inside a part")),
    arrived: exact(count("lower", "rows that arrived out of order")),
  },
  chart: "parts",
  async setup(): Promise<Input> {
    const engine = await clickhouse();
    await createLogTable(engine);
    const arrivals = arrivalsAfter(0, INSERTS * ROWS);
    const files = await arrivals.batches(INSERTS, ROWS);
    return {
      engine,
      files,
      async [Symbol.asyncDispose]() {
        await arrivals[Symbol.asyncDispose]();
        await engine[Symbol.asyncDispose]();
      },
    };
  },
  variants: {
    async ClickHouse({ engine, files }, { signal }) {
      await engine.query("SYSTEM STOP MERGES logs");
      for (const file of files) await engine.load("logs", file);
      const parts = await engine.parts("logs");
      const unsorted = await descents(engine, "_part_offset");
      const arrived = await descents(engine, "id");
      await engine.query("SYSTEM START MERGES logs");
      const merged = await mergedWithin(engine, PATIENCE, signal);
      return { inserts: files.length, parts, merged: merged ? 1 : 0, unsorted, arrived };
    },
  },
  claims: {
    "ch-pg-08": [
      {
        says: "what an insert writes is a sorted part: no row inside one is out of order",
        holds: value("ClickHouse", "unsorted").between(0, 0),
        given: { says: "the rows were not in order when they came", holds: value("ClickHouse", "arrived").atLeast(1) },
      },
      { says: "parts are merged in the background", holds: value("ClickHouse", "merged").between(1, 1) },
      {
        says: "as in an LSM-tree, writes are gathered in memory before they are flushed: ten inserts make fewer than ten parts",
        holds: value("ClickHouse", "parts").atMost(INSERTS - 1),
      },
    ],
  },
});
