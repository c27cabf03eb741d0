import fc from "fast-check";
import { expect, test } from "vitest";
import { timeBatch } from "../../src/measure/timing.ts";
import { median } from "../../src/stats/quantiles.ts";
import { constant, simulation } from "./_fake.ts";

const exponent = (from: number, to: number) => fc.double({ min: from, max: to, noNaN: true }).map((power) => 10 ** power);

test("batches grow until the timer's error is at most one percent of them, whatever a call costs", async () => {
  await fc.assert(
    fc.asyncProperty(exponent(-9, -2), exponent(-9, -6), async (perCall, timerError) => {
      const world = simulation(constant(perCall));
      const timing = await timeBatch(world.batch, world.stopwatches, world.plan({ timerError }));
      expect(timing.coarse).toBe(false);
      expect(median(timing.spans.map(({ duration }) => duration))).toBeGreaterThanOrEqual(timerError / 0.01);
      expect(timing.calls).toBe(world.batch.calls);
    }),
  );
});

test("a batch that got faster as it warmed up is sized again before it counts", async () => {
  // A hundred times faster after the first ten thousand calls.
  const world = simulation((before, calls) => calls * (before < 10_000 ? 1e-6 : 1e-8));
  const plan = world.plan({ timerError: 1e-6 });
  const timing = await timeBatch(world.batch, world.stopwatches, plan);
  expect(timing.coarse).toBe(false);
  for (const { duration } of timing.spans) expect(duration).toBeGreaterThanOrEqual(1e-4);
});

test("one interruption while batches are sized is not mistaken for work", async () => {
  const world = simulation((before, calls) => calls * 1e-6 + (before === 0 ? 1 : 0));
  const timing = await timeBatch(world.batch, world.stopwatches, world.plan({}));
  expect(timing.calls).toBeGreaterThan(100);
});

test("the warm-up stops as soon as it is steady and long enough", async () => {
  const world = simulation(constant(1e-6));
  const timing = await timeBatch(world.batch, world.stopwatches, world.plan({ warmUp: [0.05, 100] }));
  const prepared = world.elapsed() - timing.spans.reduce((sum, { duration }) => sum + duration, 0);
  expect(timing.steady).toBe(true);
  expect(prepared).toBeGreaterThanOrEqual(0.05);
  expect(prepared).toBeLessThan(0.1);
});

test("the warm-up waits for a variant that is still getting faster, and times only what comes after", async () => {
  const warm = 2_000;
  const cost = (before: number, calls: number): number => calls * (1e-6 + Math.max(0, 1 - before / warm) * 9e-6);
  const world = simulation(cost);
  const timing = await timeBatch(world.batch, world.stopwatches, world.plan({ warmUp: [0, 100] }));
  expect(timing.steady).toBe(true);
  for (const { duration } of timing.spans) expect(duration / timing.calls).toBeLessThan(1.2e-6);
});

test("the warm-up of a variant that is never steady is bounded, and it says so", async () => {
  const world = simulation((before, calls) => calls * (before % 2 === 0 ? 1e-6 : 1e-5) * (1 + Math.sin(before) ** 2));
  let growing = 1e-6;
  const drifting = simulation((_before, calls) => calls * (growing *= 1.02));
  for (const it of [world, drifting]) {
    const timing = await timeBatch(it.batch, it.stopwatches, it.plan({ warmUp: [0.01, 0.08], timing: 0.002 }));
    const prepared = it.elapsed() - timing.spans.reduce((sum, { duration }) => sum + duration, 0);
    expect(prepared).toBeLessThan(0.5);
  }
  expect((await timeBatch(drifting.batch, drifting.stopwatches, drifting.plan({ timing: 0.002 }))).steady).toBe(false);
});

test("every span is kept as it was taken, in order and none dropped, outliers included", async () => {
  // Every seventh batch is ten times as long.
  let batches = 0;
  const world = simulation((_before, calls) => calls * 1e-6 * (++batches % 7 === 0 ? 10 : 1));
  const timing = await timeBatch(world.batch, world.stopwatches, world.plan({}));
  expect(timing.spans).toEqual(world.timed);
  expect(timing.spans.map(({ start }) => start)).toEqual(world.timed.map(({ start }) => start).toSorted((a, b) => a - b));
  const longest = Math.max(...timing.spans.map(({ duration }) => duration));
  expect(longest).toBeGreaterThan(5 * median(timing.spans.map(({ duration }) => duration)));
});

test("the event loop is visited between stretches of batches", async () => {
  const world = simulation(constant(1e-6));
  const timing = await timeBatch(world.batch, world.stopwatches, world.plan({}));
  expect(timing.spans.length).toBeGreaterThan(20);
  expect(world.rests()).toBeGreaterThanOrEqual(2);
});

test("about as much is timed as was planned, in no more than 400 batches", async () => {
  for (const seconds of [0.002, 0.03, 0.25, 10]) {
    const world = simulation(constant(1e-7));
    const { spans } = await timeBatch(world.batch, world.stopwatches, world.plan({ timing: seconds, warmUp: [0, 0.01] }));
    expect(spans.length).toBeGreaterThanOrEqual(3);
    expect(spans.length).toBeLessThanOrEqual(400);
    const total = spans.reduce((sum, { duration }) => sum + duration, 0);
    if (spans.length < 400) expect(total).toBeGreaterThan(0.9 * seconds);
    expect(total).toBeLessThan(2 * seconds);
  }
});

test("a clock too coarse for the longest batch allowed is flagged", async () => {
  const world = simulation(constant(1e-13), { resolution: 1e-3 });
  const timing = await timeBatch(world.batch, world.stopwatches, world.plan({ timerError: 1e-3 }));
  expect(timing.coarse).toBe(true);
  expect(timing.calls).toBe(2 ** 24);
});

test("a call that is long itself gets few batches of one call each", async () => {
  const world = simulation(constant(2));
  const timing = await timeBatch(world.batch, world.stopwatches, world.plan({}));
  expect(timing.calls).toBe(1);
  expect(timing.spans).toHaveLength(3);
  expect(world.calls()).toBeLessThanOrEqual(12);
});

test("a stopwatch that always reads zero ends, even if its error is said to be zero too", async () => {
  for (const timerError of [0, 1e-7]) {
    const world = simulation(constant(0));
    const timing = await timeBatch(world.batch, world.stopwatches, world.plan({ timerError }));
    expect(timing.spans.length).toBeGreaterThanOrEqual(3);
    expect(timing.spans.length).toBeLessThanOrEqual(400);
    expect(timing.calls).toBe(2 ** 24);
  }
});

test("the same world gives the same timing", async () => {
  const once = async () => {
    const world = simulation((before, calls) => calls * 1e-6 * (1 + 0.01 * Math.sin(before)));
    return timeBatch(world.batch, world.stopwatches, world.plan({}));
  };
  expect(await once()).toEqual(await once());
});
