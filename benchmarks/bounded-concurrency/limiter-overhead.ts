/**
 * A limiter stands between the loop and every task. What does that cost when the tasks themselves cost nothing? The post's semaphore
 * (a buffered channel in Go) becomes p-limit, p-queue, async-sema, a semaphore of twelve lines, and N pullers that share one
 * iterator; *none* starts everything at once.
 *
 * A goroutine's counterpart here is a pending promise with its closure: it has no stack, so figures about stacks do not carry over,
 * but "the processor copes with 10,000 at once" does.
 *
 * How you could be fooled: by tasks that finish without ever waiting (every task here waits for one turn of the microtask queue, so a
 * limiter has something to limit); by a limiter that is made once and keeps its queue warm for the next call (each call makes its own,
 * as a handler of requests would); and by counting tasks that never ran (all variants return how many did, and must agree).
 */
import { Sema } from "async-sema";
import pLimit from "p-limit";
import PQueue from "p-queue";
import { experiment, ratio } from "#lab";
import article from "./article.ts";

interface Job {
  readonly tasks: number;
  readonly limit: number;
  done: number;
}

const task = async (job: Job): Promise<void> => {
  await undefined;
  job.done++;
};

/** A counter and a queue of those who wait: all that a semaphore needs where nothing runs at the same time. */
class Semaphore {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  async run<T>(body: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await body();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}

const each = <T>(job: Job, start: () => Promise<T>): Promise<T>[] => Array.from({ length: job.tasks }, start);

async function counted(job: Job, all: Promise<unknown>): Promise<number> {
  const before = job.done;
  await all;
  return job.done - before;
}

export default experiment(article, {
  question: "What does a limiter cost per task, when the tasks cost nothing?",
  sweep: { tasks: [100, 1_000, 10_000, 100_000], limit: [10, 50, 500] },
  quick: { tasks: [10_000], limit: [50] },
  setup: ({ tasks, limit }): Job => ({ tasks, limit, done: 0 }),
  variants: {
    none: (job) => counted(job, Promise.all(each(job, () => task(job)))),
    "p-limit": (job) => {
      const limit = pLimit(job.limit);
      return counted(job, Promise.all(each(job, () => limit(task, job))));
    },
    "p-queue": (job) => {
      const queue = new PQueue({ concurrency: job.limit });
      return counted(job, Promise.all(each(job, () => queue.add(() => task(job)))));
    },
    "async-sema": (job) => {
      const sema = new Sema(job.limit, { capacity: job.tasks });
      const limited = async (): Promise<void> => {
        await sema.acquire();
        try {
          await task(job);
        } finally {
          sema.release();
        }
      };
      return counted(job, Promise.all(each(job, limited)));
    },
    semaphore: (job) => {
      const semaphore = new Semaphore(job.limit);
      return counted(job, Promise.all(each(job, () => semaphore.run(() => task(job)))));
    },
    pullers: (job) => {
      const items = Array(job.tasks).keys();
      const pull = async (): Promise<void> => {
        for (const _item of items) await task(job);
      };
      return counted(job, Promise.all(Array.from({ length: job.limit }, pull)));
    },
  },
  operations: ({ tasks }) => tasks,
  per: "task",
  centre: "mean",
  claims: {
    "bounded-08": [
      {
        says: "the runtime copes with 10,000 tasks at once: each costs less than ten times the processor time that it costs with fifty at once (pullers)",
        holds: ratio("none", "pullers", "cpu").atMost(10),
        at: { tasks: 10_000, limit: 50 },
      },
    ],
  },
});
