/**
 * Jobs arrive at a fixed rate, and twice the worker that does them is killed: by SIGTERM, as in a deploy, and by SIGKILL, as when memory
 * runs out or a supervisor loses patience. Each time another worker is ready and takes over. Which jobs are lost, left half done, or done
 * twice? Workers are processes, the queue is a real Postgres, a job has two effects (a charge and a receipt) with 80 ms in between.
 *
 * - *Array in memory*: a server answers 202, has the jobs in a pool of its own, and dies with them. Ordinary code.
 * - *Acknowledge early*: the worker deletes a job from the queue and then does it.
 * - *Lease*: the worker borrows jobs (`FOR UPDATE SKIP LOCKED` and a time at which they become visible again, 0.4 s later) and deletes what
 *   is done. A job whose worker died is handed out again: that is the retry.
 * - *Lease, drain*: on SIGTERM the worker takes nothing new, finishes what is under way, and leaves: orderly shutdown.
 * - *Lease, drain, key*: each effect has an idempotency key as well, so asking for it again does nothing. With the pool, which all of them
 *   have, these are the post's four remedies.
 * - *pg-boss*: a queue that others have written, which brings lease, pool and drain; the keys are the job's own.
 *
 * What is told is of how many strikes, of the two, did harm of which kind. How many jobs one catches is Little's law again: at 20 a second
 * and 0.12 s a job two or three are under way at any moment, so no deploy is lucky; at 500 a second sixty are. What to expect of the
 * remedies: a lease loses nothing and repeats what was half done; draining spares that in a deploy and not after a kill -9; only keys make
 * the repetition harmless, after which draining saves no job, just the wait for the lease. Python's workers receive the same signals and
 * leave the same transactions open, so this carries over as it stands.
 *
 * How you could be fooled: by a strike at a quiet moment (each comes while a drawn job is half done, the draw is part of the run's seed,
 * and the books must show it afterwards); by a worker that ends of something else, or whose jobs are handed on while it lives, because the
 * host is too busy (either fails the trial); by asking the queue what became of the jobs (customers note for themselves what was accepted,
 * and effects are rows that allow repetition, because the bank does not know of our queue); by a queue and effects that share a transaction
 * (they would be safe together, but no transaction spans a bank; keys are what banks offer instead); by a database that forgets (it is on
 * its defaults: what is committed is on disk; it is not killed here); and by a load that backs off (jobs come by the clock, whoever is
 * dead).
 */
import { setTimeout as sleep } from "node:timers/promises";
import {
  beside,
  companion,
  constant,
  count,
  exact,
  generate,
  postgres,
  scenario,
  ServiceFailed,
  ServiceUnavailable,
  value,
  type Companion,
  type Postgres,
  type Stage,
} from "#lab";
import type { Customers } from "./_customers.ts";
import { BUSY, checkStrikes, fates, outstanding, strike, type Fates } from "./_fates.ts";
import { designs, emptied, type Design } from "./_jobs.ts";
import type { OpenWorker } from "./_worker.ts";
import article from "./article.ts";

/** Who dies of what, and in which part of the load: of a deploy, then of too little memory (or of an impatient supervisor). */
const STRIKES = [
  { signal: "SIGTERM", from: 0.15, to: 0.3 },
  { signal: "SIGKILL", from: 0.6, to: 0.75 },
] as const;
/** Seconds over which jobs arrive, and how many those are: at least. */
const SHORTEST = 0.4;
const FEWEST = 10;
/** Seconds for those who are left to do what is left. */
const PATIENCE = 10;
/** Seconds after the load in which nothing is half done: then a strike has come too late to be one. */
const LULL = 2;

interface Shop {
  readonly server: Postgres;
  readonly rate: number;
}

type Worker = Companion<OpenWorker>;

let started: Promise<Postgres> | undefined;
/** One server for all trials of a process, which find its tables empty. It goes with the process. */
const serverOfThisProcess = (): Promise<Postgres> => (started ??= postgres());

const told =
  (variant: keyof typeof designs) =>
  async ({ server, rate }: Shop, { window, random, signal }: Stage) => {
    const design = designs[variant];
    const { connection } = server;
    await using processes = new AsyncDisposableStack();
    const start = (number: number): Promise<Worker> => {
      const module = new URL("./_worker.ts", import.meta.url).href;
      const starting = companion<OpenWorker>({ module, options: { connection, design, number }, signal, name: "worker" });
      processes.defer(async () => (await starting.catch(() => undefined))?.[Symbol.asyncDispose]());
      return starting;
    };
    const workers = await Promise.all(Array.from({ length: STRIKES.length + 1 }, (_, number) => start(number)));
    const lasting = Math.max(SHORTEST, window, FEWEST / rate);
    const jobs = STRIKES.map(({ from, to }) => Math.floor(rate * lasting * (from + (to - from) * random())));
    await workers[0]!.ask("begin");
    const over = new AbortController();
    const loading = generate<Customers>({
      module: new URL("./_customers.ts", import.meta.url).href,
      options: { connection, design },
      arrivals: constant(rate),
      window: lasting,
      seed: 1,
      maxInFlight: 10_000,
      deadline: lasting + PATIENCE,
      signal: AbortSignal.any([signal, over.signal]),
    });
    // Whatever goes wrong, the next trial finds nobody who leaves jobs in its tables.
    processes.defer(async () => {
      over.abort();
      await loading.catch(() => {});
    });
    for (const [number, { signal: deadly }] of STRIKES.entries()) {
      const worker = workers[number]!;
      const quiet = loading.then(() => sleep(LULL * 1e3, undefined, { signal: over.signal })).then(missed);
      await Promise.race([worker.ask(jobs[number]!), quiet]);
      await strike(server, number, drains(design, deadly), () => worker.kill(deadly));
      await workers[number + 1]!.ask("begin");
    }
    const { offered } = await loading;
    for (const [number, { signal: deadly }] of STRIKES.entries()) checkEnd(await workers[number]!.ended, deadly, drains(design, deadly));
    await settled(server, design, workers.at(-1)!, signal);
    await checkStrikes(server);
    return harmed(await fates(server), offered);
  };

