/**
 * "12 TB of allocations in 30 seconds" is 400 GB every second. How much garbage can this host make at all? As many threads as it has
 * cores do nothing else: *small* objects of four fields, *medium* arrays of a thousand numbers, *large* buffers of 1 MiB, every byte
 * of them written. *12 TB in 30 s* is the post's figure, as a bar to compare with.
 *
 * What to expect: some GB a second for each core. Memory has to be written, small objects need a header each, and large buffers come
 * from the system page by page, so hundreds of GB are out of reach of one machine by one or two orders of magnitude. *Untouched* is how
 * such a figure can come about all the same: a buffer of 512 MiB that nobody writes costs a system call and no memory. A Go heap
 * profile can mislead in another way: its `alloc_space` counts from the start of the process.
 *
 * How you could be fooled: by just that buffer; by objects that the compiler takes apart, so that none is made (each is reachable when
 * it is made, and the bytes of small and medium ones are V8's own count, not a calculation); and by one thread, where the service had
 * many.
 */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { bytesPerSecond, GiB, ratio, scenario, timed, type Stage } from "#lab";
import type { Way } from "./_garbage.ts";
import article from "./article.ts";

/** The post's figure. */
const CLAIMED = 12e12 / 30;

const cores = availableParallelism();

const making = (way: Way) => async (threads: number, stage: Stage) => {
  const workerData = { way, window: stage.window / 4 };
  const workers = Array.from({ length: threads }, () => new Worker(new URL("./_garbage-worker.ts", import.meta.url), { workerData }));
  try {
    await Promise.all(workers.map((worker) => once(worker, "message")));
    const { seconds, result } = await timed(() =>
      Promise.all(
        workers.map(async (worker) => {
          worker.postMessage("go");
          const [bytes] = (await once(worker, "message")) as [number];
          return bytes;
        }),
      ),
    );
    return { rate: result.reduce((sum, bytes) => sum + bytes, 0) / seconds };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
};

export default scenario(article, {
  question: "How much garbage can this host make in a second?",
  sweep: { threads: ["one", "one per core"] },
  quick: { threads: ["one per core"] },
  needs: { memory: cores * GiB },
  memory: (2 + 3 * cores) * GiB, // what a thread reserves counts, used or not: a heap and up to three of the untouched buffers
  metrics: { rate: bytesPerSecond("higher", "garbage made") },
  setup: ({ threads }) => (threads === "one" ? 1 : cores),
  variants: {
    small: making("small"),
    medium: making("medium"),
    large: making("large"),
    untouched: making("untouched"),
    "12 TB in 30 s": async () => ({ rate: CLAIMED }),
  },
  claims: {
    "gc-deep-01": [
      {
        says: "one machine can make 12 TB of small objects in 30 s",
        holds: ratio("small", "12 TB in 30 s", "rate").atLeast(1),
        at: { threads: "one per core" },
      },
      {
        says: "one machine can make 12 TB of arrays of 8 KB in 30 s",
        holds: ratio("medium", "12 TB in 30 s", "rate").atLeast(1),
        at: { threads: "one per core" },
      },
      {
        says: "one machine can make 12 TB of buffers of 1 MiB, every byte written once, in 30 s",
        holds: ratio("large", "12 TB in 30 s", "rate").atLeast(1),
        at: { threads: "one per core" },
      },
    ],
  },
});
