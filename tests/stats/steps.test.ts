import { expect, test } from "vitest";
import latencyLadder from "../../benchmarks/cpu-caches/latency-ladder.ts";
import { seeded } from "../../src/inputs/random.ts";
import { KiB, MiB, doubling } from "../../src/inputs/sizes.ts";
import type { RunRecord } from "../../src/model/record.ts";
import { levelAt } from "../../src/stats/looks.ts";
import { stepOf, steps } from "../../src/stats/steps.ts";
import { recordOf } from "../testdata/record.ts";

const halfSteps = doubling(4 * KiB, 512 * MiB).flatMap((size) => (size < 512 * MiB ? [size, 1.5 * size] : [size]));
const grids = {
  "half steps": halfSteps,
  "quick sizes": latencyLadder.quick!.bytes as readonly number[],
  "uneven sizes": [8, 24, 32, 48, 96, 256, 1024, 1536, 3072, 8192, 24_576, 49_152, 131_072].map((size) => size * KiB),
};

/** What the tests make staircases of. */
interface Stairs {
  readonly capacities: readonly number[];
  /** One more than capacities; nanoseconds. */
  readonly latencies: readonly number[];
  /** What a cache that is too small still serves: what no eviction can better, or nothing, as one that evicts what was used longest ago. */
  readonly evicts: "ideally" | "longest ago";
  /** How much a level has risen when the next one begins; the first one does not. */
  readonly drift: number;
}

function timeAt(size: number, { capacities, latencies, evicts, drift }: Stairs): number {
  let time = latencies[0]!;
  for (const [level, capacity] of capacities.entries()) {
    if (size <= capacity) break;
    time += (latencies[level + 1]! - latencies[level]!) * (evicts === "ideally" ? 1 - capacity / size : 1);
    const end = capacities[level + 1] ?? 512 * MiB;
    time *= (1 + drift) ** Math.min(1, Math.log(size / capacity) / Math.log(end / capacity));
  }
  return time * 1e-9;
}

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Single readings that are slow: in what share of all, and by how much. */
interface Bursts {
  readonly share: number;
  readonly times: number;
}

/** Rounds of a ladder with log-normal noise, rounds that are slow as a whole, and (unless told) one reading in twenty 30 % too slow. */
function ladder(
  sizes: readonly number[],
  time: (size: number) => number,
  rounds: number,
  noise = 0,
  random = seeded(1),
  bursts: Bursts = { share: 0.05, times: 1.3 },
): RunRecord {
  const slow = Array.from({ length: rounds }, () => Math.exp(noise * normal(random)));
  const once = (size: number, round: number): number =>
    noise === 0 ? time(size) : time(size) * slow[round]! * Math.exp(noise * normal(random)) * (random() < bursts.share ? bursts.times : 1);
  return recordOf(
    sizes.map((bytes) => ({
      variant: "chase",
      point: { bytes },
      readings: { time: Array.from({ length: rounds }, (_, round) => once(bytes, round)) },
    })),
  );
}

const found = (record: RunRecord) => steps(record, "chase", "time", "bytes");

const nthOf = (record: RunRecord, nth: number) => stepOf(record, { kind: "step", of: "chase", metric: "time", nth, along: "bytes" });

const latencies = [1.6, 4, 20, 90];
const capacitiesOf = (run: number): number[] => [
  [32 * KiB, 48 * KiB][run % 2]!,
  [1.25 * MiB, 2 * MiB][(run >> 1) % 2]!,
  [24 * MiB, 33 * MiB][(run >> 2) % 2]!,
];
const stairs: Stairs = { capacities: capacitiesOf(0), latencies, evicts: "longest ago", drift: 0 };

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
  expect(first!.at).toMatchObject({ low: 32 * KiB, high: 48 * KiB, n: 5, level: levelAt(5) });
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
  for (const [round, { trials }] of record.rounds.entries()) trials.unshift(...control.rounds[round]!.trials);
  record.rounds[2]!.trials.pop();
  expect(found(record)[0]!.at).toMatchObject({ low: 32 * KiB, high: 48 * KiB, n: 5 });
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
