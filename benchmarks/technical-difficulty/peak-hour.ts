/**
 * A homepage at its peak: two hundred page views a second, each of which records the visit and shows how many there were. What must the
 * database read for that, who waits for whom, and is a processor left?
 *
 * *COUNT(*)* counts for every page, *cached* counts at most once a second and shows the same number meanwhile; *estimate* takes what the
 * last VACUUM noted; *one row* and *16 rows* are totals that every visit adds to. Two hundred a second is what a site of five million
 * views a day has in its best hours, three or four times its average.
 *
 * Everything here is a fact of the kind that a second round would repeat, so there is one round:
 * - `scanned`: rows that the server reads for a second of page views, from the plan that it ran (EXPLAIN ANALYZE), for one question times
 *   the number of questions;
 * - `holdUps`: of two transactions that are still open (one has read the number, one has recorded a visit) how many the next visit waits
 *   for, tried with real connections and a time-out for locks;
 * - `unseen`: of a hundred visits after a page was shown, how many are missing on the next page within the second;
 * - `pinned`: whether nine tenths of the time of all processors went into work while the pages came, by the clock and from another
 *   process. The share itself would be a noisy number; on which side of nine tenths it lies is not, unless it lies near them.
 *
 * What to expect: in Postgres readers and writers do not wait for each other, so a COUNT(*) holds up nobody: no lock, and yet no free
 * lunch, because it reads a million rows, two hundred times a second. Two updates of one row do wait for each other. How much that costs
 * is the question of `one-counter-row`.
 *
 * How you could be fooled: by the load itself (the generator, the visits and whatever else runs here work as well; so the claim holds only
 * where the same pages with a cached number leave the processors free); by a pool that is too small to fill the processors (it has two
 * connections for each, and at least sixteen); by a large machine (the rate is a site's and does not grow with the host, so forty
 * processors may well bear it); by the disk (these tables are not logged, so no visit waits for it and no processor is idle for that
 * reason); by what one design leaves for the next (they share a server; the pages that nobody waits for any more are cut off, and the
 * visits taken back, before the next begins); by the sixteen rows, among which two visits still meet once in sixteen times (here they come
 * in turn); and by a cached number's count, which falls into this load once, although the load may be shorter than the second that it is
 * good for.
 */
import { constant, count, exact, generate, scenario, ServiceFailed, value, type Postgres, type Stage } from "#lab";
import { busyFor } from "./_busy.ts";
import { restoring, stored, type Design } from "./_counters.ts";
import { holdingUp, rowsReadToAnswer, unseen } from "./_facts.ts";
import { endPageViews, type PageViews } from "./_page-views.ts";
import { connect, serverOfThisProcess } from "./_server.ts";
import article from "./article.ts";

const VIEWS_PER_SECOND = 200;
/** Visits between two pages. */
const MEANWHILE = 100;
/** Share of the time of all processors from which on they count as pinned. */
const PINNED = 0.9;
/** Where the database is overloaded pages are late, and how late is not asked here. Any other failure is one. */
const LATE: readonly string[] = ["DEADLINE", "UNSENT"];
/** Seconds of page views: enough hundredths of a second for a share, in a trial that is soon over. */
const lasting = (window: number): number => Math.min(1, Math.max(window, 0.4));

interface Site extends AsyncDisposable {
  readonly server: Postgres;
  readonly rows: number;
}

/** Share of the time of all processors that went into work while pages were asked for. */
async function busyWhile({ server, rows }: Site, design: Design, { window, signal, random, host }: Stage): Promise<number> {
  const seconds = lasting(window);
  const listener = await connect(server);
  await listener.query("LISTEN views_begin");
  const began = new Promise<void>((resolve) => listener.once("notification", () => resolve()));
  const options: PageViews = {
    connection: server.connection,
    design,
    rows,
    connections: Math.max(16, 2 * host.cores),
    begins: "views_begin",
  };
  const load = generate<PageViews>({
    module: new URL("./_page-views.ts", import.meta.url).href,
    options,
    arrivals: constant(VIEWS_PER_SECOND),
    window: seconds,
    // What has not been answered by then is not waited for.
    deadline: seconds,
    seed: Math.floor(random() * 2 ** 31),
    maxInFlight: 10_000,
    signal,
  });
  const [busy, { errors }] = await Promise.all([Promise.race([began, load]).then(() => busyFor(seconds, signal)), load]);
  await listener.end();
  const broken = Object.keys(errors).filter((code) => !LATE.includes(code));
  if (broken.length > 0) throw new ServiceFailed(`pages failed (${broken.join(", ")}), so the load was not what it should be`);
  return busy;
}

const told =
  (design: Design) =>
  async (site: Site, stage: Stage): Promise<Record<"scanned" | "holdUps" | "unseen" | "pinned", number>> => {
    const { server, rows } = site;
    const answers = design === "cached" ? 1 : VIEWS_PER_SECOND;
    const scanned = answers * (await rowsReadToAnswer(server, design, rows));
    const holdUps = await holdingUp(server, design, rows);
    const missing = await unseen(server, design, rows, MEANWHILE);
    const pinned = (await busyWhile(site, design, stage)) >= PINNED ? 1 : 0;
    return { scanned, holdUps, unseen: missing, pinned };
  };

export default scenario(article, {
  question: "What does a visitor counter ask of the database in the busiest hour?",
  sweep: { rows: [100, 1_000, 10_000, 100_000, 1_000_000] },
  quick: { rows: [1_000_000] },
  timeout: 120,
  // All the work is done by Postgres, and the pages come from a process of their own.
  together: true,
  metrics: {
    scanned: exact(count("lower", "rows read for a second of page views")),
    holdUps: exact(count("lower", "open transactions that the next visit waits for")),
    unseen: exact(count("lower", "of a hundred new visits those not shown")),
    pinned: exact(count("lower", "whether all processors were busy")),
  },
  chart: "scanned",
  async setup({ rows }): Promise<Site> {
    const server = await serverOfThisProcess({ stored: stored(rows, "unlogged") });
    const restore = async (): Promise<void> => {
      await endPageViews(server);
      for (const statement of restoring(rows)) await server.query(statement);
    };
    return { server, rows, [Symbol.asyncDispose]: restore };
  },
  variants: {
    "one row": told("one row"),
    "16 rows": told("16 rows"),
    estimate: told("estimate"),
    cached: told("cached"),
    "COUNT(*)": told("COUNT(*)"),
  },
  claims: {
    "explain-03": [
      {
        says: "COUNT(*) reads every row for every page: two hundred million rows for a second of views over a million visits",
        holds: value("COUNT(*)", "scanned").atLeast(VIEWS_PER_SECOND * 1_000_000),
        at: { rows: 1_000_000 },
      },
    ],
    "explain-04": [
      {
        says: "with COUNT(*), which the post's counter is, a visit waits for somebody's lock: a reader's or another visitor's",
        holds: value("COUNT(*)", "holdUps").atLeast(1),
        at: { rows: 1_000_000 },
      },
      {
        says: "with a counter that is one row a visit does wait for the visit before it",
        holds: value("one row", "holdUps").atLeast(1),
        at: { rows: 1_000_000 },
      },
    ],
    "explain-05": [
      {
        says: "two hundred page views a second that count a million visits each leave less than a tenth of the processors' time idle",
        holds: value("COUNT(*)", "pinned").between(1, 1),
        at: { rows: 1_000_000 },
        given: {
          says: "the same page views with a cached number leave the processors free",
          holds: value("cached", "pinned").between(0, 0),
        },
      },
    ],
  },
});
