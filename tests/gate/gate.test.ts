import { describe, expect, test } from "vitest";
import { gate, type GateOptions } from "../../src/gate/gate.ts";
import type { Read } from "../../src/gate/investigation.ts";
import { confirmationLooks, gateLooks, ISOLATED } from "../../src/gate/schedule.ts";
import type { Comparison } from "../../src/model/gate.ts";
import { simulated, story, swept, timed, version, type Truth } from "./_simulated.ts";

const margin = { time: 0.01, bytes: 0.005 };

function options(truths: Record<string, Truth>, more: Partial<GateOptions> = {}): GateOptions & { asked: string[] } {
  const lab = simulated(truths);
  return { margin, budget: Infinity, seed: 1, signal: new AbortController().signal, progress: () => {}, ...lab, ...more };
}

const find = (rows: readonly Comparison[], variant: string, metric: string): Comparison | undefined =>
  rows.find((row) => row.variant === variant && row.metric === metric);

const both = (definition: Parameters<typeof version>[1]) => ({ base: version("a", definition), head: version("b", definition) });

describe("a timed experiment", () => {
  test("says which variant became slower, by how much in the confirmation alone, and leaves the others the same", async () => {
    const lab = options({ "post/one slow": { duet: 1.08 }, "post/one calm": { spread: 0.003 } });
    const { comparisons } = await gate(both({ "post/one": timed("slow", "calm") }), lab);
    const [first] = comparisons;
    expect(first).toMatchObject({ variant: "slow", metric: "time", state: "slower", worse: true, unit: "seconds" });
    expect(first!.ratio!.n).toBe(confirmationLooks[0]);
    expect(first!.ratio!.low).toBeLessThan(1.08);
    expect(first!.ratio!.high).toBeGreaterThan(1.08);
    expect(first!.replicates!.duet).toHaveLength(gateLooks[0]);
    expect(first!.replicates!.confirmation).toHaveLength(confirmationLooks[0]);
    expect(first!.values!.head / first!.values!.base).toBeCloseTo(first!.ratio!.center, 1);
    expect(find(comparisons, "calm", "time")).toMatchObject({ state: "same", worse: false, ratio: { n: gateLooks[0] } });
    expect(find(comparisons, "calm", "time")!.detectable).toBeLessThan(1.02);
    expect(find(comparisons, "calm", "bytes")).toMatchObject({ state: "same", values: { base: 0, head: 0 } });
  });

  test("what only the isolated instrument sees is entangled and counts", async () => {
    const lab = options({ "post/one it": { duet: 1, isolated: 1.2, spread: 0.02 } });
    const { comparisons } = await gate(both({ "post/one": timed("it") }), lab);
    expect(comparisons[0]).toMatchObject({ state: "entangled", worse: true, ratio: { n: confirmationLooks[0] } });
    expect(comparisons[0]!.ratio!.center).toBeCloseTo(1.2, 1);
    const isolated = lab.asked.filter((it) => it.startsWith("isolated")).length;
    expect(isolated).toBe(ISOLATED + confirmationLooks[0]);
  });

  test("what only the duet sees is entangled and does not count", async () => {
    const lab = options({ "post/one it": { duet: 1.2, isolated: 1, spread: 0.003 } });
    const { comparisons } = await gate(both({ "post/one": timed("it") }), lab);
    expect(comparisons[0]).toMatchObject({ state: "entangled", worse: false, ratio: { n: confirmationLooks[0] } });
    expect(comparisons[0]!.ratio!.center).toBeCloseTo(1, 2);
  });

  test("bytes have a margin of their own: 1 % more is caught, and something where there was nothing", async () => {
    const lab = options({
      "post/one more": { bytes: [1000, 1010] },
      "post/one some": { bytes: [0, 24] },
      "post/one less": { bytes: [24, 0] },
    });
    const { comparisons } = await gate(both({ "post/one": timed("more", "some", "less") }), lab);
    expect(find(comparisons, "more", "bytes")).toMatchObject({ state: "slower", worse: true, values: { base: 1000, head: 1010 } });
    expect(find(comparisons, "some", "bytes")).toMatchObject({ state: "slower", worse: true, values: { base: 0, head: 24 } });
    expect(find(comparisons, "some", "bytes")!.ratio).toBeUndefined();
    expect(find(comparisons, "less", "bytes")).toMatchObject({ state: "faster", worse: false });
  });

  test("flags of its own for each version leave the isolated instrument alone to judge", async () => {
    const flagged = { ...timed("it"), flags: ["--no-opt"] } as ReturnType<typeof timed>;
    const lab = options({ "post/one it": { isolated: 1.3 } });
    const versions = { base: version("a", { "post/one": timed("it") }), head: version("b", { "post/one": flagged }) };
    const { comparisons } = await gate(versions, lab);
    expect(comparisons[0]).toMatchObject({ state: "slower", worse: true, because: expect.stringContaining("flags") });
    expect(lab.asked.some((it) => it.startsWith("duet"))).toBe(false);
  });
});

