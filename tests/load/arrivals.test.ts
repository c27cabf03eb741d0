import fc from "fast-check";
import { expect, test } from "vitest";
import { constant, poisson, schedule, type Arrivals } from "../../src/load/arrivals.ts";

const times = (arrivals: Arrivals, window: number, seed = 1): number[] => [...schedule(arrivals, { window, seed })];

test("a constant load is due at even intervals, as many as the rate says, without drift", () => {
  const due = times(constant(500), 0.3);
  expect(due).toHaveLength(150);
  expect(due[0]).toBe(0);
  expect(due[149]).toBe(149 / 500);
  expect(times(constant(3), 100_000).at(-1)).toBe(299_999 / 3);
});

test("due times ascend within the window, and the same seed gives the same ones", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.integer({ min: 1, max: 2_000 }), fc.integer(), (even, perSecond, seed) => {
      const arrivals = (even ? constant : poisson)(perSecond);
      const due = times(arrivals, 0.5, seed);
      expect(due.every((at, index) => at >= (due[index - 1] ?? 0) && at < 0.5)).toBe(true);
      expect(times(arrivals, 0.5, seed)).toEqual(due);
    }),
  );
});

test("another seed gives other users", () => {
  expect(times(poisson(100), 1, 1)).not.toEqual(times(poisson(100), 1, 2));
});

test("gaps of a poisson load are exponential: their mean and their standard deviation are one over the rate", () => {
  const due = times(poisson(1_000), 100);
  const gaps = due.map((at, index) => at - (due[index - 1] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  // The standard errors are 0.3 % and 0.5 %; the seed is fixed, so this never wavers.
  expect(Math.abs(mean * 1_000 - 1)).toBeLessThan(0.015);
  expect(Math.abs(deviation * 1_000 - 1)).toBeLessThan(0.025);
});

test("the number that a poisson load brings in a second has its mean as its variance", () => {
  const counts = Array.from({ length: 2_000 }, () => 0);
  for (const at of times(poisson(50), counts.length, 3)) counts[Math.floor(at)]!++;
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
  expect(Math.abs(mean - 50)).toBeLessThan(1);
  // An index of dispersion of 1, give or take three standard errors: 3 · √(2 / 1999).
  expect(Math.abs(variance / mean - 1)).toBeLessThan(0.095);
});

test("a load that no one could wait for, or that is none, is refused before it begins", () => {
  expect(() => schedule(constant(1e6), { window: 2, seed: 1 })).toThrow("1000000 arrivals");
  for (const rate of [0, -1, Number.NaN, Infinity]) expect(() => schedule(poisson(rate), { window: 1, seed: 1 })).toThrow(RangeError);
  for (const window of [0, -1, Number.NaN, Infinity]) expect(() => schedule(poisson(1), { window, seed: 1 })).toThrow(RangeError);
});
