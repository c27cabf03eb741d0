import { expect, test } from "vitest";
import { ratioInterval } from "../../src/stats/ratio.ts";
import reference from "../testdata/reference/ratios.json" with { type: "json" };

test.each(reference.cases)("the interval of $of.length pairs at level $level is SciPy's for the logarithms", (it) => {
  const interval = ratioInterval(it.of, it.over, it.level)!;
  expect(interval.center / it.center).toBeCloseTo(1, 10);
  expect(interval.low / it.low).toBeCloseTo(1, 10);
  expect(interval.high / it.high).toBeCloseTo(1, 10);
  expect(interval).toMatchObject({ n: it.of.length, level: it.level });
});

test("exchanging the sides turns the interval upside down", () => {
  const there = ratioInterval([3, 4, 5], [1, 1.1, 1.2], 0.95)!;
  const back = ratioInterval([1, 1.1, 1.2], [3, 4, 5], 0.95)!;
  expect(there.low * back.high).toBeCloseTo(1, 12);
  expect(there.high * back.low).toBeCloseTo(1, 12);
});

test("a round that was slow as a whole does not widen the interval", () => {
  const interval = ratioInterval([3, 30, 3], [1, 10, 1], 0.95)!;
  expect(interval).toEqual({ center: 3, low: 3, high: 3, n: 3, level: 0.95 });
});

test("a single pair says nothing of its spread", () => {
  expect(ratioInterval([3], [1], 0.95)).toEqual({ center: 3, low: 0, high: Infinity, n: 1, level: 0.95 });
});

test.each([[[0, 1]], [[-1, 1]], [[NaN, 1]]])("readings of %j leave no ratio", (readings) => {
  expect(ratioInterval(readings, [1, 1], 0.95)).toBeUndefined();
  expect(ratioInterval([1, 1], readings, 0.95)).toBeUndefined();
});

test("no pairs, unequal sides and impossible levels are refused", () => {
  expect(() => ratioInterval([], [], 0.95)).toThrow(RangeError);
  expect(() => ratioInterval([1, 2], [1], 0.95)).toThrow(/2 and 1/);
  for (const level of [0, 1, NaN]) expect(() => ratioInterval([1, 2], [1, 1], level)).toThrow(/level/);
});
