import { describe, expect, test } from "vitest";
import { seeded } from "../../src/inputs/random.ts";
import type { Asked } from "../../src/model/quantity.ts";
import type { RunRecord } from "../../src/model/record.ts";
import type { Point } from "../../src/model/sweep.ts";
import { extrapolationOf } from "../../src/stats/extrapolation.ts";
import { levelOf } from "../../src/stats/looks.ts";
import { normal } from "../_normal.ts";
import { narrowest, recordOf } from "../testdata/record.ts";

const decades = [100, 1e3, 1e4, 1e5, 1e6];
const quantity: Asked<"extrapolated"> = { kind: "extrapolated", of: "scan", metric: "time", along: "rows", to: 1e9 };
const at = { rows: 1e6 };

function scan(values: readonly number[], law: (rows: number) => number, rounds: number, noise = 0, random = seeded(1)): RunRecord {
  return recordOf(
    values.map((rows) => ({
      variant: "scan",
      point: { rows },
      readings: { time: Array.from({ length: rounds }, () => law(rows) * Math.exp(noise * normal(random))) },
    })),
    narrowest(rounds),
  );
}
const read = (record: RunRecord, asked: Point = at) => extrapolationOf(record, quantity, asked)!;

const power = (rows: number): number => 1e-8 * rows ** 0.9;
/** A law that bends: its slope rises by 0.02 with every e-fold. */
const bent = (rows: number): number => power(rows) * Math.exp(0.01 * Math.log(rows / 1e4) ** 2);
/** What the last three points of a law give if they go on as they do. */
const goneOn = (law: (rows: number) => number): number => read(scan(decades, law, 1)).center;

describe("with 10 % of noise the interval covers in 93 % of all runs and more", () => {
  for (const rounds of [5, 10, 20]) {
    for (const [name, law, truth] of [
      ["the truth of a power law", power, power(1e9)],
      ["what the last points of a bent law go on to", bent, goneOn(bent)],
    ] as const) {
      test(`${name}, after ${rounds} rounds`, () => {
        const random = seeded(rounds);
        const runs = 1000;
        let covered = 0;
        for (let run = 0; run < runs; run++) {
          const { low, high } = read(scan(decades, law, rounds, 0.1, random));
          if (low <= truth && truth <= high) covered++;
        }
        expect(covered / runs).toBeGreaterThanOrEqual(0.93);
      });
    }
  }
});

test("that the law goes on bending is not in the interval", () => {
  const random = seeded(2);
  const runs = Array.from({ length: 200 }, () => read(scan(decades, bent, 20, 0.1, random)));
  expect(runs.filter(({ low, high }) => low <= bent(1e9) && bent(1e9) <= high).length / 200).toBeLessThan(0.1);
});

test("a power law without noise is continued to where it leads, from its three largest values alone", () => {
  const disturbed = (rows: number): number => (rows < 1e4 ? 1 : power(rows));
  const it = read(scan(decades, disturbed, 5));
  for (const end of [it.low, it.center, it.high]) expect(end / power(1e9)).toBeCloseTo(1, 9);
  expect(it).toMatchObject({ n: 5, level: levelOf({ looks: 1 }) });
});

test("the largest value that is used is the claim's own, and two points are enough", () => {
  const bendsAfter = (rows: number): number => (rows > 1e4 ? 5 : power(rows));
  expect(read(scan(decades, bendsAfter, 5), { rows: 1e4 }).center / power(1e9)).toBeCloseTo(1, 9);
  expect(read(scan([1e5, 1e6], power, 5)).center / power(1e9)).toBeCloseTo(1, 9);
});

test("other parameters stay what the claim says, and points that were skipped are not used", () => {
  const columns = decades.flatMap((rows) =>
    ["cold", "warm"].map((cache) => ({
      variant: "scan",
      point: { rows, cache },
      readings: { time: [1, 1].map((one) => one * power(rows) * (cache === "cold" ? rows : 1)) },
    })),
  );
  expect(read(recordOf(columns), { rows: 1e6, cache: "warm" }).center / power(1e9)).toBeCloseTo(1, 9);
  const skipped = [{ point: { rows: 1e5, cache: "warm" }, because: "no room" }];
  const without = columns.filter(({ point }) => point.rows !== 1e5);
  const record = recordOf(without, { points: columns.map(({ point }) => point), skipped });
  expect(read(record, { rows: 1e6, cache: "warm" }).center / power(1e9)).toBeCloseTo(1, 9);
});

test("there is none of one point, of no common round and of what is not positive", () => {
  expect(read(scan([1e6], power, 5))).toBeUndefined();
  expect(read(scan(decades, () => 0, 5))).toBeUndefined();
  const apart = scan([1e5, 1e6], power, 2);
  for (const [round, { trials }] of apart.rounds.entries()) trials.splice(round, 1);
  expect(read(apart)).toBeUndefined();
  expect(read(scan(decades, power, 1))).toMatchObject({ low: 0, high: Infinity, n: 1 });
});
