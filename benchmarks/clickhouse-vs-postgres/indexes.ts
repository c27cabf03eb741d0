/**
 * What five B-trees on a log are, before anybody asks it anything: how large beside the data, how many of them a new row touches, and how
 * long Postgres takes to look the table over (ANALYZE). The same log without an index, with five B-trees (id, time, service and time,
 * level and time, trace) and with a BRIN on time, which keeps the first and the last time of every 128 pages, of new ones once they are
 * vacuumed.
 *
 * *Trees* is read from the server's own write-ahead log: B-trees that got a record of their own for each of a hundred rows, which came one
 * a statement; *pages* are pages that it says were changed for them, the table's own included. *Minutes* are whole minutes; the post says
 * minutes, which are two or more. ANALYZE draws a sample of 300 rows for each unit of the statistics target, 30,000 unless it is raised,
 * from as many pages at most: the table may grow, the sample does not.
 *
 * The post says that indexes take more memory than the data. What they can take is what they are, so the sizes on disk are compared;
 * whether all of it is held depends on what is asked. The answer hangs on the columns: these are of middling width. Half of the rows were
 * there when the indexes were made and half came through them, for an index made over finished rows is packed as it never is again.
 *
 * Everything here is counted, so one round says it all. How you could be fooled: by autovacuum, which analyses as well (fifty rows and a
 * tenth of the table have to change before it does; the table is at rest); by a disk that is slow to be read (the table was written a
 * moment ago and is in the system's memory: a cold one adds the time to read 30,000 pages, 240 MB); and by a log record that inserts
 * several entries at once (B-trees have none).
 */
import { bytes, count, exact, fraction, scenario, timed, value, type Engine } from "#lab";
import { arrivalsAfter } from "./_arrivals.ts";
import { loadedOnce } from "./_tables.ts";
import { touchedBy } from "./_written.ts";
import article from "./article.ts";

const ROWS = 100;

interface Input extends AsyncDisposable {
  readonly engine: Engine;
  readonly statements: readonly string[];
}

async function lookedAt({ engine, statements }: Input) {
  const { table, indexes } = await engine.size("logs");
  const { seconds } = await timed(() => engine.query("ANALYZE logs", { timeout: 1_800 }));
  const { trees, pages } = await touchedBy(engine, ROWS, async () => {
    for (const statement of statements) await engine.query(statement);
  });
  return { table, indexes, share: indexes / table, trees, pages: pages / ROWS, minutes: Math.floor(seconds / 60) };
}

export default scenario(article, {
  question: "How large are five indexes, and what does a row do to them?",
  sweep: { rows: [100_000, 1_000_000, 10_000_000] },
  quick: { rows: [100_000] },
  timeout: 1_800,
  // All the work is that of a server which each trial starts.
  together: true,
  metrics: {
    table: exact(bytes("lower", "the data")),
    indexes: exact(bytes("lower", "the indexes")),
    share: exact(fraction("lower", "size of the indexes against that of the data")),
    trees: exact(count("lower", "B-trees with an entry for every row")),
    pages: exact(count("lower", "pages changed for a row")),
    minutes: exact(count("lower", "whole minutes that ANALYZE takes")),
  },
  chart: "share",
  async setup({ rows }, { variant }): Promise<Input> {
    const engine = await loadedOnce(variant as Parameters<typeof loadedOnce>[0], rows);
    const statements = Array.from({ length: ROWS }, arrivalsAfter(rows, ROWS).statement);
    return { engine, statements, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() };
  },
  variants: { "no index": lookedAt, "5 B-trees": lookedAt, BRIN: lookedAt },
  claims: {
    "ch-pg-03": [
      {
        says: "at 10 million rows ANALYZE takes two minutes or more",
        holds: value("5 B-trees", "minutes").atLeast(2),
        at: { rows: 10_000_000 },
      },
      {
        says: "at 10 million rows five indexes are larger than the data, so held in memory they would take more",
        holds: value("5 B-trees", "share").atLeast(1),
        at: { rows: 10_000_000 },
      },
      {
        says: "already at 100,000 rows five indexes are larger than the data",
        holds: value("5 B-trees", "share").atLeast(1),
        at: { rows: 100_000 },
      },
    ],
    "ch-pg-09": [
      {
        says: "with 5 indexes every row makes an entry of its own in 5 separate B-trees",
        holds: value("5 B-trees", "trees").between(5, 5),
        at: { rows: 100_000 },
      },
    ],
  },
});
