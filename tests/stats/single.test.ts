import { expect, test } from "vitest";
import { medianInterval, orderLevel } from "../../src/stats/single.ts";
import reference from "../testdata/reference/order-statistics.json" with { type: "json" };

test.each(reference.levels)("between the $k-th smallest and largest of $n readings the confidence is the binomial's", ({ n, k, level }) => {
  expect(orderLevel(n, k)).toBeCloseTo(level, 12);
});

test.each(reference.intervals)("the interval of $values.length readings at $wanted is the one computed independently", (it) => {
  const interval = medianInterval(it.values, it.wanted);
  expect(interval.low).toBeCloseTo(it.low, 10);
  expect(interval.high).toBeCloseTo(it.high, 10);
  expect(interval.level).toBeCloseTo(it.level, 12);
});

test("five readings give their whole range and say that it is worth 93.75 %, one gives itself and says 0", () => {
  expect(medianInterval([5, 1, 4, 2, 3], 0.95)).toEqual({ center: 3, low: 1, high: 5, n: 5, level: 0.9375 });
  expect(medianInterval([7], 0.95)).toEqual({ center: 7, low: 7, high: 7, n: 1, level: 0 });
});

test("zeros and ties are readings like any other", () => {
  expect(medianInterval(Array<number>(10).fill(0), 0.95)).toMatchObject({ center: 0, low: 0, high: 0 });
  expect(medianInterval([0, 0, 0, 0, 0, 0, 0, 0, 0, 9], 0.95)).toMatchObject({ center: 0, low: 0, high: 0 });
});

test("it does not interpolate across a gap between two modes", () => {
  const modes = [1, 1, 1, 1, 1, 1, 1, 1, 2, 2]; // the second largest is the last of the upper mode
  expect(medianInterval(modes, 0.95)).toMatchObject({ low: 1, high: 2 });
});

test("a level below what the middle readings reach gives those", () => {
  expect(medianInterval([1, 2], 0.3)).toEqual({ center: 1.5, low: 1, high: 2, n: 2, level: 0.5 });
  expect(medianInterval([1, 2, 3], 0.1).low).toBeGreaterThan(1);
});

test("readings are left in their order; none, NaN and impossible levels are refused", () => {
  const readings = [3, 1, 2];
  medianInterval(readings, 0.95);
  expect(readings).toEqual([3, 1, 2]);
  expect(() => medianInterval([], 0.95)).toThrow(/empty/);
  expect(() => medianInterval([1, NaN], 0.95)).toThrow(/NaN/);
  expect(() => medianInterval([1], 1)).toThrow(/level/);
});

test("thousands of readings do not underflow", () => {
  const many = Array.from({ length: 3001 }, (_, index) => index);
  const interval = medianInterval(many, 0.95);
  expect(interval.low).toBeCloseTo(1500 - (1.96 * Math.sqrt(3001)) / 2, -1);
});
