import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Measured } from "../../src/judge/ruling.ts";
import { rule } from "../../src/judge/ruling.ts";

const inf = Infinity;
const atLeast3 = { boundLow: 3, boundHigh: inf };
const atMostHalf = { boundLow: -inf, boundHigh: 0.5 };
const between = { boundLow: 2, boundHigh: 4 };
const same = { boundLow: 0.9, boundHigh: 1.1 };

const table: [
  what: string,
  bound: Pick<Measured, "boundLow" | "boundHigh">,
  low: number,
  high: number,
  ruling: string,
  because?: RegExp,
][] = [
  ["inside an open-ended bound", atLeast3, 4, 5, "reproduced"],
  ["touching the edge from inside", atLeast3, 3, 5, "reproduced"],
  ["without width on the edge", atLeast3, 3, 3, "reproduced"],
  ["touching the edge from outside", atLeast3, 2, 3, "undecided", /contains an edge/],
  ["across the edge", atLeast3, 2.9, 3.1, "undecided"],
  ["everything", atLeast3, 0, inf, "undecided"],
  ["reaching infinity inside", atLeast3, 3, inf, "reproduced"],
  ["between 1 and the bound", atLeast3, 1.5, 2, "weaker"],
  ["touching 1", atLeast3, 1, 2, "refuted", /no effect/],
  ["around 1", atLeast3, 0.9, 1.2, "refuted", /no effect/],
  ["without width at 1", atLeast3, 1, 1, "refuted", /no effect/],
  ["beyond 1", atLeast3, 0.5, 0.8, "refuted", /other way round/],
  ["a ratio of nothing", atLeast3, 0, 0, "refuted", /other way round/],
  ["inside at most a half", atMostHalf, 0.2, 0.5, "reproduced"],
  ["nothing at all", atMostHalf, 0, 0, "reproduced"],
  ["less of an effect than a half", atMostHalf, 0.6, 0.9, "weaker"],
  ["no effect where a half was claimed", atMostHalf, 0.9, 1.1, "refuted", /no effect/],
  ["more where less was claimed", atMostHalf, 1.1, 1.2, "refuted", /other way round/],
  ["within a range", between, 2, 4, "reproduced"],
  ["over both edges of a range", between, 1, 5, "undecided"],
  ["above a range of more", between, 5, 6, "refuted", /stronger than claimed/],
  ["below a range of less", { boundLow: 0.2, boundHigh: 0.5 }, 0.1, 0.15, "refuted", /stronger than claimed/],
  ["above a range around 1", same, 1.2, 1.3, "refuted", /stronger than claimed/],
  ["below a range around 1", same, 0.7, 0.8, "refuted", /stronger than claimed/],
  ["faster where no slower was claimed", { boundLow: -inf, boundHigh: 1 }, 0.8, 0.9, "reproduced"],
  ["slower where no slower was claimed", { boundLow: -inf, boundHigh: 1 }, 1.2, 1.3, "refuted", /other way round/],
  ["faster where no faster was claimed", { boundLow: 1, boundHigh: inf }, 0.8, 0.9, "refuted", /other way round/],
  ["beyond a tolerance", { boundLow: -inf, boundHigh: 1.1 }, 1.2, 1.3, "refuted"],
  ["off a bound of exactly 1", { boundLow: 1, boundHigh: 1 }, 1.2, 1.3, "refuted", /stronger/],
];

test.each(table)("a ratio %s: %j, [%d, %d] is %s", (_, bound, low, high, ruling, because) => {
  const ruled = judged({ low, high, ...bound, kind: "ratio" });
  expect(ruled.ruling).toBe(ruling);
  if (because) expect(ruled.because).toMatch(because);
  else if (ruling !== "undecided") expect(ruled).not.toHaveProperty("because");
});

/** Most cases below do not care where in its interval the estimate lies: in the middle then. */
function judged(it: Omit<Measured, "center"> & { center?: number }) {
  const middle = it.low > 0 && it.high < inf ? Math.sqrt(it.low * it.high) : (it.low + it.high) / 2;
  return rule({ center: Math.min(it.high, Math.max(it.low, middle)), ...it });
}

describe("the floor of the null control", () => {
  const ratio = { kind: "ratio", ...atLeast3 } as const;

  test.each([
    ["inside", 3.05, 3.4],
    ["outside", 2.7, 2.95],
  ])("leaves undecided what lies %s but nearer to the edge than the floor", (_, low, high) => {
    expect(judged({ ...ratio, low, high, floor: 0.1 })).toMatchObject({ ruling: "undecided", because: expect.stringMatching(/nearer/) });
    expect(judged({ ...ratio, low, high, floor: 0.05 }).ruling).not.toBe("undecided");
  });

  test("is held against the estimate, because the interval holds the noise already", () => {
    expect(judged({ ...ratio, center: 3.5, low: 3.05, high: 4, floor: 0.1 }).ruling).toBe("reproduced");
    expect(judged({ ...ratio, center: 3.2, low: 3.05, high: 4, floor: 0.1 }).ruling).toBe("undecided");
  });

  test("of exactly the distance decides, and one of zero asks nothing", () => {
    expect(judged({ ...ratio, center: 6, low: 5, high: 7, floor: Math.log(2) }).ruling).toBe("reproduced");
    expect(judged({ ...ratio, low: 3, high: 3, floor: 0 }).ruling).toBe("reproduced");
    expect(judged({ ...ratio, low: 3, high: 3, floor: 1e-12 }).ruling).toBe("undecided");
  });

  test("that is infinite decides nothing that has an edge to be near", () => {
    expect(judged({ ...ratio, low: 1e9, high: 1e9, floor: inf }).ruling).toBe("undecided");
    expect(judged({ ...ratio, low: 0.5, high: 0.6, floor: inf }).ruling).toBe("undecided");
  });

  test("does not measure distances to infinite edges", () => {
    expect(judged({ ...ratio, center: 40, low: 30, high: inf, floor: 1 }).ruling).toBe("reproduced");
  });

  test("marks a weaker effect that is nearer to none than the floor", () => {
    expect(judged({ ...ratio, low: 1.01, high: 1.02, floor: 0.1 })).toMatchObject({
      ruling: "weaker",
      because: expect.stringMatching(/no effect/),
    });
    expect(judged({ ...ratio, low: 1.5, high: 1.6, floor: 0.1 })).toEqual({ ruling: "weaker" });
  });
});

