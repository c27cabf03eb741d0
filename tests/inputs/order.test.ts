import fc from "fast-check";
import { expect, test } from "vitest";
import { ring, shuffled } from "../../src/inputs/order.ts";
import { seeded } from "../../src/inputs/random.ts";

const upTo = (length: number): Int32Array => Int32Array.from({ length }, (_, index) => index);

test("shuffling permutes in place and hands the same array back", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 200 }), fc.integer(), (numbers, seed) => {
      const sorted = numbers.toSorted((a, b) => a - b);
      const result = shuffled(numbers, seeded(seed));
      expect(result).toBe(numbers);
      expect(result.toSorted((a, b) => a - b)).toEqual(sorted);
    }),
  );
});

test("shuffling without a generator gives the same order every time, and it is not the old one", () => {
  expect(shuffled(upTo(100))).toEqual(shuffled(upTo(100)));
  expect(shuffled(upTo(100))).not.toEqual(upTo(100));
});

test("every order of four comes up equally often", () => {
  const random = seeded(3);
  const times = new Map<string, number>();
  const shuffles = 24_000;
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    const order = shuffled([0, 1, 2, 3], random).join("");
    times.set(order, (times.get(order) ?? 0) + 1);
  }
  expect(times.size).toBe(24);
  const chiSquared = [...times.values()].reduce((sum, seen) => sum + (seen - 1000) ** 2 / 1000, 0);
  // 23 degrees of freedom: beyond 49.7 lies one in a thousand. The seed is fixed.
  expect(chiSquared).toBeLessThan(49.7);
});

test("a ring visits every slot of the walk exactly once, in its order, and comes back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer(), (length, seed) => {
      const order = shuffled(upTo(length), seeded(seed));
      const next = ring(order);
      let at = order[0]!;
      const visited = Array.from({ length }, () => {
        const here = at;
        at = next[at]!;
        return here;
      });
      expect(visited).toEqual([...order]);
      expect(at).toBe(order[0]);
    }),
  );
});

test("slots that are not in the walk stay out of it", () => {
  expect([...ring(Int32Array.of(4, 2), 6)]).toEqual([0, 0, 4, 0, 2, 0]);
  expect([...ring(Int32Array.of())]).toEqual([]);
  expect([...ring(Int32Array.of(0))]).toEqual([0]);
});
