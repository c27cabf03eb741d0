/**
 * People log in, 400 a second, while analysts ask about the log, ten questions a second each, or fewer where the answers take longer.
 * *Alone* is the application without any analyst. *Same Postgres*: they ask the database in which people log in. *Column store*: they ask
 * a DuckDB, to which every line that a login leaves comes by logical replication while they ask. How long does a login take?
 *
 * A login finds a profile by its mail, compares the secret, and in one transaction notes the time in the profile and adds a line to the
 * log. The analysts' four questions read the whole log: sums by service and level, the users with most errors, the hours, a search in the
 * messages. A row store reads all columns of a row for that, a column store those it needs.
 *
 * What to expect: Postgres gives a question up to three processes, so a few analysts keep all processors busy, and a login queues for its
 * turn at every step. All of this runs on one machine, so the column store's questions take processors from the logins as well. It answers
 * one at a time, on all processors, and does less work for each: while the log is small that may not show, and as it grows Postgres is
 * swamped first. On a machine of its own the column store would leave to the logins' machine only the sending of the changes. The post
 * speaks of Couchbase and of massive scale; the log here has up to two million lines, which is not massive. Go and Node ask the same of a
 * database.
 *
 * How you could be fooled: by a client that waits for each answer and so never meets the queue (logins are due by the clock, from a
 * process of its own, and count from when they were due; `late` says how late the generator itself was); by analysts who are spared (what
 * they were answered is counted); by a column store that is quick because it lags or errs (after the load it catches up, and has to have
 * every line that a login left, value by value as Postgres has it; and one of the four questions, another from round to round, is put to
 * both, and must be answered alike); by percentiles that rest on three logins (`tail` is the highest with ten beyond it: p90 at quick
 * effort, p99 at full); and by Postgres's settings (`wal_level = logical` for all three, so none logs less than the others; everything
 * else is its default).
 */
import os from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import {
  GiB,
  across,
  count,
  duckdb,
  exact,
  fraction,
  generate,
  highestHonest,
  logLines,
  perSecond,
  poisson,
  postgres,
  ratio,
  scenario,
  seconds,
  timed,
  value,
  type DuckDB,
  type Load,
  type Postgres,
  type Stage,
} from "#lab";
import { atWork, columnStore, opening, sameDatabase, type Desk } from "./_analysts.ts";
import { analytics, application, linesBehind, questions } from "./_application.ts";
import { bothOf, Together } from "./_at-once.ts";
import type { Logins } from "./_login-target.ts";
import article from "./article.ts";

const LOGINS_PER_SECOND = 400;
/** Connections of the application. */
const CLIENTS = 16;
/** Milliseconds in which the first questions come under way, before the first login is due. */
const HEAD_START = 50;
/** Seconds after which a login is as good as failed. */
const GIVEN_UP = 1;

/** At quick effort long enough for ten logins beyond p90, at full effort beyond p99. */
const lasting = (window: number): number => (window < 0.1 ? window : Math.max(0.3, window));

interface Company extends AsyncDisposable {
  readonly server: Postgres;
  /** Where the analysts ask, if not in the database of the application. */
  readonly store: DuckDB | undefined;
  /** Lines of the log before anybody logs in. */
  readonly rows: number;
  readonly analysts: number;
}

const told =
  (deskIn: (company: Company) => Desk | Promise<Desk>, analysing: boolean) =>
  async (company: Company, { window, signal, random }: Stage) => {
    const { server } = company;
    await using desk = await deskIn(company);
    await using application = await opening(server);
    const loading = generate<Logins>({
      module: new URL("./_login-target.ts", import.meta.url).href,
      options: { connection: server.connection, clients: CLIENTS },
      arrivals: poisson(LOGINS_PER_SECOND),
      window: lasting(window),
      seed: Math.floor(random() * 2 ** 31),
      maxInFlight: 10_000,
      signal,
    });
    await Promise.race([application.opened, loading]);
    const busy = processors();
    const home = atWork(desk, analysing ? company.analysts : 0, signal);
    // Where nobody analyses there is nothing to wait for.
    if (analysing) await sleep(HEAD_START, undefined, { signal });
    await application.begin();
    const measured = loading.then((load) => ({ load, share: busy() }));
    const { load, share } = await measured.finally(home);
    const answered = await home();
    const { seconds: catchUp } = await timed(() => desk.caughtUp());
    const otherwise = await desk.otherwise([linesBehind(company.rows), questions[Math.floor(random() * questions.length)]!]);
    return { ...latencyOf(load), answered, catchUp, otherwise, share };
  };

