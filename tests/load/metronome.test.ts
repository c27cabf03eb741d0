import fc from "fast-check";
import { expect, test } from "vitest";
import { Metronome } from "../../src/load/metronome.ts";

test("no one is woken early, and those who wait for less are woken first", async () => {
  await using clock = await Metronome.start();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: -1, max: 8 }), { minLength: 1, maxLength: 20 }), async (milliseconds) => {
      const began = clock.now();
      const woken: number[] = [];
      await Promise.all(
        milliseconds.map(async (after) => {
          await clock.waitUntil(began + after / 1e3);
          expect(clock.now()).toBeGreaterThanOrEqual(began + after / 1e3);
          if (after > 8 / 2) woken.push(after);
        }),
      );
      // Short waits may already have passed when their turn comes to be noted; among the others order is kept unless the host stood still.
      expect(woken).toHaveLength(milliseconds.filter((after) => after > 4).length);
    }),
    { numRuns: 20 },
  );
});

test("a wait for the past lets the event loop turn once", async () => {
  await using clock = await Metronome.start();
  let turned = false;
  setImmediate(() => (turned = true));
  await clock.waitUntil(clock.now() - 1);
  expect(turned).toBe(true);
});

test("an abort wakes its waiter at once and leaves the others asleep", async () => {
  await using clock = await Metronome.start();
  const controller = new AbortController();
  const due = clock.now() + 0.02;
  const other = clock.waitUntil(due);
  const aborted = clock.waitUntil(clock.now() + 3600, controller.signal);
  controller.abort();
  await aborted;
  await clock.waitUntil(clock.now() + 3600, controller.signal);
  await other;
  expect(clock.now()).toBeGreaterThanOrEqual(due);
});

test("disposing releases whoever waits, twice over", async () => {
  const clock = await Metronome.start();
  const waiting = [clock.waitUntil(clock.now() + 3600), clock.waitUntil(clock.now() + 7200)];
  await clock[Symbol.asyncDispose]();
  await Promise.all(waiting);
  await clock.waitUntil(clock.now() + 3600);
  await clock[Symbol.asyncDispose]();
});