const drains = (design: Design, deadly: NodeJS.Signals): boolean => design.drains === true && deadly === "SIGTERM";

function missed(): never {
  throw new ServiceFailed(`no job was half done any more when a worker was to be killed; ${BUSY}`);
}

/** @throws {ServiceFailed} a worker ended otherwise than it was made to. */
function checkEnd({ code, signal }: Awaited<Worker["ended"]>, deadly: NodeJS.Signals, drained: boolean): void {
  const asMeant = drained ? code === 0 : signal === deadly;
  if (!asMeant) throw new ServiceFailed(`a worker that was sent ${deadly} ended with ${signal ?? `code ${code}`}`);
}

/** Waits until nothing is left that anybody could do. @throws {ServiceFailed} something is for too long. */
async function settled(server: Postgres, design: Design, worker: Worker, signal: AbortSignal): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE * 1e3);
  while ((await outstanding(server, design)) > 0) {
    signal.throwIfAborted();
    if (patience.aborted) throw new ServiceFailed(`jobs were left ${PATIENCE} s after all had come; ${BUSY}`);
    await sleep(10);
  }
  await worker.ask("idle");
}

/** Strikes that did harm, by its kind. */
function harmed({ accepted, late, lost, halfDone, twice }: Fates, offered: number) {
  if (accepted !== offered) throw new ServiceFailed(`of ${offered} jobs only ${accepted} were accepted`);
  const strikes = (workers: ReadonlyMap<number, number>): number => {
    if ([...workers.keys()].some((worker) => !STRIKES[worker])) throw new ServiceFailed("jobs came to harm that no strike explains");
    return workers.size;
  };
  return { lost: strikes(lost), halfDone: strikes(halfDone), twice: strikes(twice), late: Math.min(1, late) };
}

export default scenario(article, {
  question: "What do a deploy and a kill -9 do to the jobs that are under way?",
  sweep: { rate: [5, 20, 100, 500] },
  quick: { rate: [20, 500] },
  together: true,
  timeout: 60,
  metrics: {
    lost: exact(count("lower", "jobs lost by how many of two strikes")),
    halfDone: exact(count("lower", "jobs half done by how many of two strikes")),
    twice: exact(count("lower", "jobs done twice by how many of two strikes")),
    late: exact(count("lower", "whether a job was done later than after 5 s")),
  },
  chart: beside("lost", "halfDone", "twice"),
  async setup({ rate }, { variant }): Promise<Shop> {
    if (process.platform === "win32") throw new ServiceUnavailable("it needs signals that a process can answer, and Windows has none");
    const server = await serverOfThisProcess();
    await emptied(server);
    if (variant === "pg-boss") await (await import("./_boss.ts")).emptiedQueue(server);
    return { server, rate };
  },
  variants: {
    "array in memory": told("array in memory"),
    "acknowledge early": told("acknowledge early"),
    lease: told("lease"),
    "lease, drain": told("lease, drain"),
    "lease, drain, key": told("lease, drain, key"),
    "pg-boss": told("pg-boss"),
  },
  claims: {
    "py-workers-01": [
      {
        says: "at 20 jobs a second a system with all four remedies loses no job, neither to a deploy nor to a kill -9",
        holds: value("lease, drain, key", "lost").between(0, 0),
        at: { rate: 20 },
      },
    ],
    "py-workers-02": [
      {
        says: "a deploy loses jobs that ordinary code had accepted, and so does a kill -9",
        holds: value("array in memory", "lost").between(2, 2),
        at: { rate: 20 },
      },
      {
        says: "both leave damaged data: jobs that are half done for ever",
        holds: value("array in memory", "halfDone").between(2, 2),
        at: { rate: 20 },
      },
    ],
    "py-workers-03": [
      {
        says: "with all four remedies no job is left half done",
        holds: value("lease, drain, key", "halfDone").between(0, 0),
        at: { rate: 20 },
      },
      { says: "nor is one done twice", holds: value("lease, drain, key", "twice").between(0, 0), at: { rate: 20 } },
    ],
    "py-workers-04": [
      {
        says: "at 500 jobs a second, too, nothing is lost with all four remedies",
        holds: value("lease, drain, key", "lost").between(0, 0),
        at: { rate: 500 },
      },
      {
        says: "nothing is left half done there",
        holds: value("lease, drain, key", "halfDone").between(0, 0),
        at: { rate: 500 },
      },
      { says: "nor done twice", holds: value("lease, drain, key", "twice").between(0, 0), at: { rate: 500 } },
      { says: "nor done later than after 5 s", holds: value("lease, drain, key", "late").between(0, 0), at: { rate: 500 } },
    ],
  },
});
