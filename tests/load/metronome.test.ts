import fc from "fast-check";
import { expect, test } from "vitest";
import { Metronome } from "../../src/load/metronome.ts";

test("no one is woken early, and everyone is woken", async () => {
  await using clock = await Metronome.start();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: -1, max: 8 }), { minLength: 1, maxLength: 20 }), async (milliseconds) => {
      const began = clock.now();
      const early = await Promise.all(
        milliseconds.map(async (after) => {
          await clock.waitUntil(began + after / 1e3);
          return clock.now() < began + after / 1e3;
        }),
      );
      expect(early).not.toContain(true);
    }),
    { numRuns: 20 },
  );
});

test("whoever waits for less is not held up by those who were there before", async () => {
  await using clock = await Metronome.start();
  const order: string[] = [];
  const wait = async (name: string, seconds: number): Promise<void> => {
    await clock.waitUntil(clock.now() + seconds);
    order.push(name);
  };
  void wait("an hour", 3600);
  await Promise.all([wait("longer", 0.3), wait("shorter", 0.01)]);
  expect(order).toEqual(["shorter", "longer"]);
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
