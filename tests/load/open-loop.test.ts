import fc from "fast-check";
import { expect, test } from "vitest";
import { constant, poisson } from "../../src/load/arrivals.ts";
import { Histogram } from "../../src/load/histogram.ts";
import { openLoop, type OpenLoop } from "../../src/load/open-loop.ts";
import type { Load } from "../../src/load/tally.ts";
import { Refused } from "../../src/load/target.ts";
import { SimulatedClock } from "./_simulated-clock.ts";

type Serve = (clock: SimulatedClock, index: number, signal: AbortSignal) => Promise<void>;

function load(serve: Serve, order: Partial<OpenLoop> = {}): Promise<Load> {
  const clock = new SimulatedClock();
  const full = { arrivals: constant(100), window: 20, maxInFlight: 10_000, seed: 1, ...order };
  return clock.run(openLoop({ request: (index, signal) => serve(clock, index, signal) }, full, { clock }));
}

const sum = (load: Load): number => load.completed + load.failed + load.dropped + load.refused;

/** Answers in a millisecond, but not at all during one second. */
const stalling = (from: number): Serve => {
  let began: number | undefined;
  return async (clock) => {
    began ??= clock.now();
    const since = clock.now() - began;
    await clock.pass(since >= from && since < from + 1 ? from + 1 - since : 0.001);
  };
};

test("a server that stalls for a second shows in p99, because latency counts from when requests were due", async () => {
  const { completed, latency } = await load(stalling(10));
  expect(completed).toBe(2_000);
  expect(latency!.p50).toBeCloseTo(0.001, 5);
  // A hundred requests were due in that second; the 21st longest of 2,000 is p99.
  expect(latency!.p99).toBeGreaterThan(0.79);
  expect(latency!.p99).toBeLessThan(0.82);
  expect(latency!.max).toBeCloseTo(1, 2);
});

test("a closed loop hides the same stall: it counts one slow request and leaves the others out", async () => {
  const clock = new SimulatedClock();
  const serve = stalling(10);
  const latency = new Histogram();
  const closed = async (): Promise<void> => {
    const until = clock.now() + 20;
    while (clock.now() < until) {
      const began = clock.now();
      await serve(clock, 0, new AbortController().signal);
      latency.record(clock.now() - began);
      await clock.pass(0.009);
    }
  };
  await clock.run(closed());
  expect(latency.percentiles()!.p99).toBeLessThan(0.0011);
});

test("a generator that is kept busy sends late, says so, and the latency still counts from when requests were due", async () => {
  const { latency, lateness, completed } = await load(async (clock, index) => {
    await clock.pass(0.001);
    if (index === 1_000) clock.block(1);
  });
  expect(completed).toBe(2_000);
  expect(lateness!.max).toBeGreaterThan(0.98);
  expect(lateness!.p50).toBeLessThan(1e-8);
  expect(latency!.p99).toBeGreaterThan(0.79);
});

test("what became due while the generator was busy goes out together, but not before answers were read", async () => {
  const events: string[] = [];
  await load(
    async (clock, index) => {
      events.push(`sent ${index}`);
      if (index === 0) clock.block(0.035);
      await Promise.resolve();
      events.push(`read ${index}`);
    },
    { window: 0.05 },
  );
  expect(events.indexOf("read 0")).toBeLessThan(events.indexOf("sent 1"));
  expect(events.indexOf("sent 3")).toBeLessThan(events.indexOf("read 1"));
});

test("every request that was due is counted once, whatever becomes of it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.constantFrom("completes", "fails", "hangs", "is refused", "throws"), { minLength: 1, maxLength: 12 }),
      fc.integer(),
      async (maxInFlight, ends, seed) => {
        const serve: Serve = (clock, index, signal) => {
          const end = ends[index % ends.length];
          if (end === "throws") throw new TypeError("at once");
          return clock.waitUntil(clock.now() + (end === "hangs" ? 1e6 : 0.03), signal).then(() => {
            if (end === "fails") throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
            if (end === "is refused") throw new Refused("53300");
          });
        };
        const outcome = await load(serve, { arrivals: poisson(50), window: 1, maxInFlight, seed });
        expect(sum(outcome)).toBe(outcome.offered);
        expect(Object.values(outcome.errors).reduce((all, some) => all + some, 0)).toBe(outcome.failed + outcome.refused);
        expect(outcome.latency?.count ?? 0).toBe(outcome.completed);
      },
    ),
    { numRuns: 40 },
  );
});

