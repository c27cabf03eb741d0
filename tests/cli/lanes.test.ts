import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { inLanes } from "../../src/cli/lanes.ts";

/** Lanes that were opened, and which of them are closed again. */
function counted() {
  const opened: number[] = [];
  const closed: number[] = [];
  const open = async (lane: number) => {
    opened.push(lane);
    return { lane, [Symbol.asyncDispose]: async () => void closed.push(lane) };
  };
  return { opened, closed, open };
}

test("every item is worked on once, no more of them at a time than there are lanes, each lane with what is its own", async () => {
  const { opened, closed, open } = counted();
  const done: string[] = [];
  const busy = new Set<number>();
  await inLanes(["a", "b", "c", "d", "e"], 2, open, async (item, { lane }) => {
    expect(busy).not.toContain(lane);
    busy.add(lane);
    await setTimeout(1);
    busy.delete(lane);
    done.push(item);
  });
  expect(done.toSorted()).toEqual(["a", "b", "c", "d", "e"]);
  expect([opened, closed.toSorted()]).toEqual([
    [0, 1],
    [0, 1],
  ]);
});

test("a lane goes on while another is held up, and one lane alone keeps the order", async () => {
  const { open } = counted();
  const held = Promise.withResolvers<void>();
  const done: string[] = [];
  await inLanes(["slow", "b", "c"], 2, open, async (item) => {
    if (item === "slow") await held.promise;
    done.push(item);
    if (item === "c") held.resolve();
  });
  expect(done).toEqual(["b", "c", "slow"]);
  const alone: string[] = [];
  await inLanes(["a", "b", "c"], 1, open, async (item) => void alone.push(item));
  expect(alone).toEqual(["a", "b", "c"]);
});

test("what throws ends all lanes when their present items are done, and is thrown", async () => {
  const { closed, open } = counted();
  const done: string[] = [];
  const worked = inLanes(["bad", "b", "c"], 2, open, async (item) => {
    if (item === "bad") throw new Error("the disk is full");
    await setTimeout(1);
    done.push(item);
  });
  await expect(worked).rejects.toThrow("the disk is full");
  expect([done, closed.toSorted()]).toEqual([["b"], [0, 1]]);
});

test("where there is nothing to do no lane is opened, nor more of them than there are items", async () => {
  const { opened, open } = counted();
  await inLanes([], 2, open, async () => {});
  expect(opened).toEqual([]);
  await inLanes(["a"], 2, open, async () => {});
  expect(opened).toEqual([0]);
});
