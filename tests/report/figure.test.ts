import { describe, expect, test } from "vitest";
import { valueAxis } from "../../src/report/axes.ts";
import { segmentsOf } from "../../src/report/edges.ts";
import { figure, isEmpty } from "../../src/report/figure.ts";
import { drawn } from "../testdata/report/figures.ts";
import {
  all,
  climb,
  descriptors,
  estimatesOf,
  limiters,
  losses,
  recordOf,
  remedies,
  saturation,
  staircase,
  waits,
} from "../testdata/report/synthetic.ts";
import { expectGolden } from "./golden.ts";

test("the figure of the staircase is the golden one", () => {
  expectGolden("staircase.json", `${JSON.stringify(drawn("cache-line/staircase", staircase, climb), null, 1)}\n`);
});

describe("a swept number grows along x", () => {
  const it = drawn("cache-line/staircase", staircase, climb);

  test("in powers of two, with a tick for each size in words", () => {
    expect(it.mark).toBe("line");
    expect(it.x.scale).toBe("log2");
    expect(it.x.ticks.map(({ label }) => label)).toEqual(["16 KiB", "64 KiB", "256 KiB", "1 MiB", "4 MiB", "16 MiB", "64 MiB"]);
  });

  test("and times that span decades get a log axis of times", () => {
    expect(it.y.scale).toBe("log10");
    expect(it.y.ticks.map(({ label }) => label)).toContain("10 ns");
  });

  test("the host's caches are marked, and only those within the axis", () => {
    expect(it.marks.map(({ label }) => label)).toEqual(["L1 48 KiB", "L2 2 MiB", "L3 33 MiB"]);
    const small = recordOf("cache-line/staircase", { ...staircase, sweep: { bytes: [65536, 131072, 262144] } }, climb);
    expect(figure(staircase, "a/b", small, estimatesOf(small), []).marks).toEqual([]);
  });

  test("a ratio claim is an edge at its own point, as many times above what it is over", () => {
    const edge = it.panels[0]!.segments.find(({ label }) => label.startsWith("≥ 3×"))!;
    const ordered = it.panels[0]!.series[0]!.points.find(({ x }) => x === edge.x)!;
    expect(edge.label).toBe("≥ 3× ordered (claim)");
    expect(edge.y).toBeCloseTo(3 * ordered.y, 15);
  });

  test("every reading carries its interval", () => {
    for (const { points } of it.panels[0]!.series) {
      for (const { low, y, high, n } of points) expect(low <= y && y <= high && n === 8).toBe(true);
    }
  });

  test("the chart can be read aloud", () => {
    expect(it.alt).toContain("scattered: from");
    expect(it.alt).toContain("L2 ends at 2 MiB");
    expect(it.alt).toContain("“at 64 MiB disorder costs at least threefold”: reproduced");
  });
});

test("nothing swept: a bar for each variant, from zero, in the order of the file", () => {
  const it = drawn("cache-line/limiters", limiters, () => ({ time: 1e-7 }));
  expect(it.mark).toBe("bar");
  expect(it.x.ticks.map(({ label }) => label)).toEqual(["none", "p-limit", "async-sema", "pullers over one iterator"]);
  expect(it.y.range[0]).toBe(0);
});

test("a second parameter becomes small multiples that share their axes and their colours", () => {
  const it = drawn("cache-line/descriptors", descriptors, losses);
  expect(it.panels.map(({ title }) => title)).toEqual(["limit = soft 1,024", "limit = hard 524,288"]);
  expect(it.panels[0]!.series.map(({ name, slot }) => [name, slot])).toEqual(it.panels[1]!.series.map(({ name, slot }) => [name, slot]));
  expect(it.panels.map(({ bounds, segments }) => [bounds.length, segments.length])).toEqual([
    [0, 1],
    [0, 0],
  ]);
});

test("a log axis of bytes has ticks at powers of two", () => {
  const { ticks } = valueAxis("held", "bytes", [140 * 1024, 85 * 1024 ** 2], []);
  expect(ticks.map(({ label }) => label)).toEqual(["256 KiB", "1 MiB", "4 MiB", "16 MiB", "64 MiB"]);
});

