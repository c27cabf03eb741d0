/**
 * Two hundred jobs, of which some fail. Who hears of it?
 *
 * *Results unread* hands them to a pool and never looks at the results, which is what `executor.submit(job)` without `result()` does in
 * Python. *Retried* tries each job up to six times, and waits in between at random below a bound that doubles (backoff with jitter); what
 * was given up nobody looks at. *Dead letters* does the same and files what was given up with its error. *Nobody waits* begins the jobs and
 * forgets them (`void job()`). Here Node differs from Python, of which the post speaks, so no claim rests on it: a rejection that nobody
 * handles ends the process. The first error is heard, among the last words of the process; the jobs beside it die with it, unheard. Other
 * silence has to be written down in Node, as an `allSettled` that nobody reads or an empty `catch`; in a Python pool it comes by itself.
 *
 * The sweep is the chance that an attempt fails for reasons that pass, as those of a network do. Besides, one job in fifty can never be
 * done, because its input is broken, say: no retry helps it. `silent` are the jobs that were not done and of which nothing can be read.
 * Which attempt fails is drawn from the run's seed, alike for all variants and anew for each rate. A round would repeat it, so there is
 * one; claims keep well away from what a draw changes.
 *
 * How you could be fooled: by failures that one variant meets and another does not (whether an attempt fails depends on the seed, its job
 * and its number alone); by retries that hide what they cost (`attempts` counts them all; where a whole service is down they come on top of
 * its load); by failures that all pass (some never do); and by errors that are written where nobody looks, which is yours to judge: a dead
 * letter counts as read because it has an address and waits there.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { companion, count, exact, privateDirectory, scenario, value, type Companion, type Stage } from "#lab";
import type { open as openForgotten } from "./_forgotten.ts";
import { deadLetters, retrying, unread, type Batch, type Way } from "./_retries.ts";
import article from "./article.ts";

const JOBS = 200;
const POISON_EVERY = 50;

const told =
  (way: Way) =>
  async (batch: Batch, { random }: Stage) => {
    const { attempts, letters } = await way(batch, random);
    const notDone = JOBS - attempts.done.size;
    return { silent: notDone - letters.size, filed: letters.size, attempts: attempts.made, died: 0 };
  };

/** Seconds in which a process that does not survive its jobs ends. */
const SURVIVED = 1;

/** In a process of its own, because it may not survive. What it did is in a file, which does. */
async function forgotten(batch: Batch, { signal }: Stage) {
  await using books = await privateDirectory();
  const ledger = join(books.directory, "done");
  await writeFile(ledger, "");
  await using worker = await companion<typeof openForgotten>({
    module: new URL("./_forgotten.ts", import.meta.url).href,
    options: { ...batch, ledger },
    signal,
    name: "worker",
  });
  const attempts = await worker.ask("begin");
  const died = await Promise.race([worker.ended.then(() => true), sleep(SURVIVED * 1e3, false, { ref: false })]);
  signal.throwIfAborted();
  const words = died ? await lastWords(worker) : "";
  const done = (await readFile(ledger, "utf8")).split("\n").length - 1;
  return { silent: batch.jobs - done - (FAILURE.test(words) ? 1 : 0), filed: 0, attempts, died: died ? 1 : 0 };
}

const FAILURE = /\bjob \d+ (failed|cannot be done)/;

/** What whoever looks after a process reads when it has ended: the error on its standard error. */
const lastWords = (worker: Companion<typeof openForgotten>): Promise<string> =>
  worker.ask("begin").then(
    () => "",
    (error: Error) => error.message,
  );

export default scenario(article, {
  question: "Jobs fail: who hears of it?",
  sweep: { failureRate: [0.01, 0.03, 0.1, 0.3] },
  together: true,
  timeout: 20,
  metrics: {
    silent: exact(count("lower", "jobs that were not done, and nobody can read of it")),
    filed: exact(count("lower", "jobs that were given up and filed with their error")),
    attempts: exact(count("lower", "attempts")),
    died: exact(count("lower", "whether the process died of its jobs")),
  },
  chart: "silent",
  setup: ({ failureRate }, { random }): Batch => ({
    jobs: JOBS,
    failureRate,
    poisonEvery: POISON_EVERY,
    // Each rate has a draw of its own, so that a job that fails early does not do so at all of them.
    seed: Math.floor((random() + failureRate) * 2 ** 31),
  }),
  variants: {
    "results unread": told(unread),
    retried: told(retrying),
    "dead letters": told(deadLetters),
    "nobody waits": forgotten,
  },
  claims: {
    "py-workers-02": [
      {
        says: "a pool whose results nobody reads hides errors: where one attempt in ten fails, one job in twenty or more does, in silence",
        holds: value("results unread", "silent").atLeast(JOBS / 20),
        at: { failureRate: 0.1 },
      },
    ],
    "py-workers-03": [
      {
        says: "the post's four remedies, of which retries are the one for errors, leave nothing to fail in silence",
        holds: value("retried", "silent").between(0, 0),
        at: { failureRate: 0.1 },
      },
      {
        says: "with a list of dead letters as the fifth nothing does, even where three attempts in ten fail",
        holds: value("dead letters", "silent").between(0, 0),
        at: { failureRate: 0.3 },
      },
    ],
  },
});
