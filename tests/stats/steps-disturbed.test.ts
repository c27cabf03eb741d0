import { expect, test } from "vitest";
import { seeded } from "../../src/inputs/random.ts";
import { KiB, MiB } from "../../src/inputs/sizes.ts";
import type { RunRecord } from "../../src/model/record.ts";
import { recordOf } from "../testdata/record.ts";
import { halfSteps, grids, timeAt, ladder, found, nthOf, latencies, capacitiesOf, type Stairs } from "./_staircase.ts";

const gridNames = Object.keys(grids) as (keyof typeof grids)[];
const bursts = gridNames.flatMap((sizes) => [0.05, 0.1].map((share) => ({ sizes, share })));

test.each(bursts)(
  "where $share of all readings of $sizes take twice as long, five rounds place no numbered step wrongly",
  ({ sizes, share }) => {
    const random = seeded(11);
    const runs = 40;
    let told = 0;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const capacities = capacitiesOf(run);
      const evicts = run % 3 === 0 ? "longest ago" : "ideally";
      const time = (size: number) => timeAt(size, { capacities, latencies, evicts, drift: 0.1 });
      const record = ladder(grids[sizes], time, 5, 0.03, random, { share, times: 2 });
      for (const [step, capacity] of capacities.entries()) {
        const at = nthOf(record, step + 1);
        if (!at) continue;
        told++;
        if (at.low <= capacity && capacity <= at.high) covered++;
      }
    }
    expect(told / (3 * runs)).toBeGreaterThanOrEqual(0.9);
    expect(covered / told).toBeGreaterThanOrEqual(0.97);
  },
);

test.each([
  { where: "at the start", slow: 4, by: 1.3, after: 4 },
  { where: "in the middle", slow: 16, by: 1.3, after: 4 },
  { where: "at the start, with a small step to come,", slow: 4, by: 1.15, after: 3 },
  { where: "in the middle, with a small step to come,", slow: 12, by: 1.15, after: 3 },
  { where: "just before the last two", slow: 48, by: 1.3, after: 8 },
])("one slow size $where of a plateau has not left it", ({ slow, by, after }) => {
  for (let seed = 1; seed <= 24; seed++) {
    const random = seeded(seed);
    const capacity = (seed % 2 === 0 ? 96 : 70 + 50 * random()) * KiB;
    const curve: Stairs = { capacities: [capacity], latencies: [2, after], evicts: seed % 4 < 2 ? "ideally" : "longest ago", drift: 0 };
    const time = (size: number) => timeAt(size, curve) * (size === slow * KiB ? by : 1);
    const all = found(ladder(halfSteps, time, 5, 0.03, random, { share: 0, times: 1 }));
    expect(all).toHaveLength(1);
    expect(all[0]!.at.low).toBeLessThanOrEqual(capacity);
    expect(all[0]!.at.high).toBeGreaterThanOrEqual(capacity);
    expect(all[0]!.at.low).toBeGreaterThan(slow * KiB);
  }
});

test("a slow size on the way up does not end the plateau if the next one is back on it", () => {
  const time = (size: number) => timeAt(size, { capacities: [96 * KiB], latencies: [2, 8], evicts: "longest ago", drift: 0 });
  const [{ at }] = found(ladder(halfSteps, (size) => time(size) * (size === 64 * KiB ? 2 : 1), 5)) as [ReturnType<typeof found>[number]];
  expect(at).toMatchObject({ low: 96 * KiB, high: 128 * KiB });
});

/** Five rounds without noise of the sizes that quick effort reads, of which the first one is slow. */
const quickWithSlowFirst = (capacity: number, slow: (round: number) => number): RunRecord => {
  const curve: Stairs = { capacities: [capacity], latencies: [1.6, 4], evicts: "ideally", drift: 0 };
  const [first, ...more] = grids["quick sizes"];
  const column = (bytes: number, times: (round: number) => number) => ({
    variant: "chase",
    point: { bytes },
    readings: { time: [0, 1, 2, 3, 4].map((round) => times(round) * timeAt(bytes, curve)) },
  });
  return recordOf([column(first!, slow), ...more.map((bytes) => column(bytes, () => 1))]);
};

test("a size that is quicker than the only one it can be compared with does not show that the cache serves it", () => {
  const capacity = 30 * KiB; // 32 KiB misses already
  const [{ at }] = found(quickWithSlowFirst(capacity, () => 1.3)) as [ReturnType<typeof found>[number]];
  expect(at.low).toBeLessThanOrEqual(capacity);
  expect(at.high).toBeGreaterThanOrEqual(capacity);
});

test("a first size slower than what comes after the step does not turn the ends around", () => {
  const capacity = 40 * KiB;
  for (const slow of [2, 3, 4, 6, 8]) {
    for (const { at } of found(quickWithSlowFirst(capacity, (round) => slow * [1, 0.8, 1.3, 1, 0.7][round]!))) {
      expect(at.low).toBeLessThanOrEqual(capacity);
      expect(at.high).toBeGreaterThanOrEqual(capacity);
    }
  }
});

test("a step behind a rise that noise hides has no number", () => {
  const columns = grids["quick sizes"].map((bytes) => ({
    variant: "chase",
    point: { bytes },
    // One round was slow just while it read the first two sizes.
    readings: { time: [5, 1, 1, 1, 1].map((slow) => (bytes < 40 * KiB ? 1.6 * slow : bytes < 2.5 * MiB ? 4 : 20)) },
  }));
  const record = recordOf(columns);
  expect(found(record).map(({ at }) => at.high)).toEqual([3 * MiB]);
  expect(nthOf(record, 1)).toBeUndefined();
  expect(nthOf(record, 2)).toBeUndefined();
});