test("more combinations than can be read side by side are left to the table, and the chart says so", () => {
  const many = { ...descriptors, sweep: { limit: ["a", "b", "c", "d", "e", "f", "g"], requests: [1, 2, 3] } };
  const it = drawn("cache-line/descriptors", many, losses);
  expect(it.panels).toHaveLength(4);
  expect(it.subtitle).toContain("4 of 7 shown");
});

test("counts of zero keep the axis linear, whatever the others are", () => {
  const it = drawn("cache-line/remedies", remedies, (variant) => ({ lost: variant === "lease" ? 0 : 100_000, duplicated: 0 }));
  expect(it.y.scale).toBe("linear");
  expect(it.panels[0]!.series[0]!.points.map(({ words }) => words)).toContain("0");
});

test("all counts zero still makes an axis", () => {
  const it = drawn("cache-line/remedies", { ...remedies, claims: {} }, () => ({ lost: 0, duplicated: 0 }));
  expect(it.y.range[1]).toBeGreaterThan(0);
});

test("a log axis has no zero for a bar to stand on, so there are dots; and a model says so in its title", () => {
  const it = drawn("cache-line/saturation", saturation, waits);
  expect(it.mark).toBe("dot");
  expect(it.x.ticks.map(({ label }) => label)).toEqual(["1 worker", "4 workers", "16 workers"]);
  expect(it.title).toMatch(/^Model: /);
});

test("a variant that failed at some points leaves a gap, one that failed everywhere leaves no trace", () => {
  const it = drawn("cache-line/staircase", staircase, (variant, point) =>
    variant === "scattered" || (variant === "ordered" && Number(point["bytes"]) > 1e6) ? undefined : climb(variant, point),
  );
  expect(it.panels[0]!.series.map(({ name }) => name)).toEqual(["ordered", "page by page"]);
  expect(it.panels[0]!.series.map(({ slot }) => slot)).toEqual([0, 1]);
  expect(it.panels[0]!.series[0]!.points.length).toBeLessThan(13);
});

test("a record without rounds gives an empty figure, and says that nothing was measured", () => {
  const it = drawn("cache-line/staircase", staircase, climb, 0);
  expect(isEmpty(it)).toBe(true);
  expect(it.alt).toContain("Nothing has been measured yet");
});

test("readings that are no numbers are left out", () => {
  const record = recordOf("cache-line/limiters", limiters, () => ({ time: 1e-7 }));
  const broken = estimatesOf(record).map((it, index) => (index === 0 ? { ...it, center: NaN } : { ...it, low: -Infinity, high: Infinity }));
  const it = figure(limiters, "cache-line/limiters", record, broken, []);
  expect(it.x.ticks).toHaveLength(3);
  expect(JSON.stringify(it)).not.toContain("null");
});

test("the caption tells host, rounds, interval, effort, date and experiment", () => {
  expect(drawn("cache-line/staircase", staircase, climb).caption).toBe(
    "reference host: shared 2-core virtual machine, Intel Xeon Processor @ 2.60GHz, 2 cores · n = 8 rounds · bars: 95% intervals · quick effort · 21 November 2026 · cache-line/staircase",
  );
});

test.each(all)("$id is drawn from base units alone and words that are never empty", ({ id, definition, truth }) => {
  const it = drawn(id, definition, truth);
  for (const { label } of [...it.x.ticks, ...it.y.ticks]) expect(label).not.toBe("");
  expect(it.y.range[1]).toBeGreaterThan(it.y.range[0]);
});

test("two claims whose edges fall together are one line with both labels, and others stay apart", () => {
  const edge = (y: number, label: string) => ({ kind: "segment" as const, at: { n: 1 }, y, of: "a", label });
  const at = (slot: number) => () => ({ x: 1, slot });
  const near = [edge(1.61, "≤ 0.7× declared (claim)"), edge(1.615, "≥ 1.05× sorted (claim)"), edge(2, "≥ 1.3× sorted (claim)")];
  expect(segmentsOf(near, at(0), true).map(({ label }) => label)).toEqual([
    "≤ 0.7× declared, ≥ 1.05× sorted (claim)",
    "≥ 1.3× sorted (claim)",
  ]);
  let slot = 0;
  expect(segmentsOf(near, () => ({ x: 1, slot: slot++ }))).toHaveLength(3);
});
