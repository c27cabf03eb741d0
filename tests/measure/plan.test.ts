import fc from "fast-check";
import { expect, test } from "vitest";
import { cellKey, cellsOf, chosenPoints, controlPoints, roundOf, type Cell } from "../../src/measure/plan.ts";
import { ratio, value } from "../../src/model/claim.ts";
import { scenario } from "../../src/model/experiment.ts";
import { count, exact, seconds } from "../../src/model/metric.ts";
import { pointKey } from "../../src/model/sweep.ts";
import { counted, post, timedOne, unclaimed } from "./_definitions.ts";

const keys = (cells: readonly Cell[]): string[] => cells.map(cellKey);
const seed = fc.nat(2 ** 32 - 1);
const round = fc.nat(30);

test("smoke runs the first point, quick what the file chooses, full everything", () => {
  expect(chosenPoints(timedOne, "smoke")).toEqual([{ size: 1 }]);
  expect(chosenPoints(timedOne, "quick")).toEqual([{ size: 1 }, { size: 100 }]);
  expect(chosenPoints(timedOne, "full")).toEqual([{ size: 1 }, { size: 10 }, { size: 100 }]);
  expect(chosenPoints(unclaimed, "quick")).toHaveLength(4);
  expect(chosenPoints(counted, "full")).toEqual([{}]);
});

test("a point asked for by name is run at any effort", () => {
  expect(chosenPoints(timedOne, "quick", { size: 10 })).toEqual([{ size: 10 }]);
  expect(chosenPoints(timedOne, "smoke", { size: 100 })).toEqual([{ size: 100 }]);
  expect(chosenPoints(unclaimed, "quick", { colour: "blue" })).toEqual([
    { size: 1, colour: "blue" },
    { size: 10, colour: "blue" },
  ]);
  expect(chosenPoints(unclaimed, "full", { colour: "blue", size: 10 })).toEqual([{ size: 10, colour: "blue" }]);
});

test("a point that there is not chooses none", () => {
  expect(chosenPoints(timedOne, "full", { size: 2 })).toEqual([]);
  expect(chosenPoints(timedOne, "full", { colour: "red" })).toEqual([]);
  expect(chosenPoints(timedOne, "full", { size: "1" })).toEqual([]);
});

test("the control runs where claims rest, or everywhere if none does", () => {
  expect(controlPoints(timedOne, chosenPoints(timedOne, "full"))).toEqual([{ size: 100 }]);
  expect(controlPoints(timedOne, [{ size: 1 }])).toEqual([{ size: 1 }]);
  expect(controlPoints(unclaimed, chosenPoints(unclaimed, "full"))).toHaveLength(4);
});

test("what is exact needs no control: where only such claims rest there is none beside noisier ones", () => {
  const mixed = scenario(post, {
    question: "How many are there, and how long does it take?",
    sweep: { size: [1, 10, 100] },
    metrics: { many: exact(count("lower")), lasted: seconds("lower") },
    variants: { one: async () => ({ many: 5, lasted: 1 }), two: async () => ({ many: 5, lasted: 1 }) },
    claims: {
      "a-01": [{ says: "one is longer", holds: ratio("one", "two", "lasted").atLeast(1.5), at: { size: 10 } }],
      "a-02": [{ says: "there are five", holds: value("one", "many").between(5, 5), at: { size: 100 } }],
    },
  });
  expect(controlPoints(mixed, chosenPoints(mixed, "full"))).toEqual([{ size: 10 }]);
  const claims = { "a-02": mixed.claims["a-02"]! };
  expect(controlPoints({ ...mixed, claims }, chosenPoints(mixed, "full"))).toEqual([{ size: 100 }]);
});

test("a round holds every cell once and the control once, whatever seed and round", () => {
  const points = chosenPoints(unclaimed, "full");
  const cells = cellsOf(unclaimed, points);
  expect(new Set(keys(cells)).size).toBe(12);
  fc.assert(
    fc.property(seed, round, (seed, round) => {
      const order = roundOf(unclaimed, "a/b", cells, controlPoints(unclaimed, points), seed, round);
      expect(keys(order.filter(({ control }) => !control)).toSorted()).toEqual(keys(cells).toSorted());
      const controls = order.filter(({ control }) => control);
      expect(controls).toHaveLength(1);
      expect(controls[0]!.variant).toBe("one");
    }),
  );
});

test("the control visits the points in turn", () => {
  const points = chosenPoints(unclaimed, "full");
  const controls = controlPoints(unclaimed, points);
  const visited = Array.from({ length: 8 }, (_, round) => {
    const order = roundOf(unclaimed, "a/b", cellsOf(unclaimed, points), controls, 1, round);
    return pointKey(order.find(({ control }) => control)!.point);
  });
  expect(visited.slice(0, 4).toSorted()).toEqual(points.map(pointKey).toSorted());
  expect(visited.slice(4)).toEqual(visited.slice(0, 4));
});

test("the same seed gives the same order; another seed, round or experiment gives another", () => {
  const points = chosenPoints(unclaimed, "full");
  const cells = cellsOf(unclaimed, points);
  const order = (experiment: string, seed: number, round: number): string =>
    keys(roundOf(unclaimed, experiment, cells, controlPoints(unclaimed, points), seed, round).filter(({ control }) => !control)).join("; ");
  expect(order("a/b", 1, 0)).toBe(order("a/b", 1, 0));
  const orders = new Set([order("a/b", 1, 0), order("a/b", 2, 0), order("a/b", 1, 1), order("a/c", 1, 0)]);
  expect(orders.size).toBe(4);
});

test("over many rounds no cell keeps its place or its neighbour", () => {
  const cells = cellsOf(timedOne, chosenPoints(timedOne, "quick"));
  const firsts = new Map<string, number>();
  const rounds = 2000;
  for (let round = 0; round < rounds; round++) {
    const first = cellKey(roundOf(timedOne, "a/b", cells, [], 1, round)[0]!);
    firsts.set(first, (firsts.get(first) ?? 0) + 1);
  }
  expect(firsts.size).toBe(4);
  // Each a quarter; 5 standard errors are 97.
  for (const times of firsts.values()) expect(Math.abs(times - rounds / 4)).toBeLessThan(97);
});

test("where the first variant is no longer wanted there is no control either", () => {
  const cells = cellsOf(timedOne, [{ size: 100 }]).filter(({ variant }) => variant === "slow");
  expect(roundOf(timedOne, "a/b", cells, [{ size: 100 }], 1, 0)).toEqual(cells);
  expect(roundOf(timedOne, "a/b", cells, [], 1, 0)).toEqual(cells);
});
