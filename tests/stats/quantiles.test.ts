import { expect, test } from "vitest";
import { deviation, maximum, mean, median, quantile } from "../../src/stats/quantiles.ts";
import reference from "../testdata/reference/quantiles.json" with { type: "json" };

test.each(reference.cases)("summaries of $values.length readings are those of NumPy", (it) => {
  for (const [probability, value] of it.quantiles) expect(quantile(it.values, probability!)).toBeCloseTo(value!, 12);
  expect(median(it.values)).toBeCloseTo(it.median, 12);
  expect(mean(it.values)).toBeCloseTo(it.mean, 12);
  expect(maximum(it.values)).toBe(it.maximum);
  if (it.deviation !== null) expect(deviation(it.values)).toBeCloseTo(it.deviation, 12);
});

test("readings are left in the order in which they were taken", () => {
  const readings = [3, 1, 2];
  median(readings);
  expect(readings).toEqual([3, 1, 2]);
});

test("a typed array is summarised like a plain one", () => {
  expect(quantile(Float64Array.of(10, 9, 100), 0.5)).toBe(10);
});

test("an empty series, NaN and an impossible probability are refused by name", () => {
  for (const summary of [median, mean, maximum]) expect(() => summary([])).toThrow(/empty series/);
  expect(() => median([1, NaN])).toThrow(/NaN/);
  expect(() => quantile([1], 1.5)).toThrow(RangeError);
  expect(() => deviation([1])).toThrow(/two readings/);
});
