import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wilson } from "../../src/stats/wilson.ts";

describe("Wilson's interval", () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %d in %d is the one that Newcombe tabulates", (some, all, low, high) => {
    const found = wilson(some / all, all);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  test("of nothing tried is everything", () => {
    for (const share of [0, 0.5, 1]) expect(wilson(share, 0)).toEqual({ low: 0, high: 1 });
  });

  test("of all or none reaches the end, and no further", () => {
    expect(wilson(0, 7.5).low).toBe(0);
    expect(wilson(1, 7.5).high).toBe(1);
    expect(wilson(1, 1e-9).low).toBeCloseTo(0, 6);
  });

  test("holds its share, stays inside [0, 1], narrows as trials are added and mirrors", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (p, n) => {
        const { low, high } = wilson(p, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(p);
        expect(high).toBeGreaterThanOrEqual(p);
        const more = wilson(p, 2 * n);
        expect(more.high - more.low).toBeLessThan(high - low);
        expect(wilson(1 - p, n).low).toBeCloseTo(1 - high, 9);
      }),
    );
  });

  test("at a number of trials that is not whole lies between its neighbours", () => {
    const width = (n: number): number => wilson(0.3, n).high - wilson(0.3, n).low;
    expect(width(10.5)).toBeLessThan(width(10));
    expect(width(10.5)).toBeGreaterThan(width(11));
  });

  test.each([
    [-0.1, 5],
    [1.1, 5],
    [NaN, 5],
    [0.5, -1],
    [0.5, NaN],
    [0.5, Infinity],
  ])("refuses a share of %d in %d", (share, n) => {
    expect(() => wilson(share, n)).toThrow(RangeError);
  });
});
