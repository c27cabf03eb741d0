import { expect, test } from "vitest";
import { seeded } from "../../src/inputs/random.ts";
import { KiB, MiB } from "../../src/inputs/sizes.ts";
import { levelOf } from "../../src/stats/looks.ts";
import { steps } from "../../src/stats/steps.ts";
import { recordOf } from "../testdata/record.ts";
import { halfSteps, grids, timeAt, ladder, found, nthOf, latencies, capacitiesOf, stairs } from "./_staircase.ts";

const gridNames = Object.keys(grids) as (keyof typeof grids)[];

const settings = Object.keys(grids).flatMap((grid) =>
  (["ideally", "longest ago"] as const).flatMap((evicts) =>
    [
      { rounds: 5, noise: 0.03 },
      { rounds: 10, noise: 0.1 },
      { rounds: 20, noise: 0.1 },
    ].map((it) => ({ grid: grid as keyof typeof grids, evicts, ...it })),
  ),
);

test.each(settings)(
  "$rounds rounds of $grid with noise of $noise: the steps of caches that evict $evicts are all found, and their intervals cover the capacities",
  ({ grid, evicts, rounds, noise }) => {
    const random = seeded(rounds);
    const runs = 64;
    let right = 0;
    let toldApart = 0;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const capacities = capacitiesOf(run);
      const drift = run % 3 === 0 ? 0 : 0.2;
      const all = found(ladder(grids[grid], (size) => timeAt(size, { capacities, latencies, evicts, drift }), rounds, noise, random));
      if (all.length !== 3) continue;
      right++;
      toldApart += all.length;
      covered += all.filter(({ at }, step) => at.low <= capacities[step]! && capacities[step]! <= at.high).length;
    }
    expect(right / runs).toBeGreaterThanOrEqual(0.9);
    expect(covered / toldApart).toBeGreaterThanOrEqual(0.93);
  },
);

test.each(settings.filter(({ evicts }) => evicts === "ideally"))(
  "$rounds rounds of $grid with noise of $noise: capacities anywhere between the sizes are covered too",
  ({ grid, rounds, noise }) => {
    const random = seeded(rounds);
    let toldApart = 0;
    let covered = 0;
    for (let run = 0; run < 48; run++) {
      const capacities = [(24 + 40 * random()) * KiB, (1 + 1.5 * random()) * MiB, (16 + 32 * random()) * MiB];
      const all = found(
        ladder(grids[grid], (size) => timeAt(size, { capacities, latencies, evicts: "ideally", drift: 0.2 }), rounds, noise, random),
      );
      if (all.length !== 3) continue;
      toldApart += all.length;
      covered += all.filter(({ at }, step) => at.low <= capacities[step]! && capacities[step]! <= at.high).length;
    }
    expect(toldApart).toBeGreaterThan(64);
    expect(covered / toldApart).toBeGreaterThanOrEqual(0.93);
  },
);

test.each(gridNames)("no step is invented on a flat or gently rising curve of %s", (sizes) => {
  const random = seeded(3);
  let invented = 0;
  const runs = 200;
  for (let run = 0; run < runs; run++) {
    const slope = run % 2 === 0 ? 0 : Math.log(1.2) / Math.log(2 ** 17);
    const record = ladder(grids[sizes], (size) => 2e-9 * (size / KiB) ** slope, run % 4 < 2 ? 5 : 20, 0.1, random);
    if (found(record).length > 0) invented++;
  }
  expect(invented / runs).toBeLessThanOrEqual(0.05);
});

test("without noise a sharp step lies between the last size on its level and the first one off it, and the levels are told", () => {
  const [first, second, third] = found(ladder(halfSteps, (size) => timeAt(size, stairs), 5));
  expect(first!.at).toMatchObject({ low: 32 * KiB, high: 48 * KiB, n: 5, level: levelOf({ looks: 1 }) });
  expect(second!.at).toMatchObject({ low: 1 * MiB, high: 1.5 * MiB });
  expect(third!.at).toMatchObject({ low: 24 * MiB, high: 32 * MiB });
  for (const [step, { at, from, to }] of [first!, second!, third!].entries()) {
    expect(at.low).toBeLessThan(at.center);
    expect(at.center).toBeLessThan(at.high);
    expect(from * 1e9).toBeCloseTo(latencies[step]!, 9);
    expect(to * 1e9).toBeCloseTo(latencies[step + 1]!, 9);
  }
});

test("a size that is a little slower already widens the interval downwards by what a cache that evicts ideally would make of it", () => {
  const capacity = 45 * KiB;
  const time = (size: number) => timeAt(size, { capacities: [capacity], latencies: [2, 8], evicts: "ideally", drift: 0 });
  const [{ at }] = found(ladder(halfSteps, time, 5)) as [ReturnType<typeof found>[number]];
  expect(at.high).toBe(64 * KiB);
  expect(at.low).toBeLessThanOrEqual(capacity);
  expect(at.low).toBeGreaterThan(40 * KiB);
});

test("a claim asks for the nth step; one more than there are is undefined", () => {
  const record = ladder(halfSteps, (size) => timeAt(size, stairs), 5);
  expect(nthOf(record, 2)).toEqual(found(record)[1]!.at);
  expect(nthOf(record, 4)).toBeUndefined();
});

test("the order of the points does not matter, nor the null control, nor rounds that lack a size", () => {
  const record = ladder(halfSteps, (size) => timeAt(size, stairs), 6);
  const shuffled = { ...record, points: record.points.toReversed() };
  expect(found(shuffled)).toEqual(found(record));
  const control = recordOf([{ variant: "chase", control: true, point: { bytes: 4 * KiB }, readings: { time: [1, 1, 1, 1, 1, 1] } }]);
  const controlled = structuredClone(record);
  for (const [round, { trials }] of controlled.rounds.entries()) trials.unshift(...control.rounds[round]!.trials);
  controlled.rounds[2]!.trials.pop();
  expect(found(controlled)[0]!.at).toMatchObject({ low: 32 * KiB, high: 48 * KiB, n: 5 });
});

test("a round that was slow as a whole widens nothing", () => {
  let round = 0;
  const slow = [1, 3, 1, 0.5, 1];
  const record = ladder(halfSteps, (size) => timeAt(size, stairs) * slow[round++ % 5]!, 5);
  expect(found(record).map(({ at }) => [at.low, at.high].map((edge) => Math.round(edge)))).toEqual([
    [32 * KiB, 48 * KiB],
    [1 * MiB, 1.5 * MiB],
    [24 * MiB, 32 * MiB],
  ]);
});

test("where there is too little to go by there are no steps", () => {
  const time = (size: number) => timeAt(size, stairs);
  expect(found(ladder(halfSteps, time, 1))).toEqual([]); // one round says nothing of the spread
  expect(found(ladder([4 * KiB], time, 5))).toEqual([]);
  expect(found(ladder(halfSteps, () => 0, 5))).toEqual([]);
  expect(steps(ladder(halfSteps, time, 5), "nobody", "time", "bytes")).toEqual([]);
  expect(steps(ladder(halfSteps, time, 5), "chase", "time", "stride")).toEqual([]);
});