test("a scenario's readings are each compared, in the direction that is good", async () => {
  const truth = { "post/two told": { spread: 0.01, readings: { lost: [10, 10], goodput: [1000, 800] } } } as const;
  const { comparisons } = await gate(both({ "post/two": story() }), options(truth));
  expect(find(comparisons, "told", "goodput")).toMatchObject({ state: "slower", worse: true, better: "higher", unit: "perSecond" });
  expect(find(comparisons, "told", "goodput")!.ratio!.center).toBeCloseTo(0.8, 1);
  expect(find(comparisons, "told", "lost")!.worse).toBe(false);
});

test("something in most of the stories where there was nothing is worse", async () => {
  const lab = simulated({ "post/two told": { spread: 0, readings: { lost: [0, 3], goodput: [5, 5] } } });
  const read: Read = async (source, subject, replicate) => {
    const answer = await lab.read(source, subject, replicate);
    const calm = replicate % 10 < 3 && answer.task === "sampled";
    return calm ? { ...answer, readings: { ...answer.readings, lost: { base: 0, head: 0 } } } : answer;
  };
  const { comparisons } = await gate(both({ "post/two": story() }), { ...options({}), ...lab, read });
  expect(find(comparisons, "told", "lost")).toMatchObject({ state: "slower", worse: true });
});

test("a reading that was zero and is not any more is worse, and so said without a ratio", async () => {
  const truth = { "post/two told": { spread: 0, readings: { lost: [0, 3], goodput: [5, 5] } } } as const;
  const { comparisons } = await gate(both({ "post/two": story() }), options(truth));
  expect(find(comparisons, "told", "lost")).toMatchObject({ state: "slower", worse: true, values: { base: 0, head: 3 } });
});

describe("what is not timed", () => {
  test("an experiment of which nothing differs that it imports", async () => {
    const same = version("a", { "post/one": timed("it") });
    const lab = options({});
    expect(await gate({ base: same, head: same }, lab)).toEqual({ comparisons: [], unchanged: ["post/one"] });
    expect(lab.asked).toEqual([]);
  });

  test("new, gone, renamed and broken ones each have their row, and the others go on", async () => {
    const base = version(
      "a",
      { "post/old": timed("it"), "post/one": timed("before", "kept"), "other/x": timed("it"), "post/mended": timed("it") },
      {},
    );
    const head = version(
      "b",
      { "post/new": timed("it"), "post/one": timed("after", "kept"), "post/kind": story() },
      { other: "SyntaxError: no" },
    );
    const { comparisons } = await gate({ base, head: { ...head, benchmarks: new Map(head.benchmarks) } }, options({}));
    const said = comparisons
      .filter(({ metric }) => metric === "")
      .map(({ experiment, variant, state, fault }) => [experiment, variant, state, fault]);
    expect(said).toContainEqual(["post/old", "", "gone", undefined]);
    expect(said).toContainEqual(["post/new", "", "new", undefined]);
    expect(said).toContainEqual(["post/one", "before", "gone", undefined]);
    expect(said).toContainEqual(["post/one", "after", "new", undefined]);
    expect(said).toContainEqual(["other/x", "", "broken", "head"]);
    expect(find(comparisons, "kept", "time")).toBeDefined();
  });

  test("points of one version only", async () => {
    const versions = { base: version("a", { "post/one": swept([1, 2], "it") }), head: version("b", { "post/one": swept([2, 3], "it") }) };
    const { comparisons } = await gate(versions, options({}));
    const states = Object.fromEntries(
      comparisons.filter(({ metric }) => metric !== "bytes").map(({ point, state }) => [point.size, state]),
    );
    expect(states).toMatchObject({ 1: "gone", 3: "new" });
    expect(Object.keys(states)).toHaveLength(3);
  });

  test("an experiment that became a scenario", async () => {
    const versions = { base: version("a", { "post/one": timed("it") }), head: version("b", { "post/one": story() }) };
    expect((await gate(versions, options({}))).comparisons).toMatchObject([
      { state: "broken", because: expect.stringContaining("scenario") },
    ]);
  });
});

