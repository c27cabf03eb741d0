import { expect, test } from "vitest";
import { alternate } from "../../src/gate/blocks.ts";
import type { Side } from "../../src/gate/instrument.ts";
import { seeded } from "../../src/inputs/random.ts";

interface World {
  /** Seconds of a call. */
  readonly cost: Readonly<Record<Side, number>>;
  /** Factor by which the machine is slower at a time. */
  readonly machine?: (time: number, batch: number) => number;
}

/** Two versions on a machine in which time passes only while a batch runs. */
async function compared({ cost, machine = () => 1 }: World, seed = 1) {
  let time = 0;
  let batch = 0;
  const order: Side[] = [];
  const timer = async (side: Side, calls: number): Promise<number> => {
    const seconds = calls * cost[side] * machine(time, batch++);
    time += seconds;
    order.push(side);
    return seconds;
  };
  const blocks = await alternate(timer, seeded(seed), { timing: 0.3, warmUp: [0.01, 0.1] });
  return { ...blocks, ratio: Math.exp(blocks.logRatio), order: order.slice(-4 * blocks.blocks) };
}

test("two versions are timed in turns, inner and outer by chance, each twice a block", async () => {
  const { order, ratio, time } = await compared({ cost: { base: 1e-6, head: 1.05e-6 } });
  expect(ratio).toBeCloseTo(1.05, 9);
  expect(time.base).toBeCloseTo(1e-6, 12);
  const blocks = Array.from({ length: order.length / 4 }, (_, block) => order.slice(4 * block, 4 * block + 4).join(" "));
  expect(new Set(blocks)).toEqual(new Set(["base head head base", "head base base head"]));
});

test("a machine that slows down steadily leaves the ratio as it is", async () => {
  const { ratio } = await compared({ cost: { base: 1e-6, head: 1.02e-6 }, machine: (time) => Math.exp(2 * time) });
  expect(ratio).toBeCloseTo(1.02, 4);
});

test("an interruption spoils its block and nothing else", async () => {
  const { ratio } = await compared({ cost: { base: 1e-6, head: 1.02e-6 }, machine: (_, batch) => (batch % 37 === 0 ? 20 : 1) });
  expect(ratio).toBeCloseTo(1.02, 6);
});

test("calls that take long are timed a few times, and not for ever", async () => {
  const { blocks, ratio } = await compared({ cost: { base: 0.2, head: 0.21 } });
  expect(blocks).toBe(3);
  expect(ratio).toBeCloseTo(1.05, 9);
});
