/**
 * Rows come to a table whose primary key is a B-tree that has outgrown Postgres's buffers: keys that count up (`bigserial`), random ones
 * (UUID version 4) and random ones that begin with the time (version 7). Where the next key goes next to the last, the page it belongs on
 * is there; where it goes anywhere, the page has to be fetched, and another one written to make room.
 *
 * The tree is made to outgrow its buffers by making those small, 1 MiB in place of 128: at 5,000 rows everything fits, at 100,000 the tree
 * of UUIDs is about three times as large, at a million thirty times, which with usual buffers is a table of a hundred million. *Pages* are
 * pages that Postgres read from or wrote to its files for a row (`pg_stat_io`), which is what becomes disk I/O. *Written* adds the
 * write-ahead log, into which a page goes as a whole when it is changed for the first time after a checkpoint; the rows of a trial come
 * between two.
 *
 * The server runs for real, so this carries over as it stands, but for the memory: what does not fit Postgres's buffers is held by the
 * system here, and its reads are copies. So pages are counted and the disk's part in the rate of rows is not shown: on a machine whose
 * whole memory is outgrown each of them is a wait. Rows are made by the server, a hundred a statement.
 *
 * How you could be fooled: by a tree that fits the memory, on which random keys cost little (the smallest size shows it); by pages that
 * are dirty and still unwritten (a checkpoint ends the trial); by keys whose width differs (a UUID has 16 bytes, a bigint 8: compare
 * version 7 with version 4); by one draw of keys (the server draws them as it does for anybody, without a seed, so each round has others);
 * and by a tree that was made over finished rows, whose pages are full and split at once (half of the rows came
 * through it).
 */
import { count, bytes, fraction, growth, perSecond, postgres, ratio, scenario, timed, type Postgres, type Stage, type Stored } from "#lab";
import { needsVersion, trafficOf } from "./_written.ts";
import article from "./article.ts";

const STATEMENTS = 20;
const ROWS = 100;

const keys = {
  bigserial: "id bigserial",
  "UUID v4": "id uuid DEFAULT gen_random_uuid()",
  "UUID v7": "id uuid DEFAULT uuidv7()",
} as const;
type Key = keyof typeof keys;

const insert = (rows: number): string => `INSERT INTO events (payload) SELECT repeat('x', 60) FROM generate_series(1, ${rows})`;

/** Half of the rows are there when the tree is made, the others come through it. */
function grown(key: Key, rows: number): Stored<Postgres> {
  const long = { timeout: 1_800 };
  return {
    name: `events-${rows}-${key.toLowerCase().replaceAll(/\W+/g, "-")}`,
    changes: true,
    async fill(server) {
      needsVersion(server);
      await server.query(`CREATE TABLE events (${keys[key]}, payload text NOT NULL)`);
      await server.query(insert(rows / 2), long);
      await server.query("ALTER TABLE events ADD PRIMARY KEY (id)", long);
      await server.query(insert(rows / 2), long);
      await server.query("VACUUM ANALYZE events", long);
    },
  };
}

interface Input extends AsyncDisposable {
  readonly server: Postgres;
}

async function inserting({ server }: Input, { signal }: Stage) {
  const before = await trafficOf(server);
  const { seconds } = await timed(async () => {
    for (let i = 0; i < STATEMENTS && !signal.aborted; i++) await server.query(insert(ROWS));
  });
  const after = await trafficOf(server);
  const rows = STATEMENTS * ROWS;
  const { indexes } = await server.size("events");
  const buffers = Number((await server.query("SELECT setting::bigint * 8192 FROM pg_settings WHERE name = 'shared_buffers'"))[0]![0]);
  return {
    rows: rows / seconds,
    pages: (after.pagesRead + after.pagesWritten - before.pagesRead - before.pagesWritten) / rows,
    reads: (after.pagesRead - before.pagesRead) / rows,
    wal: (after.wal - before.wal) / rows,
    written: (after.written - before.written) / rows,
    tree: indexes / buffers,
  };
}

export default scenario(article, {
  question: "What do random keys cost once their B-tree has outgrown the buffers?",
  sweep: { held: [5_000, 100_000, 1_000_000] },
  quick: { held: [100_000] },
  timeout: 900,
  // All the work is that of a server which each trial starts.
  together: true,
  metrics: {
    rows: perSecond("higher", "rows inserted"),
    pages: count("lower", "pages read and written for a row"),
    reads: count("lower", "pages read for a row"),
    wal: bytes("lower", "write-ahead log of a row"),
    written: bytes("lower", "written for a row, log and pages"),
    tree: fraction("lower", "size of the tree against that of the buffers"),
  },
  chart: "pages",
  async setup({ held }, { variant }): Promise<Input> {
    const server = await postgres({ settings: { shared_buffers: "1MB" }, stored: grown(variant as Key, held) });
    return { server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  },
  variants: { bigserial: inserting, "UUID v4": inserting, "UUID v7": inserting },
  claims: {
    "ch-pg-07": [
      {
        says: "in a B-tree that has outgrown its buffers a random key costs at least ten times as many pages, read and written, as keys that count up",
        holds: ratio("UUID v4", "bigserial", "pages").atLeast(10),
        at: { held: 100_000 },
      },
      {
        says: "in every B-tree that has: keys that begin with the time cost at least ten times as many pages, too, as keys that count up",
        holds: ratio("UUID v7", "bigserial", "pages").atLeast(10),
        at: { held: 100_000 },
      },
      {
        says: "it begins when the tree outgrows its buffers: a random key takes at least five times as many pages as when it fits",
        holds: growth("UUID v4", { held: 5_000 }, "pages").atLeast(5),
        at: { held: 100_000 },
      },
    ],
  },
});
