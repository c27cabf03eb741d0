import { expect, test } from "vitest";
import { burst } from "../../src/load/burst.ts";
import { Refused } from "../../src/load/target.ts";

const signal = new AbortController().signal;

test("every task ends in exactly one account, and the window ends what does not end by itself", async () => {
  const tally = await burst({ tasks: 10, window: 0.05, signal }, async ({ task }) => {
    const never = new Promise<void>(() => {});
    const bodies = [
      ...Array.from({ length: 4 }, () => async () => {}),
      ...Array.from({ length: 3 }, () => () => Promise.reject(new Refused("53300"))),
      () => Promise.reject(Object.assign(new Error("no"), { code: "ECONNRESET" })),
      () => never,
      () => never,
    ];
    await Promise.all(bodies.map(task));
  });
  expect(tally).toMatchObject({ completed: 4, refused: 3, failed: 1, unfinished: 2, errors: { 53300: 3, ECONNRESET: 1 } });
});

test("goodput counts until the last task where all are done before the window closes", async () => {
  let time = 0;
  const tally = await burst({ tasks: 100, window: 10, signal, now: () => time }, async ({ tasks, task }) => {
    for (let index = 0; index < tasks; index++) {
      time += 0.01;
      await task(async () => {});
    }
  });
  expect(tally.goodput).toBeCloseTo(100, 6);
  expect(tally.latency.max).toBeCloseTo(1, 6);
});

test("the ramp ends where the rate first comes to nine tenths of its best", async () => {
  let time = 0;
  const completions = [1, 2, 5, 9, 10, 10]; // in each slot of 0.02 s
  const tally = await burst({ tasks: 37, window: 10, signal, now: () => time }, async ({ task }) => {
    for (const [slot, count] of completions.entries()) {
      time = slot * 0.02 + 0.001;
      for (let done = 0; done < count; done++) await task(async () => {});
    }
  });
  expect(tally.rampUp).toBeCloseTo(0.08, 6);
});

test("a burst of which nothing is completed has no goodput and no ramp", async () => {
  const tally = await burst({ tasks: 2, window: 0.02, signal }, async ({ task, over }) => {
    await Promise.all([task(() => Promise.reject(new Error("no"))), new Promise((resolve) => over.addEventListener("abort", resolve))]);
  });
  expect(tally).toMatchObject({ completed: 0, failed: 1, unfinished: 1, goodput: 0 });
});
