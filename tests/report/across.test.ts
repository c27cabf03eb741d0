import { expect, test } from "vitest";
import type { Figure } from "../../src/model/figure.ts";
import { drawn } from "../testdata/report/figures.ts";
import { latencies, load } from "../testdata/report/kinds.ts";

const points = (it: Figure) => it.panels.flatMap(({ series }) => series.flatMap((one) => one.points));

test("readings without an order are not joined: rows where there is one panel, points where several stand side by side", () => {
  const chart = { shows: "across", metrics: ["p50", "p90", "p99", "max"], joined: false } as const;
  const several = drawn("cache-line/load", { ...load, chart }, latencies);
  expect([several.mark, several.panels.length]).toEqual(["point", 2]);
  const sweep = { clients: [8] };
  const one = drawn("cache-line/load", { ...load, chart, sweep }, latencies);
  expect([one.mark, one.panels.length, one.x.ticks.length]).toEqual(["dot", 1, 4]);
  const joined = drawn("cache-line/load", { ...load, sweep }, latencies);
  expect(one.panels[0]!.series).toEqual(joined.panels[0]!.series);
  const flat = drawn("cache-line/load", { ...load, chart, sweep, claims: {} }, () => ({ p50: 1, p90: 1, p99: 1.1, max: 1.1 }));
  expect(flat.mark).toBe("bar");
});

test("readings without an order over a number that grows are a panel each, on one axis, with lines over the number", () => {
  const chart = { shows: "across", metrics: ["p50", "p90", "p99", "max"], joined: false } as const;
  const sweep = { clients: [1, 8, 64] };
  const it = drawn("cache-line/load", { ...load, chart, sweep }, latencies);
  expect([it.mark, it.x.scale]).toEqual(["line", "log2"]);
  expect(it.panels.map(({ title }) => title)).toEqual(["median", "p90", "p99", "largest"]);
  for (const { series } of it.panels) expect(series.map(({ points: its }) => its.length)).toEqual([3, 3, 3]);
  const all = points(it);
  expect(it.y.range[0] <= Math.min(...all.map(({ low }) => low)) && it.y.range[1] >= Math.max(...all.map(({ high }) => high))).toBe(true);
  expect(it.panels.map(({ segments }) => segments.map(({ label }) => label))).toEqual([[], [], ["claim"], []]);
  expect(it.alt).toContain("At p99: direct");
});