describe("a value", () => {
  test("knows no weaker and no effect", () => {
    expect(judged({ low: 1.5, high: 2, ...atLeast3, kind: "value" })).toEqual({ ruling: "refuted" });
    expect(judged({ low: 0, high: 0, boundLow: 0, boundHigh: 0, kind: "value" })).toEqual({ ruling: "reproduced" });
  });

  test("has a distance to an edge only where both are positive", () => {
    expect(judged({ low: 0, high: 0, boundLow: -inf, boundHigh: 5, floor: 9, kind: "value" }).ruling).toBe("reproduced");
    expect(judged({ low: 4, high: 4, boundLow: 0, boundHigh: 5, floor: 1, kind: "value" }).ruling).toBe("undecided");
    expect(judged({ low: -2, high: -1, boundLow: 0, boundHigh: 5, floor: 1, kind: "value" }).ruling).toBe("refuted");
  });
});

test("a model is at best consistent, and at worst as wrong as anything", () => {
  expect(judged({ low: 4, high: 5, ...atLeast3, kind: "ratio", model: true }).ruling).toBe("consistent with the model");
  expect(judged({ low: 0.4, high: 0.5, ...atLeast3, kind: "ratio", model: true }).ruling).toBe("refuted");
});

test.each([
  { low: NaN },
  { high: NaN },
  { boundLow: NaN },
  { boundHigh: NaN },
  { floor: NaN },
  { floor: -1 },
  { low: 6 },
  { boundLow: 5, boundHigh: 4 },
])("%j is refused", (change) => {
  expect(() => judged({ low: 4, high: 5, ...atLeast3, kind: "ratio", ...change })).toThrow(RangeError);
});

/** Few values, so that ends and edges coincide often, beside arbitrary ones. */
const ends = fc.oneof(fc.constantFrom(0, 0.25, 0.5, 1, 1.5, 2, 3, 4, inf), fc.double({ min: 0, max: 10, noNaN: true }));
const pair = fc.tuple(ends, ends).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const questions = fc
  .record({
    interval: pair,
    where: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    bound: pair,
    open: fc.boolean(),
    floor: fc.oneof(fc.constantFrom(0, Math.log(2), inf), fc.double({ min: 0, max: 2, noNaN: true })),
    kind: fc.constantFrom("ratio" as const, "value" as const),
    model: fc.boolean(),
  })
  .map(({ interval: [low, high], where, bound: [boundLow, boundHigh], open, floor, kind, model }) => ({
    center: low === inf || where === 0 ? low : where === 1 ? high : Math.min(high, low + where * (Math.min(high, 1e9) - low)),
    low,
    high,
    boundLow: open && boundLow === 0 ? -inf : boundLow,
    boundHigh,
    floor,
    kind,
    model,
  }));

/** The definition as it reads: each ruling a condition of its own, none of which looks at the others. */
function conditions({ center, low, high, boundLow, boundHigh, floor, kind, model }: Required<Measured>): Record<string, boolean> {
  const finite = [boundLow, boundHigh].filter((edge) => edge > 0 && edge < inf);
  const disjoint = high < boundLow || boundHigh < low;
  const subset = !disjoint && low >= boundLow && high <= boundHigh;
  const distances = finite.filter(() => center > 0 && center < inf).map((edge) => Math.abs(Math.log(center / edge)));
  const clear = (subset || disjoint) && distances.every((distance) => !(distance < floor));
  const oneOutside = 1 < boundLow || 1 > boundHigh;
  const towardsBound = (1 < low && high < boundLow) || (boundHigh < low && high < 1);
  const weaker = kind === "ratio" && oneOutside && towardsBound;
  return {
    reproduced: subset && clear && !model,
    "consistent with the model": subset && clear && model,
    undecided: !clear,
    weaker: disjoint && clear && weaker,
    refuted: disjoint && clear && !weaker,
  };
}

test("every interval, bound and floor has exactly one ruling, and it is the one that the definition gives", () => {
  fc.assert(
    fc.property(questions, (question) => {
      const holding = Object.entries(conditions(question)).flatMap(([ruling, holds]) => (holds ? [ruling] : []));
      expect(holding).toEqual([rule(question).ruling]);
    }),
    { numRuns: 5000, seed: 1 },
  );
});
