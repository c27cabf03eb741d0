import fc from "fast-check";
import { expect, test } from "vitest";
import { chase, chaseOver, LINE, pageByPage, readsOf, scattered, type Chase } from "../../src/inputs/chase.ts";
import { seeded } from "../../src/inputs/random.ts";

const PAGE = 4096;
const orders = { scattered, pageByPage };
const walks = fc.record({ order: fc.constantFrom(scattered, pageByPage), lines: fc.integer({ min: 1, max: 700 }), seed: fc.integer() });

/** Indices that the walk visits in so many reads, from its cursor on. */
function visited({ links, cursor }: Chase, reads: number): number[] {
  let at = cursor;
  return Array.from({ length: reads }, () => (at = links[at]!));
}

test("every order visits every line once", () => {
  fc.assert(
    fc.property(walks, ({ order, lines, seed }) => {
      expect([...order(lines, seeded(seed))].toSorted((a, b) => a - b)).toEqual([...Array(lines).keys()]);
    }),
  );
});

test("a chase is one cycle over all slots, in the order that it was given, and comes back", () => {
  fc.assert(
    fc.property(walks, fc.integer({ min: 1, max: 40 }), ({ order, lines, seed }, words) => {
      const given = order(lines, seeded(seed));
      const walk = chaseOver(given, 4 * words);
      expect(walk.links.length).toBe(lines * words);
      const round = visited(walk, lines);
      expect(new Set(round).size).toBe(lines);
      const start = round.indexOf(given[0]! * words);
      expect([...round.slice(start), ...round.slice(0, start)]).toEqual([...given].map((slot) => slot * words));
      expect(visited(walk, 2 * lines).slice(lines)).toEqual(round);
    }),
  );
});

test("page by page keeps to a page until all of its lines are visited", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900 }), fc.integer(), (lines, seed) => {
      const pages = [...pageByPage(lines, seeded(seed))].map((line) => Math.floor((line * LINE) / PAGE));
      const changes = pages.filter((page, at) => at > 0 && page !== pages[at - 1]).length;
      expect(changes).toBe(Math.ceil(lines / (PAGE / LINE)) - 1);
    }),
  );
});

test("lines within a page, and pages, come in an order that depends on the seed", () => {
  for (const order of Object.values(orders)) {
    expect(order(1024, seeded(1))).toEqual(order(1024, seeded(1)));
    expect(order(1024, seeded(1))).not.toEqual(order(1024, seeded(2)));
  }
  const first = [...pageByPage(1024, seeded(1))].slice(0, PAGE / LINE);
  expect(first).not.toEqual(first.toSorted((a, b) => a - b));
});

test("calls carry on where the last one stopped, and sum what they read", () => {
  const walk = chaseOver(scattered(100, seeded(5)), LINE, 70);
  for (let call = 0; call < 5; call++) {
    const expected = visited(walk, 70);
    expect(chase(walk)).toBe(expected.reduce((sum, index) => (sum + index) | 0, 0));
    expect(walk.cursor).toBe(expected.at(-1));
  }
});

test("a call makes whole rounds or a whole part of one", () => {
  for (const lines of [1, 3, 64, 96, 4096, 49_152, 65_536, 98_304, 2 ** 20, 3 * 2 ** 20, 2 ** 23]) {
    const reads = readsOf(lines);
    expect(Math.max(reads, lines) % Math.min(reads, lines), `${lines} lines, ${reads} reads`).toBe(0);
    expect(reads).toBeLessThanOrEqual(65_536);
    expect(reads).toBeGreaterThan(32_768);
  }
});

test("walks in any order come to the same sum", () => {
  for (const lines of [64, 96, 3 * 2 ** 15]) {
    const sums = Object.values(orders).map((order) => {
      const walk = chaseOver(order(lines, seeded(7)));
      let sum = 0;
      for (let reads = 0; reads < lines; reads += walk.reads) sum = (sum + chase(walk)) | 0;
      return sum;
    });
    expect(new Set(sums).size).toBe(1);
  }
});
