/**
 * A counter that is quick to read is one that somebody else keeps: every visit has to add itself. This file asks what that costs the
 * visits when several come at once, each with a connection of its own, in a real Postgres with the durability that it has by default.
 *
 * *Visit alone* records the visit and counts nothing, which is all that COUNT(*), an estimate or a cached number ask of those who write.
 * *One row* adds one to a single total in the same transaction, *16 rows* to one of sixteen totals, which the visits take in turn.
 *
 * What to expect: who updates a row holds it until the transaction is on disk, and whoever wants it next waits that long. Visits alone
 * share the way to the disk (one flush commits all that are ready), visits to one row cannot, so they come one after the other, and more
 * of them at once gain nothing. A single visitor should hardly notice the counter.
 *
 * How you could be fooled: by a transaction that dawdles (visit and counter are one message to the server, so the row is held for no round
 * trip); by a disk that forgets (on a temporary folder in memory a flush costs nothing, and there is less to wait for: the ratio is
 * smaller); by visitors that share a connection (then the client is the queue); and by what is timed: the visitors work in a closed loop,
 * so this is how fast visits get done, not how long a visitor waits.
 */
import type pg from "pg";
import { experiment, ratio } from "#lab";
import { stored, visitOf, type Design } from "./_counters.ts";
import { connections, serverOfThisProcess } from "./_server.ts";
import article from "./article.ts";

/** Visits that each visitor makes in one timed call. */
const EACH = 4;

interface Visitors {
  readonly clients: readonly pg.Client[];
  visits: number;
}

const keeping =
  (design: Design) =>
  async (visitors: Visitors): Promise<number> => {
    const calls = visitors.clients.map(async (client) => {
      for (let visit = 0; visit < EACH; visit++) await client.query(visitOf(design, 0, visitors.visits++));
    });
    await Promise.all(calls);
    return calls.length * EACH;
  };

export default experiment(article, {
  question: "What does a counter cost the visits that it counts when they come at once?",
  sweep: { visitors: [1, 2, 4, 8, 16, 32] },
  quick: { visitors: [8] },
  timeout: 120,
  together: true,
  async setup({ visitors }): Promise<Visitors> {
    const server = await serverOfThisProcess({ stored: stored(0, "logged") });
    return { clients: await connections(server, visitors), visits: 0 };
  },
  // Nobody counts in *visit alone*, and nobody who counts in another way writes more than the visit.
  // The first is the null control as well, so it is the cheaper one of the two that the claim compares.
  variants: { "16 rows": keeping("16 rows"), "one row": keeping("one row"), "visit alone": keeping("COUNT(*)") },
  operations: ({ visitors }) => visitors * EACH,
  per: "visit",
  claims: {
    "explain-04": [
      {
        says: "a counter in one row makes visits queue: with eight visitors at once each takes at least twice as long as with sixteen rows",
        holds: ratio("one row", "16 rows").atLeast(2),
        at: { visitors: 8 },
      },
    ],
  },
});
