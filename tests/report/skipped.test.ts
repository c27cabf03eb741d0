import { describe, expect, test } from "vitest";
import { isEmpty } from "../../src/report/figure.ts";
import { drawn, drawnWithout } from "../testdata/report/figures.ts";
import { engineCosts, engines, latencies, layout, layoutCosts, load, orderSizes, permutations } from "../testdata/report/kinds.ts";
import { climb, descriptors, losses, staircase } from "../testdata/report/synthetic.ts";

describe("points that the host had no room for are not drawn", () => {
  test("an axis ends where what was tried ends, and so do the claims", () => {
    const it = drawnWithout("cache-line/staircase", staircase, climb, ({ bytes }) => Number(bytes) > 4 * 2 ** 20);
    expect(it.x.ticks.at(-1)!.label).toBe("4 MiB");
    expect(it.x.range[1]).toBeLessThan(8 * 2 ** 20);
    expect(it.marks.map(({ label }) => label)).toEqual(["L1 48 KiB", "L2 2 MiB"]);
    expect(it.panels[0]!.segments.map(({ x }) => x)).toEqual([16 * 1024, 16 * 1024]);
    expect(it.alt).toMatch(/scattered: from \S+ ns at 16 KiB to \S+ ns at 4 MiB/);
    expect(it.alt).not.toContain("64 MiB,");
  });

  test("an edge of a value beyond them is none, nor is it a line across where but one point is left", () => {
    const all = drawn("cache-line/descriptors", descriptors, losses);
    expect(all.panels.flatMap(({ segments }) => segments)).toHaveLength(1);
    const less = drawnWithout("cache-line/descriptors", descriptors, losses, ({ requests }) => requests === 5000);
    const one = drawnWithout(
      "cache-line/descriptors",
      descriptors,
      losses,
      ({ limit, requests }) => limit !== "hard 524,288" || requests !== 100,
    );
    for (const it of [less, one]) expect(it.panels.flatMap(({ segments, bounds }) => [...segments, ...bounds])).toEqual([]);
    expect(one.panels[0]!.series).toHaveLength(1);
  });

  test("panels are counted without them", () => {
    const many = { ...descriptors, sweep: { limit: ["a", "b", "c", "d", "e", "f", "g"], requests: [1, 2, 3] } };
    const it = drawnWithout("cache-line/descriptors", many, losses, ({ limit }) => String(limit) > "e");
    expect(it.subtitle).toContain("4 of 5 shown");
    expect(drawnWithout("cache-line/descriptors", many, losses, ({ limit }) => String(limit) > "d").subtitle).not.toContain("shown");
  });

  test("where none is left the figure is empty", () => {
    expect(isEmpty(drawnWithout("cache-line/staircase", staircase, climb, () => true))).toBe(true);
  });
});

describe("points that the host had no room for have no place in any kind", () => {
  test("a pareto or a load has no panel for them, and counts without them", () => {
    const many = { ...engines, sweep: { rows: [1, 2, 3, 4, 5, 6].map((it) => it * 1000) } };
    const it = drawnWithout("cache-line/engines", many, engineCosts, ({ rows }) => Number(rows) > 4000);
    expect(it.panels.map(({ title }) => title)).toEqual(["rows = 1,000", "rows = 2,000", "rows = 3,000", "rows = 4,000"]);
    expect(it.subtitle).not.toContain("shown");
    const five = { ...load, sweep: { limit: ["a", "b", "c", "d", "e", "f"] }, claims: {} };
    const loaded = drawnWithout("cache-line/load", five, latencies, ({ limit }) => limit === "f");
    expect(loaded.panels.map(({ title }) => title)).toEqual(["limit = b", "limit = c", "limit = d", "limit = e"]);
    expect(loaded.subtitle).toContain("4 of 5 shown");
  });

  test("a histogram of the one point that is left names it in the subtitle", () => {
    const swept = { ...permutations, sweep: { fields: [4, 6] } };
    const it = drawnWithout("cache-line/permutations", swept, orderSizes, ({ fields }) => fields === 6);
    expect(it.panels.map(({ title }) => title)).toEqual([undefined]);
    expect(it.subtitle).toContain("fields = 4");
  });

  test("a relative one ends with them, and a claim beyond is not drawn", () => {
    const it = drawnWithout("cache-line/layout", layout, layoutCosts, ({ records }) => Number(records) > 100_000);
    expect(it.x.ticks.at(-1)!.label).toBe("64,000");
    expect(it.panels[0]!.segments).toEqual([]);
    const one = drawnWithout("cache-line/layout", layout, layoutCosts, ({ records }) => Number(records) > 1_000);
    expect([one.mark, one.panels[0]!.series.length, one.panels[0]!.segments]).toEqual(["point", 3, []]);
  });
});
