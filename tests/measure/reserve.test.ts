import { expect, test } from "vitest";
import { AHEAD, type Boot } from "../../src/measure/ahead.ts";
import type { Launch } from "../../src/measure/launch.ts";
import { reserve } from "../../src/measure/reserve.ts";
import { timedOne, unclaimed } from "./_definitions.ts";
import { canned, simulate, type Simulated } from "./_simulated.ts";

const shared = { ...timedOne, together: true } as const;
const several = test.skipIf(AHEAD === 1);

/** Counts the processes that are started side by side, those that are asked, and those that are ended without it. */
function counting(launch: Launch) {
  const started: number[] = [];
  let asked = 0;
  let ended = 0;
  const boot: Boot = async (_request, starts) => {
    started.push(starts.length);
    return starts.map(() => ({
      launch: (...all) => (asked++, launch(...all)),
      end: async () => void ended++,
    }));
  };
  return { boot, started, asked: () => asked, ended: () => ended };
}

/** Everything is answered by what was started ahead. */
const answering: Launch = async (request) => {
  if (request.task === "agree") return { task: "agree", agree: true };
  if (request.task !== "together") throw new Error(`asked for a ${request.task}`);
  return { task: "together", replies: request.cells.map((cell) => canned({ ...request, ...cell, task: "trial" })) };
};

/** Nothing is left for processes that are started as they are asked. */
const none: Simulated["answer"] = (request) => ({ task: "failed", message: `one more ${request.task}` });

several("the processes of the comparison and of all rounds until the next look are started at once", async () => {
  const processes = counting(answering);
  const { record, requests } = await simulate(shared, { boot: processes.boot, answer: none });
  expect(record.rounds).toHaveLength(20);
  expect(requests).toEqual([]);
  expect(processes.started).toEqual([6, 8, 7]);
  expect(processes.asked()).toBe(21);
  expect(processes.ended()).toBe(0);
});

several("a resumed run starts those that are still to come", async () => {
  const whole = await simulate(shared);
  const resume = { ...whole.record, rounds: whole.record.rounds.slice(0, 2) };
  const processes = counting(answering);
  await simulate(shared, { boot: processes.boot, answer: none, resume });
  expect(processes.started).toEqual([3, 8, 7]);
});

several("those that nobody takes are ended, however the run ends", async () => {
  const disagreeing = counting(async () => ({ task: "agree", agree: false, detail: "2 and 3" }));
  await simulate(shared, { boot: disagreeing.boot, answer: none });
  expect([disagreeing.started, disagreeing.asked(), disagreeing.ended()]).toEqual([[6], 1, 5]);

  const unsaved = counting(answering);
  const save = async (): Promise<void> => {
    throw new Error("the disk is full");
  };
  await expect(simulate(shared, { boot: unsaved.boot, answer: none, save })).rejects.toThrow("the disk is full");
  expect([unsaved.asked(), unsaved.ended()]).toEqual([2, 4]);
});

several("what starting them takes is shared out among them", async () => {
  let time = 0;
  const { boot } = counting(answering);
  const slow: Boot = async (...all) => ((time += 3), boot(...all));
  const options = { file: "/nowhere/one.ts", launch: answering, boot: slow, signal: new AbortController().signal, clock: () => time };
  await using processes = reserve(shared, [{ size: 1 }], 4, options);
  expect((await processes.take(3)).seconds).toBe(1);
  expect((await processes.take(2)).seconds).toBe(1);
  expect(time).toBe(3);
});

several("where the reader's budget may end any round none is started before it is wanted", async () => {
  const processes = counting(answering);
  await simulate(shared, { boot: processes.boot, budget: 100 });
  expect(processes.started).toEqual([]);
});

test("one alone is started as it is asked, and so is everything of rounds that share no process", async () => {
  const processes = counting(answering);
  const launch: Launch = async () => ({ task: "agree", agree: true });
  const options = { file: "/nowhere/one.ts", launch, boot: processes.boot, signal: new AbortController().signal };
  await using alone = reserve(shared, [{ size: 1 }], 4, options);
  expect((await alone.take(1)).launch).toBe(launch);
  await using own = reserve(unclaimed, [{ size: 1 }], 4, options);
  expect((await own.take(5)).launch).toBe(launch);
  expect(processes.started).toEqual([]);
});
