/** Works through tasks that each hold a buffer while they wait for an answer: the process that a memory limit kills, or not. */
import { setTimeout as wait } from "node:timers/promises";
import pLimit from "p-limit";

export interface Appetite {
  readonly way: "unbounded" | "p-limit" | "pullers";
  readonly tasks: number;
  readonly buffer: number;
  readonly limit: number;
}

const { way, tasks, buffer, limit } = JSON.parse(process.argv[2]!) as Appetite;

const task = async (): Promise<number> => {
  const work = new Uint8Array(buffer).fill(1);
  await wait(10); // the answer of whatever stands downstream
  return work[buffer - 1]!;
};

const ways = {
  unbounded: () => Promise.all(Array.from({ length: tasks }, task)),
  "p-limit": () => {
    const limited = pLimit(limit);
    return Promise.all(Array.from({ length: tasks }, () => limited(task)));
  },
  pullers: async () => {
    const finished: number[] = [];
    const items = Array(tasks).keys();
    const pull = async (): Promise<void> => {
      for (const _item of items) finished.push(await task());
    };
    await Promise.all(Array.from({ length: limit }, pull));
    return finished;
  },
};

const finished = await ways[way]();
process.stdout.write(String(finished.reduce((sum, one) => sum + one, 0)));
