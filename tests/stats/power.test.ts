import { expect, test } from "vitest";
import { lastShare } from "../../src/stats/looks.ts";
import { roundsToDecide } from "../../src/stats/power.ts";
import { deviation } from "../../src/stats/quantiles.ts";
import { ratioInterval } from "../../src/stats/ratio.ts";

const logs = [0.05, 0.15, 0.1, 0.12, 0.08]; // mean 0.1
const question = { logs, boundLow: 1, boundHigh: Infinity };

test("after so many rounds of the same spread the interval no longer contains the edge, after one less it still does", () => {
  const noisy = { ...question, logs: logs.map((log) => 0.1 + 5 * (log - 0.1)) };
  const rounds = roundsToDecide(noisy)!;
  const low = (n: number): number => {
    const scale = deviation(noisy.logs) / deviation(Array.from({ length: n }, (_, index) => (index % 2 === 0 ? 1 : -1)));
    const same = Array.from({ length: n }, (_, index) => 0.1 + scale * ((index % 2 === 0 ? 1 : -1) - (n % 2) / n));
    return ratioInterval(
      same.map(Math.exp),
      same.map(() => 1),
      1 - lastShare,
    )!.low;
  };
  expect(rounds).toBeGreaterThan(5);
  expect(low(rounds)).toBeGreaterThan(1);
  expect(low(rounds - 1)).toBeLessThan(1);
});

test("a null control with noise of its own keeps the verdict waiting, one with a lasting difference can keep it for good", () => {
  const noisy = logs.map((log) => 0.1 + 3 * (log - 0.1));
  const alone = roundsToDecide({ ...question, logs: noisy })!;
  expect(roundsToDecide({ ...question, logs: noisy, nullLogs: [0.4, -0.4, 0.2, -0.2, 0] })).toBeGreaterThan(alone);
  expect(roundsToDecide({ ...question, logs: noisy, nullLogs: [0.11, 0.11, 0.11] })).toBeUndefined();
});

test("the nearest edge counts, from inside and from outside", () => {
  const near = roundsToDecide({ logs, boundLow: Math.exp(0.09), boundHigh: 3 });
  expect(near).toBe(roundsToDecide({ logs, boundLow: -Infinity, boundHigh: Math.exp(0.09) }));
  expect(near).toBeGreaterThan(roundsToDecide({ logs, boundLow: 1, boundHigh: 3 })!);
});

test("a median takes about half as many rounds again as a mean", () => {
  const wide = logs.map((log) => 0.1 + 20 * (log - 0.1));
  const mean = roundsToDecide({ ...question, logs: wide })!;
  const median = roundsToDecide({ ...question, logs: wide, centre: "median" })!;
  expect(median / mean).toBeCloseTo(Math.PI / 2, 1);
});

test("it never takes fewer rounds than there have been", () => {
  expect(roundsToDecide({ ...question, boundLow: 0.001 })).toBe(6);
});

test("on the edge, without a spread or without an edge there is no answer", () => {
  expect(roundsToDecide({ ...question, logs: [0.1, -0.1] })).toBeUndefined();
  expect(roundsToDecide({ ...question, logs: [0.1] })).toBeUndefined();
  expect(roundsToDecide({ logs, boundLow: -Infinity, boundHigh: Infinity })).toBeUndefined();
  expect(roundsToDecide({ ...question, logs: [1e-9, 0.5, -0.5] })).toBeUndefined();
});
