import { expect, test } from "vitest";
import { errorAt, errorSpentBy, lastShare, levelOf, totalError } from "../../src/stats/looks.ts";

test("two looks share the error, and one has all of it", () => {
  expect(1 - levelOf({ looks: 1 })).toBeCloseTo(totalError, 14);
  expect(2 * (1 - levelOf({ looks: 2 }))).toBeCloseTo(totalError, 14);
  expect(levelOf({})).toBe(levelOf({ looks: 2 }));
  expect(1 - levelOf({}) + lastShare).toBeCloseTo(totalError, 14);
});

test("what has been spent is the share of the looks so far", () => {
  expect(errorSpentBy({ n: 5, level: levelOf({}) })).toBeCloseTo(totalError / 2, 14);
  expect(errorSpentBy({ n: 5, level: levelOf({ looks: 1 }) })).toBeCloseTo(totalError, 14);
  expect(errorSpentBy({ n: 8, level: levelOf({}) })).toBe(totalError);
});

const schedule = [5, 8, 13, 20];

test("many looks spend the error in proportion to the rounds that each adds", () => {
  expect(schedule.map((n) => errorAt(n, schedule))).toEqual([0.0125, 0.0075, 0.0125, 0.0175].map((error) => expect.closeTo(error, 14)));
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
  expect(errorAt(rounds, schedule)).toBe(errorAt(look, schedule));
});
