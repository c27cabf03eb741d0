/**
 * Four questions to a log that is at rest, in Postgres, ClickHouse and DuckDB. Three go over much of it: errors an hour, the 99th
 * percentile of the latency of each service, how many messages hold a word. One wants a single row by its id. The sweep is the size of the
 * log.
 *
 * Postgres has five B-trees (id, time, service and time, level and time, trace), so errors an hour are read from one of them and a row by
 * its id from another; ClickHouse has its usual key (service, time), and DuckDB the zone maps that it always has. The word has an index
 * nowhere: Postgres's trigrams and ClickHouse's text index are left out alike.
 *
 * The engines run for real, so this carries over as it stands. Fair play: everything is as it comes (128 MB of shared buffers and two
 * parallel workers for Postgres, a thread for each processor in the others), rows vacuumed and analysed or merged to one part; percentiles
 * are exact and discrete in all three, although ClickHouse's usual one is an estimate and faster. Postgres answers through a socket, the
 * others in this process: that is a fraction of a millisecond, which shows only where a question takes no longer.
 *
 * How you could be fooled: by answers that differ (before anything is timed they are compared row by row); by a cold disk (the rows were
 * written a moment ago, and each question is asked once before it is timed unless that takes more than a second: what fits is in memory,
 * and a cold start is not measured); by a small log, on which everything is quick and what a statement costs decides; and by questions
 * chosen for one side (three are a column store's, the fourth is not; how often people ask which is theirs to know).
 */
import { beside, crossover, GiB, growth, scenario, seconds, timed, type Engine } from "#lab";
import { answers, questions, type Question } from "./_questions.ts";
import { holding, type Table } from "./_tables.ts";
import article from "./article.ts";

const tables = { Postgres: "5 B-trees", ClickHouse: "ClickHouse", DuckDB: "DuckDB" } as const satisfies Record<string, Table>;

/** A question is asked this often, or for this many seconds, whichever is less; at least once. */
const ASKS = 5;
const PATIENCE = 0.1;
/** Who takes this many seconds to answer for the first time need not be asked again. */
const SLOW = 1;
/** A log of ten million rows may take this many seconds. */
const LONG = { timeout: 600 };

interface Input extends AsyncDisposable {
  readonly engine: Engine;
  readonly rows: number;
}

/** Seconds of a question that has been asked before, time after time; of one that takes long, of the only time. */
async function answeredIn({ engine, rows }: Input, question: Question): Promise<readonly number[]> {
  const sql = questions[question][engine.engine](rows);
  const ask = async (): Promise<number> => (await timed(() => engine.query(sql, LONG))).seconds;
  const first = await ask();
  if (first > SLOW) return [first];
  const all: number[] = [];
  for (let spent = 0; all.length < ASKS && spent <= PATIENCE; spent += all.at(-1)!) all.push(await ask());
  return all;
}

async function asked(input: Input) {
  return {
    errorsPerHour: await answeredIn(input, "errorsPerHour"),
    p99: await answeredIn(input, "p99"),
    substring: await answeredIn(input, "substring"),
    byId: await answeredIn(input, "byId"),
  };
}

export default scenario(article, {
  question: "From how many rows on does ClickHouse answer sooner than Postgres?",
  sweep: { rows: [10_000, 100_000, 1_000_000, 10_000_000] },
  quick: { rows: [10_000, 100_000] },
  timeout: 1_800,
  needs: { memory: ({ rows }) => (rows < 10_000_000 ? 1 : 4) * GiB },
  memory: 6 * GiB,
  // Each trial opens an engine and closes it again. What outlives that is code: a library that is loaded, a client that is compiled; and a
  // question is asked once before it is timed.
  together: true,
  metrics: {
    errorsPerHour: seconds("lower", "errors an hour"),
    p99: seconds("lower", "99th percentile of each service"),
    substring: seconds("lower", "messages with a word"),
    byId: seconds("lower", "one row by its id"),
  },
  chart: beside("errorsPerHour", "p99", "substring", "byId"),
  async setup({ rows }, { variant }): Promise<Input> {
    const engine = await holding(tables[variant as keyof typeof tables], rows);
    return { engine, rows, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() };
  },
  agree: ({ engine, rows }: Input) => answers(engine, rows),
  variants: { Postgres: asked, ClickHouse: asked, DuckDB: asked },
  claims: {
    "ch-pg-01": [
      {
        says: "ten million rows are where Postgres falls behind: up to some 3 million it counts the errors of each hour sooner than ClickHouse",
        holds: crossover("Postgres", "ClickHouse", "rows", "errorsPerHour").between(3e6, 3e7),
      },
      {
        says: "ten million rows are where Postgres falls behind: up to some 3 million it has each service's percentile sooner than ClickHouse",
        holds: crossover("Postgres", "ClickHouse", "rows", "p99").between(3e6, 3e7),
      },
      {
        says: "a wall, not a slope: ten times the rows take Postgres more than twenty times as long to count errors",
        holds: growth("Postgres", { rows: 1_000_000 }, "errorsPerHour").atLeast(20),
        at: { rows: 10_000_000 },
      },
      {
        says: "a wall, not a slope: ten times the rows take Postgres more than twenty times as long for the percentiles",
        holds: growth("Postgres", { rows: 1_000_000 }, "p99").atLeast(20),
        at: { rows: 10_000_000 },
      },
    ],
  },
});
