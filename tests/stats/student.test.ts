import { expect, test } from "vitest";
import { studentQuantile } from "../../src/stats/student.ts";
import reference from "../testdata/reference/student.json" with { type: "json" };

test("quantiles agree with 40-digit arithmetic to nine digits, from one degree of freedom to a million and far into the tails", () => {
  const worst = reference.rows.map(([probability, df, expected]) => {
    const actual = studentQuantile(probability!, df!);
    return { probability, df, error: expected === 0 ? Math.abs(actual) : Math.abs(actual / expected! - 1) };
  });
  expect(worst.filter(({ error }) => !(error < 1e-9))).toEqual([]);
});

test("with very many degrees of freedom it is the normal distribution", () => {
  expect(studentQuantile(0.975, 1e9)).toBeCloseTo(1.959963984540054, 7);
});

test("it is symmetric about zero", () => {
  expect(studentQuantile(0.25, 4)).toBe(-studentQuantile(0.75, 4));
  expect(studentQuantile(0.5, 4)).toBe(0);
});

test.each([
  [0, 5],
  [1, 5],
  [NaN, 5],
  [0.9, 0],
  [0.9, Infinity],
  [0.9, NaN],
])("probability %d with %d degrees of freedom is refused", (probability, df) => {
  expect(() => studentQuantile(probability, df)).toThrow(RangeError);
});