describe("what fails", () => {
  const failing = (side: "base" | "head" | undefined, sources: readonly string[], task: "failed" | "unavailable" = "failed") => {
    const lab = simulated({});
    const read: Read = async (source, subject, replicate) =>
      sources.includes(source) && subject.variant === "bad"
        ? { task, message: "Error: no", ...(side && { side }) }
        : lab.read(source, subject, replicate);
    return { ...options({}), ...lab, read };
  };

  test("a benchmark that throws on one side is broken there, and the others go on", async () => {
    const { comparisons } = await gate(both({ "post/one": timed("bad", "good") }), failing("head", ["duet", "isolated"]));
    expect(comparisons[0]).toMatchObject({ variant: "bad", state: "broken", fault: "head", because: "Error: no", worse: false });
    expect(find(comparisons, "good", "time")).toMatchObject({ worse: false, ratio: { n: expect.any(Number) } });
  });

  test("a version that fails in a process of its own is broken, whatever it does beside the other one", async () => {
    const { comparisons } = await gate(both({ "post/one": timed("bad") }), failing("head", ["isolated"]));
    expect(comparisons).toMatchObject([{ variant: "bad", state: "broken", fault: "head" }]);
  });

  test("what takes longer than its limit is not tried a second time", async () => {
    const asked: string[] = [];
    const read: Read = async (source) => {
      asked.push(source);
      return { task: "failed", message: "took longer than its limit of 60 s" };
    };
    const { comparisons } = await gate(both({ "post/one": timed("it") }), { ...options({}), read });
    expect(asked).toEqual(["duet", "isolated"]);
    expect(comparisons).toMatchObject([{ state: "broken", because: expect.stringContaining("took longer") }]);
  });

  test("modules that cannot live in one process are judged by the isolated instrument alone", async () => {
    const { comparisons } = await gate(both({ "post/one": timed("bad") }), failing(undefined, ["duet"]));
    expect(find(comparisons, "bad", "time")).toMatchObject({ because: expect.stringContaining("isolated instrument alone") });
    expect(find(comparisons, "bad", "time")!.ratio!.n).toBeGreaterThanOrEqual(gateLooks[0]);
  });

  test("what the host has no service for is undecided, because not tried", async () => {
    const { comparisons } = await gate(both({ "post/one": timed("bad") }), failing("head", ["duet", "isolated"], "unavailable"));
    expect(comparisons[0]).toMatchObject({ state: "undecided", because: "not tried: Error: no" });
  });

  test("a single failure is made good by another replicate", async () => {
    const lab = simulated({});
    const read: Read = (source, subject, replicate) =>
      replicate === 3 ? Promise.resolve({ task: "failed", message: "was ended by SIGKILL" }) : lab.read(source, subject, replicate);
    const { comparisons } = await gate(both({ "post/one": timed("it") }), { ...options({}), ...lab, read });
    expect(find(comparisons, "it", "time")!.ratio).toBeDefined();
  });
});

describe("a budget", () => {
  test("that is spent before the first look leaves things undecided and says so", async () => {
    const { comparisons } = await gate(both({ "post/one": timed("it") }), options({}, { budget: 8 }));
    expect(find(comparisons, "it", "time")).toMatchObject({ state: "undecided", because: expect.stringContaining("budget") });
  });

  test("keeps a part for confirming, and never calls slower what was not confirmed", async () => {
    const truths = { "post/one a": { duet: 1.2 }, "post/two a": { duet: 1.2 } };
    const lab = options(truths, { budget: 50 });
    const { comparisons } = await gate(both({ "post/one": timed("a"), "post/two": timed("a") }), lab);
    const times = comparisons.filter(({ metric }) => metric === "time");
    expect(times.map(({ state }) => state).toSorted()).toEqual(["slower", "undecided"]);
    expect(lab.clock!()).toBeLessThanOrEqual(51);
  });

  test("takes one variant of each experiment before the second of any", async () => {
    const lab = options({}, { budget: 60 });
    await gate(both({ "post/one": timed("a", "b"), "post/two": timed("a", "b") }), lab);
    expect(new Set(lab.asked.slice(0, 38).map((it) => it.split(" ")[1])).size).toBe(2);
  });

  test("an interruption ends the comparisons", async () => {
    const stop = new AbortController();
    const lab = simulated({});
    const read: Read = (source, subject, replicate) => {
      if (replicate === 5) stop.abort();
      return lab.read(source, subject, replicate);
    };
    await gate(both({ "post/one": timed("a", "b") }), { ...options({}), ...lab, read, signal: stop.signal });
    expect(lab.asked.length).toBe(6);
  });
});
