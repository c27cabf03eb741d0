import { describe, expect, test } from "vitest";
import { confirmation, detectableOf, firstSight } from "../../src/gate/decide.ts";
import { confirmationLooks, gateLooks, ISOLATED } from "../../src/gate/schedule.ts";
import { seeded } from "../../src/inputs/random.ts";
import { normal } from "../_normal.ts";

const MARGIN = 0.01;
const [firstLook] = gateLooks;

const draws = (n: number, ratio: number, spread: number, random: () => number): number[] =>
  Array.from({ length: n }, () => Math.log(ratio) + spread * normal(random));

/** A whole comparison as the gate would make it: looks at the first evidence, then a confirmation by fresh processes. */
function compare(random: () => number, { duet, isolated, spread }: { duet: number; isolated: number; spread: readonly [number, number] }) {
  const first = { duet: [] as number[], isolated: [] as number[] };
  for (const look of gateLooks) {
    first.duet.push(...draws(look - first.duet.length, duet, spread[0], random));
    first.isolated.push(...draws(ISOLATED - first.isolated.length, isolated, spread[1], random));
    const seen = firstSight(first, MARGIN, look === gateLooks.at(-1));
    if (seen.sight === "decided") return seen.decision;
    if (seen.sight === "suspect") {
      const [ratio, noise] = seen.by === "duet" ? [duet, spread[0]] : [isolated, spread[1]];
      const of = seen.decision.state as "slower" | "entangled";
      const fresh: number[] = [];
      for (const again of confirmationLooks) {
        fresh.push(...draws(again - fresh.length, ratio, noise, random));
        const confirmed = confirmation(of, fresh, MARGIN, 1);
        if (confirmed) return confirmed;
      }
    }
  }
  return undefined;
}

function share(comparisons: number, seed: number, versions: Parameters<typeof compare>[1]): number {
  const random = seeded(seed);
  let slower = 0;
  for (let made = 0; made < comparisons; made++) slower += Number(compare(random, versions)?.worse ?? false);
  return slower / comparisons;
}

describe("over many simulated comparisons", () => {
  test.each([0.004, 0.02, 0.037])("identical code with a spread of %f is called slower in fewer than one of a hundred", (spread) => {
    expect(share(3000, 1, { duet: 1, isolated: 1, spread: [spread, 4 * spread] })).toBeLessThan(0.01);
  });

  test("5 % more time is caught in more than 95 of a hundred at the widest spread seen, 10 % nearly always", () => {
    expect(share(1000, 2, { duet: 1.05, isolated: 1.05, spread: [0.037, 0.1] })).toBeGreaterThan(0.95);
    expect(share(1000, 3, { duet: 1.1, isolated: 1.1, spread: [0.037, 0.1] })).toBeGreaterThan(0.99);
  });

  test("2 % more time is caught in more than 60 of a hundred where replicates spread by 3 %, and nearly always at 2 %", () => {
    expect(share(1000, 5, { duet: 1.02, isolated: 1.02, spread: [0.03, 0.05] })).toBeGreaterThan(0.6);
    expect(share(1000, 6, { duet: 1.02, isolated: 1.02, spread: [0.02, 0.04] })).toBeGreaterThan(0.85);
  });

  test.each([0.01, 0.02, 0.04])(
    "the smallest slowdown it says it could have seen at a spread of %f is seen about four times out of five",
    (spread) => {
      const random = seeded(7);
      const said = Array.from({ length: 300 }, () => detectableOf(draws(firstLook, 1, spread, random), MARGIN));
      const typical = said.toSorted((a, b) => a - b)[150]!;
      const seen = share(1500, 8, { duet: typical, isolated: typical, spread: [spread, 2 * spread] });
      expect(seen).toBeGreaterThan(0.7);
      expect(seen).toBeLessThan(0.95);
    },
  );

  test("what only the isolated instrument sees is caught, although it is coarse", () => {
    expect(share(1000, 4, { duet: 1, isolated: 2, spread: [0.03, 0.18] })).toBeGreaterThan(0.95);
  });
});

const exactly = (ratio: number, n: number = firstLook): number[] =>
  Array.from({ length: n }, (_, index) => Math.log(ratio) + (index % 2 === 0 ? 1e-4 : -1e-4));

test("a slowdown is a suspicion until fresh processes confirm it, and the ratio reported is theirs", () => {
  const seen = firstSight({ duet: exactly(1.08), isolated: exactly(1.08) }, MARGIN, false);
  expect(seen).toMatchObject({ sight: "suspect", by: "duet", decision: { state: "slower", worse: false } });
  const confirmed = confirmation("slower", exactly(1.05), MARGIN, 1)!;
  expect(confirmed).toMatchObject({ state: "slower", worse: true });
  expect(confirmed.ratio.center).toBeCloseTo(1.05, 6);
  expect(confirmation("slower", exactly(1), MARGIN, 1)).toMatchObject({ state: "same", worse: false });
});

test("a change within the margin is the same, one below it faster", () => {
  expect(firstSight({ duet: exactly(1.005), isolated: exactly(1.005) }, MARGIN, false)).toMatchObject({ decision: { state: "same" } });
  expect(firstSight({ duet: exactly(0.9), isolated: exactly(0.9) }, MARGIN, false)).toMatchObject({ decision: { state: "faster" } });
});

test("instruments that disagree make a comparison suspect of being entangled, whichever of them is slower", () => {
  expect(firstSight({ duet: exactly(1), isolated: exactly(2) }, MARGIN, false)).toMatchObject({
    sight: "suspect",
    by: "isolated",
    decision: { state: "entangled" },
  });
  expect(firstSight({ duet: exactly(2), isolated: exactly(1) }, MARGIN, false)).toMatchObject({
    sight: "suspect",
    by: "isolated",
    decision: { state: "entangled" },
  });
  expect(confirmation("entangled", exactly(1), MARGIN, 1)).toMatchObject({ state: "same", worse: false });
});

test("the more suspects are confirmed, the more each must show", () => {
  const logs = Array.from({ length: firstLook }, (_, index) => 0.04 + (index % 2 === 0 ? 0.035 : -0.035));
  expect(confirmation("slower", logs, MARGIN, 1)).toMatchObject({ worse: true });
  expect(confirmation("slower", logs, MARGIN, 50)).toBeUndefined();
  expect(detectableOf(logs, MARGIN, 50)).toBeGreaterThan(detectableOf(logs, MARGIN, 1));
});

test("what cannot be decided is confirmed no further than the last look", () => {
  const wide = (n: number): number[] => Array.from({ length: n }, (_, index) => (index % 2 === 0 ? 0.2 : -0.2));
  expect(confirmation("slower", wide(firstLook), MARGIN, 1)).toBeUndefined();
  expect(confirmation("slower", wide(confirmationLooks.at(-1)!), MARGIN, 1)).toMatchObject({ state: "undecided", worse: false });
});
