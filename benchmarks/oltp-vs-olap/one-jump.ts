/**
 * Ten thousand of the post's profiles (Name, Email, Preferences, LastLogin), fetched by their key. How many blocks does that take? A file of
 * 4 KiB blocks in rows and one in columns show the layouts alone. Postgres, the row store at hand in the place of Couchbase, holds the
 * profiles as rows, as documents in JSON, and as a table for each field, which is the nearest it comes to columns. Swept is how long the
 * Preferences are, because that is the field that grows.
 *
 * What to expect: as long as a profile is much smaller than a block, one block holds all of it, as a row or as a document, where four fields
 * in columns are four blocks. The way there costs Postgres blocks of its index as well: one for each level, two for ten thousand profiles,
 * one more for every few hundred times as many. In a small table those are hot, so on a cold disk one block is what is waited for. From 2 KB on
 * Postgres moves the longest values out of the row, into pieces of 2 KB that have an index of their own: then neither row nor document is
 * in one block any more, and the two part: of a row the short fields stay where they were, a document goes as a whole, and to read
 * one short field of all documents takes all of them.
 *
 * All of it is counted and nothing timed, so one round says all: Postgres keeps account of the blocks that it reads, from its cache or
 * not, and the files count for themselves.
 *
 * How you could be fooled: by the first look-up of a session, which reads a block that says where the index begins (it comes before the
 * counting); by one lucky profile (sixteen are fetched, and the mean is told); by an answer that comes from the index alone (the fields are
 * not in it); by compression (the Preferences are letters at random, real ones shrink and stay in the row somewhat longer);
 * by a file that needs no index because the position follows from the key, as here; and by Postgres's blocks, which are twice as large.
 */
import { bytes, count, exact, ratio, scenario, value } from "#lab";
import type { Layout } from "./_layouts.ts";
import { latestLogin, mustBeProfile } from "./_post-profiles.ts";
import { profileFile } from "./_profile-file.ts";
import { blocksRead, bytesOf, profileServer, tablesOf, type Form } from "./_profile-tables.ts";
import article from "./article.ts";

const PROFILES = 10_000;
/** Scattered over all of them; none shares a block with the one before. */
const fetched = Array.from({ length: 16 }, (_, index) => (137 + 6_181 * index) % PROFILES);

interface Asked {
  readonly preferences: number;
}

function mustBeLatest(told: unknown): void {
  const truth = latestLogin(PROFILES);
  if (told !== truth) throw new Error(`the latest login came back as ${String(told)} and ought to be ${truth}`);
}

const onFile =
  (layout: Layout) =>
  async ({ preferences }: Asked) => {
    using store = profileFile(layout, PROFILES, preferences);
    for (const id of fetched) mustBeProfile(store.fetch(id), id, preferences);
    const data = store.file.reads / fetched.length;
    const before = store.file.reads;
    mustBeLatest(store.latestLogin());
    return { blocks: data, data, index: 0, field: store.file.reads - before, stored: store.file.bytes / PROFILES };
  };

const inPostgres =
  (form: Form) =>
  async ({ preferences }: Asked) => {
    const tables = tablesOf[form];
    await using server = await profileServer(PROFILES, preferences);
    await server.query(tables.profile(0));
    const start = await blocksRead(server, tables);
    for (const id of fetched) mustBeProfile(tables.read((await server.query(tables.profile(id)))[0] ?? []), id, preferences);
    const found = await blocksRead(server, tables);
    mustBeLatest((await server.query(tables.latestLogin))[0]?.[0]);
    const scanned = await blocksRead(server, tables);
    const data = (found.data - start.data) / fetched.length;
    const index = (found.index - start.index) / fetched.length;
    return {
      blocks: data + index,
      data,
      index,
      field: scanned.data + scanned.index - found.data - found.index,
      stored: (await bytesOf(server, tables)) / PROFILES,
    };
  };

export default scenario(article, {
  question: "How many blocks does it take to fetch one profile by its key, whose Preferences have so many bytes?",
  sweep: { preferences: [100, 300, 1_000, 4_000, 20_000] },
  quick: { preferences: [300] },
  // A file and a server count for themselves what is read of them.
  together: true,
  timeout: 180,
  metrics: {
    blocks: exact(count("lower", "blocks read for one profile")),
    data: exact(count("lower", "blocks of data among them")),
    index: exact(count("lower", "blocks of an index among them")),
    field: exact(count("lower", "blocks read for one field of all profiles")),
    stored: exact(bytes("lower", "bytes on disk for each profile")),
  },
  setup: ({ preferences }): Asked => ({ preferences }),
  variants: {
    "file of rows": onFile("rows"),
    "file of columns": onFile("columns"),
    "rows in Postgres": inPostgres("rows"),
    "documents in Postgres": inPostgres("documents"),
    "tables of one field": inPostgres("columns"),
  },
  claims: {
    "oltp-olap-06": [
      {
        says: "in a file of rows all fields of one profile are in one block",
        holds: value("file of rows", "blocks").between(1, 1),
        at: { preferences: 300 },
      },
      {
        says: "in Postgres all fields of one profile are in one block of its table",
        holds: value("rows in Postgres", "data").between(1, 1),
        at: { preferences: 300 },
      },
      {
        says: "to fetch a profile by its key Postgres reads one block, the way to it included",
        holds: value("rows in Postgres", "blocks").between(1, 1),
        at: { preferences: 300 },
      },
      {
        says: "a profile with Preferences of 4 kB is in one block, too",
        holds: value("rows in Postgres", "data").between(1, 1),
        at: { preferences: 4_000 },
      },
    ],
    "oltp-olap-07": [
      {
        says: "a document is fetched through as many blocks as a row",
        holds: ratio("documents in Postgres", "rows in Postgres", "blocks").between(1, 1),
        at: { preferences: 300 },
      },
      {
        says: "like rows, documents are read whole for one field: at least as many blocks as rows take, and at most twice as many",
        holds: ratio("documents in Postgres", "rows in Postgres", "field").between(1, 2),
        at: { preferences: 300 },
      },
      {
        says: "the same with Preferences of 4 kB: one field of all documents takes at most twice the blocks that it takes of rows",
        holds: ratio("documents in Postgres", "rows in Postgres", "field").atMost(2),
        at: { preferences: 4_000 },
      },
    ],
  },
});
