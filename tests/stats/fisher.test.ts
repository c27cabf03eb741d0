import { expect, test } from "vitest";
import { fisher } from "../../src/stats/fisher.ts";

test.each([
  // The lady tasting tea: all four cups right, then three of four (Fisher 1935).
  [4, 4, 0, 4, 1 / 70],
  [3, 4, 1, 4, 17 / 70],
  [0, 10, 0, 10, 1],
  [10, 10, 0, 10, 1 / 184756],
  [0, 5, 5, 5, 1],
])("%i of %i against %i of %i: %f", (of, n, others, m, chance) => {
  expect(fisher(of, n, others, m)).toBeCloseTo(chance, 12);
});

test("more hits than trials are refused", () => {
  expect(() => fisher(5, 4, 0, 4)).toThrow(RangeError);
});
