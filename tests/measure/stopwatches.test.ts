import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { batchOf, kept } from "../../src/measure/batch.ts";
import { mitata } from "../../src/measure/mitata.ts";
import { plain } from "../../src/measure/plain.ts";
import type { Span, Stopwatch } from "../../src/measure/stopwatch.ts";
import { tinybench } from "../../src/measure/tinybench.ts";
import { median } from "../../src/stats/quantiles.ts";

/** mitata calls a batch once before it times it. */
const untimed = { mitata: 1, tinybench: 0, plain: 0, fake: 0 };

function checkSpans(spans: readonly Span[], count: number): void {
  expect(spans).toHaveLength(count);
  let free = 0;
  for (const { start, duration } of spans) {
    expect(duration).toBeGreaterThan(0);
    expect(start).toBeGreaterThanOrEqual(free);
    // What adding up two floats loses.
    free = start + duration - 1e-9;
  }
}

describe.each([mitata, tinybench, plain])("$name", (stopwatch: Stopwatch) => {
  test.each([1, 2, 3, 10, 57])("times exactly %i batches, in order and one after the other", async (count) => {
    let calls = 0;
    const numbers = Array.from({ length: 2000 }, (_, index) => index);
    const batch = (): number => numbers.reduce((sum, number) => sum + Math.sqrt(number), ++calls);
    checkSpans(await stopwatch.time(batch, count), count);
    expect(calls).toBe(count + untimed[stopwatch.name]);
  });

  test("what a batch throws is thrown on", async () => {
    const failing = (): never => {
      throw new RangeError("too far");
    };
    await expect(stopwatch.time(failing, 3)).rejects.toThrow("too far");
  });

  test("a batch's calls are all made", async () => {
    let calls = 0;
    const batch = batchOf((step: number) => (calls += step), 2, "synchronous");
    batch.calls = 25;
    await stopwatch.time(batch.run, 4);
    expect(calls).toBe(2 * 25 * (4 + untimed[stopwatch.name]));
    expect(kept.last).toBe(calls);
  });
});

test("asynchronous batches are awaited inside the span, one after the other", async () => {
  for (const stopwatch of [tinybench, plain]) {
    let open = 0;
    let most = 0;
    const call = async (): Promise<void> => {
      most = Math.max(most, ++open);
      await setImmediate();
      open--;
    };
    const batch = batchOf(call, undefined, "asynchronous");
    batch.calls = 5;
    checkSpans(await stopwatch.time(batch.run, 6), 6);
    expect(most, stopwatch.name).toBe(1);
    expect(open).toBe(0);
  }
});

test("all of them read the same kernel alike, up to a factor that only a blunder reaches", async () => {
  const numbers = Float64Array.from({ length: 4096 }, (_, index) => index);
  const sum = (all: Float64Array): number => {
    let total = 0;
    for (let index = 0; index < all.length; index++) total += all[index]!;
    return total;
  };
  const readings: number[] = [];
  for (const stopwatch of [plain, mitata, tinybench, plain]) {
    const batch = batchOf(sum, numbers, "synchronous");
    batch.calls = 100;
    await stopwatch.time(batch.run, 20);
    const spans = await stopwatch.time(batch.run, 60);
    readings.push(median(spans.map(({ duration }) => duration)));
  }
  expect(Math.max(...readings) / Math.min(...readings)).toBeLessThan(3);
});

test("each batch is compiled for its own callee and hands it its own input", () => {
  const one = batchOf((input: string) => `${input}!`, "one", "synchronous");
  const two = batchOf((input: string) => `${input}?`, "two", "synchronous");
  one.run();
  expect(kept.last).toBe("one!");
  two.run();
  expect(kept.last).toBe("two?");
  expect(one.run).not.toBe(two.run);
});
