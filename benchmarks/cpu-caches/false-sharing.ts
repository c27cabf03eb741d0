/**
 * Two threads, each of which writes to a number of its own and never looks at the other's. While both numbers lie in one line, the
 * cores take it from each other with every write, although no data is shared. The sweep moves the numbers apart, from neighbours (4 bytes) to
 * 256 bytes; *apart* are the same writes with a kibibyte between them.
 *
 * Two threads can only fight for a line if they run at the same time on two cores, and a virtual machine may call two threads of one core two processors.
 * So the same experiment first sees what the two are worth: one worker at arithmetic that touches no memory, and two of them.
 *
 * A goroutine that adds to its own counter beside another's meets exactly this. In V8 it takes shared memory, because nothing else is written by
 * two threads; there it is the same, with Atomics as with plain stores.
 *
 * How you could be fooled: by a buffer that begins in the middle of a line (WebAssembly's memory begins with a page); by counting what one worker
 * did while the other had not started or was done (both publish their progress all the time, in lines of their own, and what is
 * read is how far they came between two looks); and by a scheduler that gives both one core for a while, which hides the fight: the median of several looks
 * counts. Arithmetic has nothing to hide, and can only be slowed down by neighbours: there the best look counts.
 */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { ratio, scenario, seconds, timed, type Stage } from "#lab";
import { TURN, type Duty, type Work } from "./_adder.ts";
import article from "./article.ts";

/** Bytes of the shared memory at which things lie, all on pages of their own. */
const STOP = 0;
const PROGRESS = [4096, 8192];
const CELLS = 16_384;
const LOOKS = 3;
const APART = 1024;

/** Seconds that an operation took each worker, as it was seen in several looks. */
async function looks(work: Work, cells: readonly number[], { window, signal }: Stage): Promise<number[]> {
  const descriptor = { initial: 1, maximum: 1, shared: true };
  const { buffer: memory } = new WebAssembly.Memory(descriptor);
  const shared = new Int32Array(memory);
  const crew = cells.map((cell, index) => {
    const duty: Duty = { memory, work, cell: cell / 4, turns: PROGRESS[index]! / 4, stop: STOP / 4 };
    return new Worker(new URL("./_adder.ts", import.meta.url), { workerData: duty });
  });
  const turns = (): number[] => crew.map((_, index) => Atomics.load(shared, PROGRESS[index]! / 4));
  try {
    while (turns().includes(0)) await sleep(1, undefined, { signal });
    await sleep((window / 8) * 1e3, undefined, { signal }); // V8 comes to its best code
    const times: number[] = [];
    for (let look = 0; look < LOOKS; look++) {
      const before = turns();
      const { seconds: took, result: done } = await timed(async () => {
        for (;;) {
          await sleep((window / 10) * 1e3, undefined, { signal });
          const since = turns().map((count, index) => count - before[index]!);
          // On a crowded host one may not have been let on at all.
          if (!since.includes(0)) return since;
        }
      });
      times.push((took * crew.length) / (done.reduce((sum, count) => sum + count) * TURN));
    }
    return times;
  } finally {
    Atomics.store(shared, STOP / 4, 1);
    await Promise.all(crew.map((worker) => once(worker, "exit")));
  }
}

const arithmetic = async (workers: number, stage: Stage) => ({
  time: Math.min(...(await looks("arithmetic", [CELLS, CELLS + APART].slice(0, workers), stage))),
});
const writes = async (work: Work, distance: number, stage: Stage) => ({ time: await looks(work, [CELLS, CELLS + distance], stage) });

const cores = {
  says: "two workers run on cores of their own (at arithmetic both together take at most 1.15 times as long as one)",
  holds: ratio("two at arithmetic", "one at arithmetic", "time").atMost(1.15),
  fails: ratio("two at arithmetic", "one at arithmetic", "time").atLeast(1.5),
};

export default scenario(article, {
  question: "What does a write cost whose neighbour is written by another core?",
  sweep: { distance: [4, 8, 16, 32, 64, 128, 256] },
  quick: { distance: [4, 64] },
  needs: { cores: 2 },
  metrics: { time: seconds("lower", "time of an operation") },
  setup: ({ distance }) => distance,
  variants: {
    "one at arithmetic": (_distance, stage) => arithmetic(1, stage), // first, so that the null control is of what the condition rests on
    "two at arithmetic": (_distance, stage) => arithmetic(2, stage),
    stores: (distance, stage) => writes("store", distance, stage),
    "stores apart": (_distance, stage) => writes("store", APART, stage),
    "Atomics.add": (distance, stage) => writes("add", distance, stage),
    "Atomics.add apart": (_distance, stage) => writes("add", APART, stage),
  },
  claims: {
    "cpu-caches-01": [
      {
        says: "caches are felt between cores: atomic additions to neighbours in one line take at least twice as long as to numbers in lines apart",
        holds: ratio("Atomics.add", "Atomics.add apart", "time").atLeast(2),
        at: { distance: 4 },
        given: cores,
      },
      {
        says: "numbers 64 bytes apart are far enough: additions take at most 1.25 times as long as to numbers 1 KiB apart",
        holds: ratio("Atomics.add", "Atomics.add apart", "time").atMost(1.25),
        at: { distance: 64 },
        given: cores,
      },
    ],
  },
});
