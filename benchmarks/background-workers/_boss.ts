/** The same jobs on pg-boss, a queue in Postgres that somebody else has written and many use. */
import { PgBoss } from "pg-boss";
import { ServiceUnavailable, type Postgres } from "#lab";
import { booksOf, connected, SLOTS } from "./_jobs.ts";
import type { Question, WorkerOptions } from "./_worker.ts";
import { Workshop } from "./_workshop.ts";

const QUEUE = "jobs";
/** Jobs that each of its loops takes at once. */
const BATCH = 16;

interface Job {
  readonly job: number;
}

/** pg-boss as a process uses it that makes the queue, sends jobs to it, or works them off and looks after those of workers that died. */
function bossFor(role: "making" | "sending" | "working", connection: Postgres["connection"]): Promise<PgBoss> {
  const boss = new PgBoss({
    ...connection,
    migrate: role === "making",
    supervise: role === "working",
    useListenNotify: role === "working",
    // The shortest that it allows.
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    schedule: false,
    registerInstance: false,
  });
  // Whoever waits for an answer hears of what goes wrong.
  boss.on("error", () => {});
  return boss.start();
}

/**
 * An empty queue. A worker has a job for a second, the shortest lease that pg-boss allows.
 * @throws {ServiceUnavailable} the server lends us a schema in a database of others, where pg-boss may be at work already.
 */
export async function emptiedQueue({ connection, query }: Pick<Postgres, "connection" | "query">): Promise<void> {
  const [row] = await query("SELECT current_schema()::text");
  if (row![0] !== "public") throw new ServiceUnavailable("pg-boss needs a database of its own, and the server has only a schema to lend");
  const boss = await bossFor("making", connection);
  try {
    if (!(await boss.getQueue(QUEUE))) await boss.createQueue(QUEUE, { expireInSeconds: 1, retryLimit: 10, notify: true });
    await boss.deleteAllJobs(QUEUE);
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** A customer's way to the queue. */
export async function sender(connection: Postgres["connection"]) {
  const boss = await bossFor("sending", connection);
  return {
    send: async (job: number) => void (await boss.send(QUEUE, { job } satisfies Job)),
    [Symbol.asyncDispose]: () => boss.stop({ graceful: false }),
  };
}

/** A worker: its loops take batches, each does the jobs of one at once, and on SIGTERM pg-boss waits for those under way. */
export async function open({ connection, design, number }: WorkerOptions) {
  const [boss, pool] = await Promise.all([bossFor("working", connection), connected(connection)]);
  const books = booksOf(pool, design, number);
  const workshop = new Workshop(books);
  const begin = () =>
    boss.work<Job>(
      QUEUE,
      {
        batchSize: BATCH,
        localConcurrency: SLOTS / BATCH,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: 0.5,
        notifyPollingIntervalSeconds: 0.5,
      },
      async (batch) => {
        const jobs = batch.map(({ data }) => data.job);
        await books.has(jobs);
        await Promise.all(jobs.map((job) => workshop.do(job)));
      },
    );
  process.once("SIGTERM", () => void boss.stop().then(() => process.exit(0)));
  return {
    ready: null,
    answer: async (question: Question) => (question === "begin" ? void (await begin()) : workshop.asked(question)),
    async [Symbol.asyncDispose]() {
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
}
