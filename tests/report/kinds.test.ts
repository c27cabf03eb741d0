import { describe, expect, test } from "vitest";
import { histogram, pareto } from "../../src/model/chart.ts";
import { ratio } from "../../src/model/claim.ts";
import type { Figure } from "../../src/model/figure.ts";
import { exact, perSecond } from "../../src/model/metric.ts";
import { ratioAxis } from "../../src/report/axes.ts";
import { figure, isEmpty } from "../../src/report/figure.ts";
import { binned } from "../../src/report/figures/bins.ts";
import { drawn } from "../testdata/report/figures.ts";
import {
  engineCosts,
  engines,
  kinds,
  latencies,
  layout,
  layoutCosts,
  limitersBeside,
  load,
  offsetCosts,
  offsets,
  orderSizes,
  pauseTimes,
  pauses,
  permutations,
  trade,
  tradeOff,
} from "../testdata/report/kinds.ts";
import { estimatesOf, recordOf } from "../testdata/report/synthetic.ts";
import { expectGolden } from "./golden.ts";

const points = (it: Figure) => it.panels.flatMap(({ series }) => series.flatMap((one) => one.points));

test.each(["trade", "permutations", "load", "layout"])("the figure of %s is the golden one", (name) => {
  const { id, definition, truth } = kinds.find((it) => it.id.endsWith(`/${name}`))!;
  expectGolden(`${name}.json`, `${JSON.stringify(drawn(id, definition, truth), null, 1)}\n`);
});

describe("pareto: two readings against each other", () => {
  const it = drawn("cache-line/trade", trade, tradeOff);

  test("a marker for each variant, with its interval in both directions", () => {
    expect(it.mark).toBe("scatter");
    expect(it.panels[0]!.series.map(({ name, points }) => [name, points.length])).toContainEqual(["pullers", 1]);
    for (const { x, xLow, xHigh, y, low, high } of points(it)) expect(xLow! <= x && x <= xHigh! && low <= y && y <= high).toBe(true);
  });

  test("the subtitle says which corner is good, by the metrics' own directions", () => {
    expect(it.subtitle).toContain("towards the lower left is better");
    expect(drawn("cache-line/engines", engines, engineCosts).subtitle).toContain("towards the upper left is better");
  });

  test("the front goes through those that no other beats, from side to side, in steps", () => {
    const front = it.panels[0]!.front!;
    expect(front[0]!.y).toBe(it.y.range[1]);
    expect(front.at(-1)!.x).toBe(it.x.range[1]);
    front.slice(1).forEach((to, index) => {
      const from = front[index]!;
      expect(from.x === to.x || from.y === to.y).toBe(true);
      expect(to.x >= from.x && to.y <= from.y).toBe(true);
    });
    const corners = points(it).filter(({ x, y }) => front.some((corner) => corner.x === x && corner.y === y));
    expect(corners).toHaveLength(4);
  });

  test("and is read aloud", () => {
    expect(it.alt).toMatch(/Beaten by no other in both: all at once, p-limit 10, pullers, one by one\./);
  });

  test("equal variants are on the front both; where more is better in both it bends the other way", () => {
    const both = { ...engines, chart: pareto("rate", "rate"), sweep: {}, metrics: { rate: exact(perSecond("higher")) } };
    const same = drawn("cache-line/engines", both, () => ({ rate: 5, held: 1 }), 1);
    expect(same.alt).toContain("Beaten by no other in both: row, column, column, sorted, cube");
    expect(same.subtitle).toContain("towards the upper right is better");
  });

  test("each point of the sweep is a panel, four at most, the largest unless claims name others", () => {
    expect(drawn("cache-line/engines", engines, engineCosts).panels.map(({ title }) => title)).toEqual([
      "rows = 10,000",
      "rows = 100,000",
      "rows = 1,000,000",
    ]);
    const many = { ...engines, sweep: { rows: [1, 2, 3, 4, 5, 6].map((it) => it * 1000) } };
    const it = drawn("cache-line/engines", many, engineCosts);
    expect(it.panels.map(({ title }) => title)).toEqual(["rows = 3,000", "rows = 4,000", "rows = 5,000", "rows = 6,000"]);
    expect(it.subtitle).toContain("4 of 6 shown");
  });

  test("log axes where markers would crowd, linear ones from zero where they would not", () => {
    expect([it.x.scale, it.y.scale]).toEqual(["log10", "log10"]);
    const near = drawn("cache-line/trade", trade, (variant) => ({ took: variant.length, peak: 1e6 }));
    expect([near.x.scale, near.x.range[0]]).toEqual(["linear", 0]);
  });
});

