import { expect, test } from "vitest";
import { valueAxis } from "../../src/report/axes.ts";

test.each([
  ["seconds", [1.2e-9, 1.25e-9], ["1.20 ns", "1.22 ns", "1.24 ns"]],
  ["seconds", [1.2e-9, 1.9e-9], ["1.2 ns", "1.4 ns", "1.6 ns", "1.8 ns"]],
  ["seconds", [0.9e-6, 1.9e-6], ["1.0 µs", "1.5 µs"]],
  ["bytes", [1.2 * 2 ** 20, 1.9 * 2 ** 20], ["1.25 MiB", "1.50 MiB", "1.75 MiB"]],
  ["bytes", [40, 56], ["40 B", "48 B", "56 B"]],
  ["count", [12_000_000, 12_000_004], ["12,000,000", "12,000,002", "12,000,004"]],
] as const)("a log axis of %s over %j has ticks though no two round numbers lie there", (unit, values, labels) => {
  const axis = valueAxis("read", unit, values, values, 1);
  expect(axis.scale).toBe("log10");
  expect(axis.ticks.map(({ label }) => label)).toEqual(labels);
  for (const { at } of axis.ticks) expect(at >= axis.range[0] && at <= axis.range[1]).toBe(true);
});

test("whatever narrow range a log axis shows, it has two ticks at least, and all of them differ", () => {
  const spans = { seconds: [1e-9, 1e4], bytes: [1, 1e12], count: [0.01, 1e12], perSecond: [0.1, 1e12], fraction: [1e-4, 1] } as const;
  for (const unit of ["seconds", "bytes", "count", "perSecond", "fraction"] as const) {
    const [from, to] = spans[unit];
    for (let low: number = from; low < to; low *= 3.7) {
      for (const factor of [1.00001, 1.001, 1.02, 1.3, 1.9, 2.4, 4]) {
        const { ticks, range } = valueAxis("read", unit, [low, low * factor], [], 1);
        const said = `${unit} ${low} × ${factor}: ${ticks.map(({ label }) => label).join(", ")}`;
        expect(ticks.length, said).toBeGreaterThan(1);
        expect(new Set(ticks.map(({ label }) => label)).size, said).toBe(ticks.length);
        for (const { at } of ticks) expect(at >= range[0] && at <= range[1], said).toBe(true);
      }
    }
  }
});