function latencyOf(load: Load) {
  const { latency, lateness, offered, failed, refused, dropped } = load;
  if (!latency || !lateness) throw new Error("no login was answered");
  const slow = load.samples.latency.buckets.reduce((sum, [nanoseconds, logins]) => sum + (nanoseconds >= GIVEN_UP * 1e9 ? logins : 0), 0);
  const unanswered = failed + refused + dropped;
  return {
    p50: latency.p50,
    p90: latency.p90,
    tail: highestHonest(latency).seconds,
    late: lateness.p90,
    failed: unanswered,
    lost: (unanswered + slow) / offered,
  };
}

/** Tells, when it is called, which share of the host's processors was busy since, with whatever it was. */
function processors(): () => number {
  const read = () => {
    const times = os.cpus().map((cpu) => cpu.times);
    const idle = times.reduce((sum, it) => sum + it.idle, 0);
    return { idle, all: times.reduce((sum, it) => sum + it.user + it.nice + it.sys + it.irq + it.idle, 0) };
  };
  const before = read();
  return () => {
    const now = read();
    return now.all > before.all ? 1 - (now.idle - before.idle) / (now.all - before.all) : 0;
  };
}

export default scenario(article, {
  question: "What do analysts do to the time that a login takes?",
  sweep: { rows: [20_000, 200_000, 2_000_000], analysts: [1, 2, 4] },
  quick: { rows: [200_000], analysts: [2] },
  // A trial has a server and a column store of its own, and the logins come from a process of their own.
  together: true,
  memory: 6 * GiB,
  timeout: 240,
  metrics: {
    p50: seconds("lower", "median login"),
    p90: seconds("lower", "login that one in ten exceeds"),
    tail: seconds("lower", "highest percentile with ten logins beyond it"),
    late: seconds("lower", "how late the generator was with one login in ten"),
    failed: count("lower", "logins that failed"),
    lost: fraction("lower", "share of logins that failed or took longer than a second"),
    answered: perSecond("higher", "questions of analysts answered"),
    catchUp: seconds("lower", "time until the last login was in the answers"),
    otherwise: exact(count("lower", "questions, of two, answered otherwise than by Postgres")),
    share: fraction("lower", "share of the host's processors that was busy"),
  },
  chart: across("p50", "p90", "tail"),
  async setup({ rows, analysts }, { variant }): Promise<Company> {
    const opened = new Together();
    // Once a run it takes as long as Postgres takes to start.
    const lines = logLines(rows);
    try {
      const [server, store] = await bothOf(
        async () => opened.use(await postgres({ settings: { wal_level: "logical" }, stored: application(rows, lines) })),
        async () => (variant === "column store" ? opened.use(await duckdb({ stored: analytics(rows, lines) })) : undefined),
      );
      await lines;
      return { server, store, rows, analysts, [Symbol.asyncDispose]: opened.close };
    } catch (error) {
      await opened.close();
      throw error;
    }
  },
  variants: {
    alone: told(({ server }) => sameDatabase(server, 0), false),
    "same Postgres": told(({ server, analysts }) => sameDatabase(server, analysts), true),
    "column store": told(({ server, store }) => columnStore(server, store!), true),
  },
  claims: {
    "oltp-olap-02": [
      {
        says: "two analysts who ask a log of 200,000 lines in the same Postgres at least double the p90 of logins",
        holds: ratio("same Postgres", "alone", "p90").atLeast(2),
        at: { rows: 200_000, analysts: 2 },
      },
      {
        says: "the larger the scale the worse: with four analysts and two million lines p90 is at least ten times as long as alone",
        holds: ratio("same Postgres", "alone", "p90").atLeast(10),
        at: { rows: 2_000_000, analysts: 4 },
      },
      {
        says: "“kills”, taken at its word: there one login in a hundred fails or takes longer than a second",
        holds: value("same Postgres", "lost").atLeast(0.01),
        at: { rows: 2_000_000, analysts: 4 },
      },
    ],
  },
});
