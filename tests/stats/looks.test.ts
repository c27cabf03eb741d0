import { expect, test } from "vitest";
import { looks } from "../../src/model/effort.ts";
import { errorAt, levelAt, totalError } from "../../src/stats/looks.ts";

test("the looks together spend one in twenty, in proportion to the rounds that each adds", () => {
  expect(looks.reduce((sum, look) => sum + errorAt(look), 0)).toBeCloseTo(totalError, 14);
  expect(looks.map((n) => errorAt(n))).toEqual([0.0125, 0.0075, 0.0125, 0.0175].map((error) => expect.closeTo(error, 14)));
});

test.each([
  [1, 5],
  [4, 5],
  [6, 8],
  [9, 13],
  [19, 20],
  [21, 20],
  [1000, 20],
])("%d rounds belong to the look at %d", (rounds, look) => {
  expect(errorAt(rounds)).toBe(errorAt(look));
  expect(levelAt(rounds)).toBe(1 - errorAt(look));
});