test("a request that is due while too many wait is dropped, not sent later", async () => {
  const sent: number[] = [];
  const outcome = await load(
    (clock, index) => {
      sent.push(index);
      return clock.pass(0.95);
    },
    { arrivals: constant(10), window: 2, maxInFlight: 3 },
  );
  expect(sent).toEqual([0, 1, 2, 10, 11, 12]);
  expect(outcome).toMatchObject({ offered: 20, completed: 6, dropped: 14, failed: 0 });
});

test("at the deadline what has no answer has failed, and is told to give up", async () => {
  const given: number[] = [];
  const outcome = await load(
    (clock, index, signal) => {
      signal.addEventListener("abort", () => given.push(index));
      return index < 5 ? clock.pass(0.01) : clock.pass(1e6);
    },
    { arrivals: constant(10), window: 1, deadline: 3 },
  );
  expect(outcome).toMatchObject({ offered: 10, completed: 5, failed: 5, errors: { DEADLINE: 5 }, seconds: 3 });
  expect(outcome.perSecond).toBeCloseTo(5 / 3, 9);
  expect(given).toEqual(expect.arrayContaining([5, 6, 7, 8, 9]));
});

test("an answer after the deadline changes nothing", async () => {
  const clock = new SimulatedClock();
  const order = { arrivals: constant(10), window: 1, deadline: 1, maxInFlight: 100, seed: 1 };
  const outcome = await clock.run(openLoop({ request: () => clock.pass(5) }, order, { clock }));
  const before = structuredClone(outcome);
  await clock.run(clock.pass(10));
  expect(outcome).toEqual(before);
  expect(outcome).toMatchObject({ completed: 0, failed: 10, perSecond: 0 });
  expect(outcome).not.toHaveProperty("latency");
});

test("what a generator was too busy to send by the deadline is a failure of its own name", async () => {
  const outcome = await load(async (clock, index) => (index === 3 ? clock.block(9) : undefined), {
    arrivals: constant(10),
    window: 1,
    deadline: 2,
  });
  expect(outcome).toMatchObject({ offered: 10, completed: 3, failed: 7 });
  expect(outcome.errors.UNSENT).toBe(6);
});

test("refused clients are counted apart, and errors by code", async () => {
  const outcome = await load(
    async (clock, index) => {
      await clock.pass(0.001);
      if (index % 4 === 1) throw Object.assign(new Error("no one listens"), { code: "ECONNREFUSED" });
      if (index % 4 === 2) throw new Refused("HTTP_503");
      if (index % 4 === 3) throw new TypeError("odd");
    },
    { window: 1 },
  );
  expect(outcome).toMatchObject({ completed: 25, refused: 50, failed: 25, errors: { ECONNREFUSED: 25, HTTP_503: 25, TypeError: 25 } });
});

test("goodput counts the window even if the last request was due long before its end, and what ran over it", async () => {
  expect((await load(async () => {}, { arrivals: constant(1), window: 1.9 })).perSecond).toBeCloseTo(2 / 1.9, 9);
  expect((await load((clock) => clock.pass(1.5), { arrivals: constant(10), window: 1 })).seconds).toBeCloseTo(2.4, 9);
});

test("an aborted load rejects with the reason and tells its requests", async () => {
  const clock = new SimulatedClock();
  const controller = new AbortController();
  let told = 0;
  const request = async (index: number, signal: AbortSignal): Promise<void> => {
    signal.addEventListener("abort", () => told++);
    if (index === 5) controller.abort(new Error("enough"));
    await clock.pass(1e6);
  };
  const order = { arrivals: constant(10), window: 1, maxInFlight: 100, seed: 1 };
  await expect(clock.run(openLoop({ request }, order, { clock, signal: controller.signal }))).rejects.toThrow("enough");
  expect(told).toBe(6);
  await expect(openLoop({ request }, order, { clock, signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow("before");
});

test("a load that cannot be meant is refused", async () => {
  await expect(load(async () => {}, { maxInFlight: 0 })).rejects.toThrow("at least one request");
  await expect(load(async () => {}, { deadline: 1 })).rejects.toThrow("must not come before the end of the window");
  await expect(load(async () => {}, { deadline: Infinity })).rejects.toThrow("a load ends within 3600 s");
});
