/**
 * "Show the number of visitors on the homepage" is one line of SQL whichever way it is kept. This file asks what that line costs as the
 * table of visits grows, in a real Postgres on which nothing else happens.
 *
 * *COUNT(*)* counts the visits. *One row* reads a total that every visit has added to, *estimate* what the last VACUUM noted about the
 * table. All three come to the same number here, and the lab checks that before it times them. What a total costs those who write is the
 * question of `one-counter-row`; `peak-hour` tells how old each number may be, and tries two more ways, sixteen totals and a number that
 * is kept for a second.
 *
 * What to expect: Postgres keeps old versions of rows for those who may still see them, so no count is stored anywhere and COUNT(*) has to
 * visit every row. Up to a few thousand rows that hides behind the round trip (a tenth of a millisecond), which is why a developer's
 * hundred rows show nothing. From 8 MB on, two more processes help: the answer comes sooner, the work is no less. The post's hundred
 * million rows are extrapolated from the three largest sizes, at full effort only: a table of 5 GB that is read as if it lay in memory
 * like the measured ones.
 *
 * How you could be fooled: by a table that was just written (its first reader sets the marks that tell which rows are visible; here VACUUM
 * has done so); by one that comes from disk (all of this lies in memory, so what is measured is the least that it can cost); by an index
 * (there is one, on the id, and Postgres takes it where that is cheaper: every row is in it, too); by a line through sizes at which the
 * round trip still shows (below 100,000 rows nothing is extrapolated from); and by what one trial leaves for the next (they share a server
 * on which nobody writes, ten million rows excepted, and each size is warmed up before it is timed).
 */
import type pg from "pg";
import { experiment, extrapolated, growth, postgres, ratio } from "#lab";
import { copied, questionOf, stored, type Design } from "./_counters.ts";
import { connect, connections, serverOfThisProcess } from "./_server.ts";
import article from "./article.ts";

interface Asked {
  readonly client: pg.Client;
  readonly rows: number;
  readonly [Symbol.asyncDispose]?: () => Promise<void>;
}

const asks =
  (design: Design) =>
  async ({ client, rows }: Asked): Promise<number> => {
    const { rows: answer } = await client.query<[string]>({ text: questionOf(design, rows), rowMode: "array" });
    return Number(answer[0]![0]);
  };

export default experiment(article, {
  question: "What does it cost to read the number of visitors as their table grows?",
  sweep: { rows: [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000] },
  quick: { rows: [100, 10_000, 1_000_000] },
  timeout: 300,
  together: true,
  async setup({ rows }): Promise<Asked> {
    const store = { stored: stored(rows, "unlogged") };
    if (copied(rows)) {
      const [client] = await connections(await serverOfThisProcess(store), 1);
      return { client: client!, rows };
    }
    const own = await postgres(store);
    const client = await connect(own);
    const close = async (): Promise<void> => {
      await client.end();
      await own[Symbol.asyncDispose]();
    };
    return { client, rows, [Symbol.asyncDispose]: close };
  },
  variants: { "one row": asks("one row"), estimate: asks("estimate"), "COUNT(*)": asks("COUNT(*)") },
  per: "read",
  claims: {
    "explain-02": [
      {
        says: "of two one-line questions COUNT(*) over a million visits costs at least a hundred times what the row with their number costs",
        holds: ratio("COUNT(*)", "one row").atLeast(100),
        at: { rows: 1_000_000 },
      },
    ],
    "explain-03": [
      {
        says: "over the post's hundred million rows one COUNT(*) takes at least a second, which no page waits for",
        holds: extrapolated("COUNT(*)", "rows", 100_000_000).atLeast(1),
        at: { rows: 10_000_000 },
      },
    ],
    "explain-06": [
      {
        says: "the same COUNT(*) costs at least a hundred times as much on a million rows as on the developer's hundred",
        holds: growth("COUNT(*)", { rows: 100 }).atLeast(100),
        at: { rows: 1_000_000 },
      },
    ],
  },
});
