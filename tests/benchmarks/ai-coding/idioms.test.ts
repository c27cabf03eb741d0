import { expect, test } from "vitest";
import { idioms, inputOf, mustAgree, type Idiom } from "../../../benchmarks/ai-coding/_idioms.ts";
import { seeded } from "../../../src/lab.ts";

test.each(Object.keys(idioms) as Idiom[])("%s comes to the same in both ways, and leaves its list as it was", (name) => {
  const input = inputOf(50, seeded(7));
  const before = structuredClone(input);
  expect(() => mustAgree(name)).not.toThrow();
  expect(idioms[name].plausible(input)).toEqual(idioms[name].linear(input));
  expect(input).toEqual(before);
});

test("a list holds numbers below its length, and a word for each", () => {
  const { numbers, words } = inputOf(50, seeded(7));
  expect(numbers).toHaveLength(50);
  expect(numbers.every((it) => Number.isInteger(it) && it >= 0 && it < 50)).toBe(true);
  expect(new Set(words).size).toBe(new Set(numbers).size);
  expect(new Set(numbers).size).toBeLessThan(50);
});
