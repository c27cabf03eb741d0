import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import wabt from "wabt";
import { timeBatch } from "../../src/measure/timing.ts";
import { yardstick, yardstickBytes } from "../../src/measure/yardstick.ts";
import { constant, simulation } from "./_fake.ts";

const AT_REST = 1e-5;
/** Readings in this order, and at rest from then on. */
function readings(...list: number[]): () => number {
  let next = 0;
  return () => list[next++] ?? AT_REST;
}

test("the bytes are those of the source beside them", async () => {
  const source = new URL("../../src/measure/yardstick.wat", import.meta.url);
  const module = (await wabt()).parseWat("yardstick.wat", readFileSync(source, "utf8"));
  expect(yardstickBytes).toBe(Buffer.from(module.toBinary({}).buffer).toString("base64"));
});

test("it reads a time", () => {
  expect(yardstick()()).toBeGreaterThan(0);
});

test("batches count unless the yardstick was slow before or after them, whatever they took themselves", async () => {
  const world = simulation((_before, calls) => calls * 1e-6);
  // Two to find out that it is quiet, then one before each batch and one after the last of a stretch.
  const list = [AT_REST, AT_REST, AT_REST, 2 * AT_REST, AT_REST];
  const timing = await timeBatch(world.batch, world.stopwatches, world.plan({ yardstick: readings(...list) }));
  expect(timing.leftOut).toBe(2);
  expect(timing.disturbed).toBe(false);
  expect(timing.spans).toEqual(world.timed.slice(2));
  expect(timing.atRest).toBe(AT_REST);
});

test("where hardly any batch was undisturbed all of them count, and it says so", async () => {
  const world = simulation(constant(1e-6));
  const plan = world.plan({ yardstick: () => 2 * AT_REST, atRest: AT_REST });
  const timing = await timeBatch(world.batch, world.stopwatches, plan);
  expect(timing.disturbed).toBe(true);
  expect(timing.leftOut).toBe(0);
  expect(timing.spans).toEqual(world.timed);
});

test("it waits for a disturbance to end before it times, but not for long", async () => {
  const world = simulation(constant(1e-6));
  let looks = 0;
  const yard = (): number => (++looks < 500 ? 2 * AT_REST : AT_REST);
  const patient = await timeBatch(world.batch, world.stopwatches, world.plan({ yardstick: yard, atRest: AT_REST, timing: 0.03 }));
  expect(patient.leftOut).toBe(0);
  expect(looks).toBeGreaterThan(500);
  let never = 0;
  const busy = (): number => (never++, 2 * AT_REST);
  await timeBatch(world.batch, world.stopwatches, world.plan({ yardstick: busy, atRest: AT_REST, timing: 0.03 }));
  expect(never).toBeLessThan(0.03 / (2 * AT_REST) + 2000);
});

test("without one every batch counts", async () => {
  const world = simulation(constant(1e-6));
  const timing = await timeBatch(world.batch, world.stopwatches, world.plan({}));
  expect(timing).toMatchObject({ leftOut: 0, disturbed: false });
  expect(timing.atRest).toBeUndefined();
});

test("what it reports is its own reading, so that a clock that became slower is followed", async () => {
  const world = simulation(constant(1e-6));
  const timing = await timeBatch(world.batch, world.stopwatches, world.plan({ yardstick: () => 1.2 * AT_REST, atRest: AT_REST }));
  expect(timing).toMatchObject({ disturbed: true, atRest: 1.2 * AT_REST });
});

test("all stretches together wait no longer than half of what the timing takes", async () => {
  const world = simulation(constant(1e-6));
  let looks = 0;
  const busy = (): number => (looks++, 2 * AT_REST);
  const timing = await timeBatch(world.batch, world.stopwatches, world.plan({ yardstick: busy, atRest: AT_REST, timing: 0.25 }));
  const stretches = 6;
  expect(looks - timing.spans.length - stretches).toBeLessThanOrEqual(0.125 / (2 * AT_REST) + stretches);
});
