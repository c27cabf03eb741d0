/**
 * Ten thousand goroutines of 2 KB are 20 MB before they have done anything. What do ten thousand tasks weigh that wait here? A task
 * has no stack: it is a promise, the closure that goes on when the promise settles, and whatever the work itself holds on to.
 * *Unbounded* starts them all; *p-limit* lets fifty run and queues the others; *pullers* are fifty loops over one iterator, so that a
 * task which is not its turn does not exist yet.
 *
 * The sweep gives each running task a buffer of its own (the post's "heap buffers for JSON and HTTP"), once of no size and once of
 * 8 KiB: it is the work in hand that a cap saves, and a queue is not free.
 *
 * How you could be fooled: by garbage (a full collection comes before both readings of the heap); by buffers that V8 keeps outside its heap (they
 * are counted too); by tasks that have finished by the time they are counted (all wait at one gate until the reading is done, and
 * then all must finish).
 */
import pLimit from "p-limit";
import { bytes, KiB, MiB, ratio, scenario, value } from "#lab";
import article from "./article.ts";

const LIMIT = 50;

interface Herd {
  readonly tasks: number;
  readonly buffer: number;
}

type Start = (tasks: number, task: () => Promise<void>) => Promise<unknown>;

/** Starts the tasks, reads what waits, lets them finish. */
async function held({ tasks, buffer }: Herd, start: Start) {
  const gate = Promise.withResolvers<void>();
  let finished = 0;
  const task = async (): Promise<void> => {
    const work = buffer > 0 ? new Uint8Array(buffer).fill(1) : undefined;
    await gate.promise;
    finished += work === undefined ? 1 : work[0]!;
  };
  const before = await settledMemory();
  const all = start(tasks, task);
  const memory = (await settledMemory()) - before;
  gate.resolve();
  await all;
  if (finished !== tasks) throw new Error(`${finished} of ${tasks} tasks finished`);
  return { held: memory, perTask: memory / tasks };
}

/** Bytes on the heap and in array buffers after everything that nobody holds is gone. */
async function settledMemory(): Promise<number> {
  for (let turn = 0; turn < 2; turn++) {
    await new Promise(setImmediate);
    globalThis.gc!();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

export default scenario(article, {
  question: "What do ten thousand tasks weigh while they wait?",
  sweep: { tasks: [1_000, 10_000, 100_000, 1_000_000], bufferSize: [0, 8 * KiB] },
  quick: { tasks: [10_000] },
  flags: ["--expose-gc"],
  needs: { memory: ({ tasks, bufferSize }) => 200 * MiB + tasks * (1.5 * KiB + bufferSize) },
  metrics: { held: bytes("lower", "memory held by all tasks"), perTask: bytes("lower", "memory held by a task") },
  setup: ({ tasks, bufferSize }): Herd => ({ tasks, buffer: bufferSize }),
  variants: {
    unbounded: (herd) => held(herd, (tasks, task) => Promise.all(Array.from({ length: tasks }, task))),
    "p-limit": (herd) =>
      held(herd, (tasks, task) => {
        const limit = pLimit(LIMIT);
        return Promise.all(Array.from({ length: tasks }, () => limit(task)));
      }),
    pullers: (herd) =>
      held(herd, (tasks, task) => {
        const items = Array(tasks).keys();
        const pull = async (): Promise<void> => {
          for (const _item of items) await task();
        };
        return Promise.all(Array.from({ length: LIMIT }, pull));
      }),
  },
  claims: {
    "bounded-07": [
      {
        says: "merely to have started, ten thousand tasks hold about 20 MB (15 to 25)",
        holds: value("unbounded", "held").between(15e6, 25e6),
        at: { tasks: 10_000, bufferSize: 0 },
      },
    ],
    "bounded-11": [
      {
        says: "without a cap the memory of all ten thousand is demanded at the same instant: at least ten times what p-limit holds",
        holds: ratio("unbounded", "p-limit", "held").atLeast(10),
        at: { tasks: 10_000, bufferSize: 8 * KiB },
      },
    ],
  },
});
