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

test("it tells when so many were completed, and of more than there were nothing", async () => {
  let time = 0;
  const tally = await burst({ tasks: 5, window: 10, signal, now: () => time }, async ({ task }) => {
    for (let done = 0; done < 5; done++) {
      time += 0.1;
      await task(async () => {});
    }
  });
  expect(tally.completedAfter(3)).toBeCloseTo(0.3, 9);
  expect(tally.completedAfter(6)).toBeUndefined();
  expect(tally.seconds).toBeCloseTo(0.5, 9);
});

test("the window is as long as it was asked for, whatever came before the first end", async () => {
  const slow = 0.06;
  const ends: string[] = [];
  await burst({ tasks: 2, window: 0.03, signal }, async ({ task, over }) => {
    over.addEventListener("abort", () => ends.push("over"));
    await task(() => new Promise((resolve) => setTimeout(resolve, slow * 1e3)));
    ends.push("first");
    await task(() => new Promise(() => {}));
  });
  expect(ends).toEqual(["first", "over"]);
});

test("a burst of which nothing is completed has no goodput", async () => {
  const tally = await burst({ tasks: 2, window: 0.02, signal }, async ({ task, over }) => {
    await Promise.all([task(() => Promise.reject(new Error("no"))), new Promise((resolve) => over.addEventListener("abort", resolve))]);
  });
  expect(tally).toMatchObject({ completed: 0, failed: 1, unfinished: 1, goodput: 0 });
});
