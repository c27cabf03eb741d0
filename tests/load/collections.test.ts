import { setImmediate, setTimeout } from "node:timers/promises";
import v8 from "node:v8";
import vm from "node:vm";
import { expect, test } from "vitest";
import { watchCollections } from "../../src/load/collections.ts";

v8.setFlagsFromString("--expose-gc");
const gc = vm.runInNewContext("gc") as (options?: { type: "minor" | "major" }) => void;

test("it counts collections that are forced, and tells minor from major ones", async () => {
  using watch = watchCollections();
  for (let time = 0; time < 3; time++) gc({ type: "minor" });
  for (let time = 0; time < 2; time++) gc({ type: "major" });
  const { minor, major } = await watch.soFar();
  expect(minor).toBeGreaterThanOrEqual(3);
  expect(major).toBeGreaterThanOrEqual(2);
  expect(major).toBeLessThanOrEqual(3);
});

test("the longest stop is part of their total, and the total a share of the stretch", async () => {
  using watch = watchCollections();
  gc();
  gc();
  await setTimeout(5);
  const { total, longest, share, seconds } = await watch.soFar();
  expect(longest).toBeGreaterThan(0);
  expect(total).toBeGreaterThan(longest);
  expect(seconds).toBeGreaterThan(total);
  expect(share).toBeCloseTo(total / seconds, 12);
});

test("a restart forgets what was, also what has not been reported yet", async () => {
  using watch = watchCollections();
  gc();
  watch.restart();
  expect((await watch.soFar()).major).toBe(0);
  gc();
  expect((await watch.soFar()).major).toBeGreaterThanOrEqual(1);
});

test("disposed it hears of nothing more", async () => {
  const watch = watchCollections();
  watch[Symbol.dispose]();
  gc();
  await setImmediate();
  expect(await watch.soFar()).toMatchObject({ minor: 0, major: 0, other: 0, total: 0, longest: 0, share: 0 });
});
