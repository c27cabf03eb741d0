/**
 * Eight tasks for each core are always waiting, and all they need is a processor. *Main thread* runs them where the server's own loop lives; *worker per task*
 * starts a thread for each, as the unbounded version of the post starts a goroutine; the pools are Piscina's, with one thread, one per
 * core, and two per core. How many tasks a second, how much memory, and how long does the loop stand still?
 *
 * A goroutine is far lighter than a Worker, which brings a JavaScript heap of its own: what carries over is the shape (a pool near
 * the number of cores is enough), not the price of one more.
 *
 * How you could be fooled: by a pool that is measured while its threads start (it is warmed with one task a thread first); by
 * results that nobody checks (every one is compared); by cores that are siblings of one another, where the second thread adds
 * little; and by the memory of one's own process only (workers live in it, so here it is all there is).
 */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Piscina } from "piscina";
import { GiB, perSecond, ratio, saturate, scenario, seconds, watchStalls, type Stage } from "#lab";
import crunch from "./_crunch.ts";
import article from "./article.ts";

const cores = availableParallelism();
/** Tasks that always wait: the same number for each core, so that hosts compare. */
const IN_FLIGHT = 8 * cores;

interface Work {
  readonly steps: number;
  readonly expected: number;
}

async function throughput({ steps, expected }: Work, { window, signal }: Stage, run: (steps: number) => Promise<number>) {
  using stalls = watchStalls();
  const checked = async (): Promise<void> => {
    const result = await run(steps);
    if (result !== expected) throw new Error(`a task returned ${result} instead of ${expected}`);
  };
  const { perSecond: rate } = await saturate(checked, { inFlight: IN_FLIGHT, window, signal });
  return { throughput: rate, stall: stalls.longest() };
}

/** Waits until the thread has ended: one that still holds its memory is still under way. */
async function inWorker(steps: number): Promise<number> {
  const worker = new Worker(new URL("./_crunch-worker.ts", import.meta.url), { workerData: steps });
  const [[result]] = (await Promise.all([once(worker, "message"), once(worker, "exit")])) as [[number], unknown];
  return result;
}

const pool = (threads: number) => async (work: Work, stage: Stage) => {
  const piscina = new Piscina({ filename: new URL("./_crunch.ts", import.meta.url).href, minThreads: threads, maxThreads: threads });
  try {
    await Promise.all(Array.from({ length: threads }, () => piscina.run(1)));
    return await throughput(work, stage, (steps) => piscina.run(steps) as Promise<number>);
  } finally {
    await piscina.destroy();
  }
};

export default scenario(article, {
  question: "How many threads does work that needs a processor deserve?",
  sweep: { steps: [1_000_000, 10_000_000, 50_000_000] },
  quick: { steps: [1_000_000] },
  metrics: { throughput: perSecond("higher", "tasks finished"), stall: seconds("lower", "longest stall of the main loop") },
  needs: { cores: 2, memory: 1.5 * GiB },
  memory: IN_FLIGHT * GiB, // as many heaps at once: what a thread reserves counts, used or not
  setup: ({ steps }): Work => ({ steps, expected: crunch(steps) }),
  variants: {
    "pool of one": pool(1),
    "pool of cores": pool(cores),
    "pool of twice the cores": pool(2 * cores),
    "worker per task": (work, stage) => throughput(work, stage, inWorker),
    "main thread": (work, stage) =>
      throughput(work, stage, async (steps) => {
        await new Promise(setImmediate); // a server would answer its other requests here
        return crunch(steps);
      }),
  },
  claims: {
    "bounded-02": [
      {
        says: "with eight tasks a core under way a pool holds at most half the memory of a thread per task",
        holds: ratio("pool of cores", "worker per task", "rss").atMost(0.5),
        at: { steps: 1_000_000 },
      },
    ],
  },
});
