import fc from "fast-check";
import { expect, test } from "vitest";
import { doubling, GiB, KiB, MiB } from "../../src/inputs/sizes.ts";

test("prefixes are the binary ones", () => {
  expect([KiB, MiB, GiB]).toEqual([2 ** 10, 2 ** 20, 2 ** 30]);
});

test("doubling ends with the last size that is not too large", () => {
  expect(doubling(4 * KiB, 32 * KiB)).toEqual([4 * KiB, 8 * KiB, 16 * KiB, 32 * KiB]);
  expect(doubling(3, 13)).toEqual([3, 6, 12]);
  expect(doubling(5, 4)).toEqual([]);
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), fc.double({ min: 1, max: 1e12, noNaN: true }), (from, to) => {
      const sizes = doubling(from, to);
      sizes.forEach((size, index) => expect(size).toBe(from * 2 ** index));
      expect((sizes.at(-1) ?? from / 2) * 2).toBeGreaterThan(to);
      expect(sizes.every((size) => size <= to)).toBe(true);
    }),
  );
});

test("doubling what would never end is refused", () => {
  for (const [from, to] of [
    [0, 1],
    [-1, 1],
    [NaN, 1],
    [1, Infinity],
    [1, NaN],
  ] as const) {
    expect(() => doubling(from, to), `${from} ${to}`).toThrow(RangeError);
  }
});