describe("histogram: how often each value occurs", () => {
  const it = drawn("cache-line/permutations", permutations, orderSizes);

  test("few values have a column each, and all samples of a fact's first round are counted", () => {
    expect(it.mark).toBe("column");
    expect(it.x.ticks.map(({ label }) => label)).toEqual(["40 B", "48 B", "56 B", "64 B"]);
    expect(points(it).reduce((sum, { y }) => sum + y, 0)).toBe(720);
  });

  test("variants that are one number are named lines, not columns", () => {
    expect(it.panels[0]!.uprights!.map(({ label, at }) => [label, at])).toEqual([
      ["declared 56 B", 56],
      ["sorted 40 B", 40],
    ]);
    expect(it.panels[0]!.series.map(({ name }) => name)).toEqual(["any order"]);
  });

  test("many values are counted in bins, on a log axis where they span decades; rounds are pooled", () => {
    const it = drawn("cache-line/pauses", pauses, pauseTimes);
    expect(it.x.scale).toBe("log10");
    expect(points(it).reduce((sum, { y }) => sum + y, 0)).toBe(2 * 150 * 8);
    for (const tick of it.x.ticks) expect(tick.at >= it.x.range[0] && tick.at <= it.x.range[1]).toBe(true);
  });

  test("no sample is lost, whatever the values", () => {
    const sets = [
      [1],
      [0, 0, 0],
      [-3, 5, 1000],
      Array.from({ length: 400 }, (_, index) => index * 0.1),
      Array.from({ length: 99 }, (_, index) => 1.3 ** index),
      Array.from({ length: 40 }, (_, index) => index - 20),
    ];
    for (const set of sets) {
      const { bins, axis } = binned("it", "seconds", set, []);
      for (const value of set)
        expect(
          bins.filter((bin) => bin.holds(value)),
          String(value),
        ).toHaveLength(1);
      expect(axis.range[1]).toBeGreaterThan(axis.range[0]);
    }
  });

  test("few values that lie too unevenly for an axis are categories", () => {
    expect(binned("it", "count", [0, 1, 2, 1000], []).axis.scale).toBe("category");
  });

  test("where every trial is one number, the rounds are the samples", () => {
    const it = drawn("cache-line/pauses", { ...pauses, chart: histogram("pause") }, () => ({ pause: 1e-3 }), 8);
    expect(it.panels[0]!.series).toHaveLength(3);
    expect(it.panels[0]!.uprights).toEqual([]);
  });
});

describe("across: readings side by side", () => {
  const it = drawn("cache-line/load", load, latencies);

  test("what their names share is said once, the rest stands below them in order", () => {
    expect(it.x.ticks.map(({ label }) => label)).toEqual(["median", "p90", "p99", "largest"]);
    expect(it.subtitle).toBe("Latency, log scale, lower is better");
  });

  test("a line a variant, a panel a point", () => {
    expect(it.panels.map(({ title }) => title)).toEqual(["clients = 1", "clients = 8"]);
    for (const { series } of it.panels)
      expect(series.map(({ points }) => points.map(({ x }) => x))).toEqual([0, 1, 2].map(() => [0, 1, 2, 3]));
  });

  test("a claim is an edge at its own reading and its own point", () => {
    expect(it.panels.map(({ segments }) => segments.length)).toEqual([0, 1]);
    expect(it.panels[1]!.segments[0]).toMatchObject({ x: 2, slot: 1 });
  });

  test("readings that an older record lacks are left out", () => {
    const record = recordOf("cache-line/load", load, latencies);
    const some = estimatesOf(record).filter(({ metric }) => metric !== "max");
    expect(figure(load, "cache-line/load", record, some, []).x.ticks).toHaveLength(3);
  });
});

describe("relative: every variant over one", () => {
  const it = drawn("cache-line/layout", layout, layoutCosts);

  test("the one that all are compared with is the line at 1, and has no series", () => {
    expect(it.panels[0]!.series.map(({ name }) => name)).toEqual(["declared", "one field a page", "sorted again"]);
    expect(it.panels[0]!.guides![0]).toEqual({ at: 1, label: "as sorted" });
    expect(it.subtitle).toContain("relative to sorted, paired by rounds");
  });

  test("predictions are lines in the colour of their variant", () => {
    expect(it.panels[0]!.guides!.slice(1)).toEqual([
      { at: 1.4, slot: 1, label: "predicted 1.4×" },
      { at: 1.6, slot: 2, label: "predicted 1.6×" },
    ]);
  });

  test("the axis is about 1 and need not begin at zero", () => {
    expect(it.y.range[0]).toBeGreaterThan(0.5);
    expect(it.y.ticks.map(({ label }) => label)).toContain("1.0×");
    expect(ratioAxis("", [1, 40], []).scale).toBe("log10");
    expect(ratioAxis("", [1], []).ticks.length).toBeGreaterThan(1);
    expect(ratioAxis("", [1, 1.3], [0.001, 1e9]).range[1]).toBeLessThan(2);
  });

  test("a ratio claim lies where it says, for the claim is a ratio already", () => {
    expect(it.panels[0]!.segments).toEqual([{ x: 1_000_000, slot: 1, y: 1.2, label: "≥ 1.2× sorted (claim)" }]);
  });

  test("so do claims at swept numbers below zero", () => {
    const shifted = {
      ...layout,
      sweep: { shift: [-8, -4, 0, 4, 8] },
      claims: { "cache-05": [{ says: "it costs more", holds: ratio("declared", "sorted").atLeast(1.2), at: { shift: -8 } }] },
    };
    const it = drawn("cache-line/layout", shifted, () => ({ time: 1e-9 }));
    expect(it.panels[0]!.segments).toEqual([{ x: -8, slot: 1, y: 1.2, label: "≥ 1.2× sorted (claim)" }]);
  });

  test("over kinds there are points and no line between them", () => {
    const kindly = drawn("cache-line/offsets", offsets, offsetCosts);
    expect([kindly.mark, kindly.x.scale]).toEqual(["point", "category"]);
    const alone = drawn("cache-line/limiters-beside", limitersBeside, (variant) => ({ time: variant.length * 1e-8 }));
    expect(alone.x.ticks.map(({ label }) => label)).toEqual(["p-limit", "async-sema", "pullers over one iterator"]);
    expect(alone.panels[0]!.series.map(({ slot, points }) => [slot, points[0]!.x])).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
  });
});

test.each(kinds)("$id without rounds is empty, and one without its readings falls back to what there is", ({ id, definition, truth }) => {
  expect(isEmpty(drawn(id, definition, truth, 0))).toBe(true);
  const record = recordOf(id, definition, truth);
  const other = estimatesOf(record).map((it) => ({ ...it, metric: "rss", unit: "bytes" }));
  const it = figure(definition, id, record, other, []);
  expect(isEmpty(it)).toBe(false);
  expect(["bar", "dot", "line"]).toContain(it.mark);
});
