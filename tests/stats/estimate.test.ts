import { expect, test } from "vitest";
import { bytes, count, exact, perSecond } from "../../src/model/metric.ts";
import { RunRecordSchema } from "../../src/model/record.ts";
import { estimates, floorOf, nullMetric, nullRatio, ratioOf, replicates, valueOf } from "../../src/stats/estimate.ts";
import { levelOf } from "../../src/stats/looks.ts";
import { ratioInterval } from "../../src/stats/ratio.ts";
import { recordOf, scenarioWith } from "../testdata/record.ts";

const record = recordOf([
  { variant: "fast", point: { size: 1 }, readings: { time: [[1, 2, 9], 3, 4], bytes: [0, 0, 0] } },
  { variant: "fast", point: { size: 2 }, readings: { time: [10, 20, 30] } },
  { variant: "slow", point: { size: 1 }, readings: { time: [4, [8, 8], 12] } },
  { variant: "fast", point: { size: 1 }, control: true, readings: { time: [2] } },
]);

test("the records of these tests are records", () => {
  expect(RunRecordSchema.parse(record)).toEqual(record);
});

test("a trial's samples become one number a round: their median, or their mean where the record says so", () => {
  expect([...replicates(record, "fast", "time", { size: 1 })]).toEqual([
    [0, 2],
    [1, 3],
    [2, 4],
  ]);
  expect(replicates({ ...record, centre: "mean" }, "fast", "time", { size: 1 }).get(0)).toBe(4);
});

test("the null control is no trial of the variant it repeats", () => {
  expect([...replicates(record, "fast", "time", { size: 1 }, { control: true })]).toEqual([[0, 2]]);
});

test("rounds are matched by their number, and those that lack one side are left out", () => {
  const gaps = recordOf([
    { variant: "fast", readings: { time: [1, 2, 3, 4] } },
    { variant: "slow", readings: { time: [3, 6, 9, 12] } },
  ]);
  gaps.rounds[1]!.trials.shift();
  expect(ratioOf(gaps, "slow", "fast", "time", {})).toEqual({ center: 3, low: 3, high: 3, n: 3, level: levelOf({}) });
});

test("a ratio is the interval of the pairs at the level of the record's looks", () => {
  expect(ratioOf(record, "slow", "fast", "time", { size: 1 })).toEqual(ratioInterval([4, 8, 12], [2, 3, 4], 0.975));
  expect(ratioOf({ ...record, looks: 1 }, "slow", "fast", "time", { size: 1 })).toEqual(ratioInterval([4, 8, 12], [2, 3, 4], 0.95));
});

test("what was never read has no ratio and no value, and a zero has no ratio", () => {
  expect(ratioOf(record, "slow", "fast", "time", { size: 2 })).toBeUndefined();
  expect(valueOf(record, "slow", "bytes", { size: 1 })).toBeUndefined();
  expect(ratioOf(record, "fast", "fast", "bytes", { size: 1 })).toBeUndefined();
  expect(valueOf(record, "fast", "bytes", { size: 1 })).toMatchObject({ center: 0, low: 0, high: 0 });
});

test("every number that was read is estimated, in the declared order, and says how sure it is", () => {
  const all = estimates(record);
  expect(all.map(({ variant, point, metric }) => `${variant} ${point.size} ${metric}`)).toEqual([
    "fast 1 time",
    "fast 1 bytes",
    "slow 1 time",
    "fast 2 time",
  ]);
  expect(all[0]).toEqual({
    experiment: "a-post/an-experiment",
    variant: "fast",
    point: { size: 1 },
    metric: "time",
    unit: "seconds",
    center: 3,
    low: 2,
    high: 4,
    n: 3,
    level: 0.75,
  });
});

test("a fact's interval is its range, and the ratio of facts is exact even where one of them is zero", () => {
  const facts = recordOf(
    [
      { variant: "packed", readings: { size: [0, 0] } },
      { variant: "padded", readings: { size: [24, 24] } },
    ],
    scenarioWith({ size: exact(bytes("lower")) }),
  );
  expect(valueOf(facts, "padded", "size", {})).toEqual({ center: 24, low: 24, high: 24, n: 2, level: 1 });
  expect(ratioOf(facts, "packed", "padded", "size", {})).toEqual({ center: 0, low: 0, high: 0, n: 2, level: 1 });
  expect(ratioOf(facts, "padded", "packed", "size", {})).toBeUndefined();
});

test("the null control is paired with its variant at the same point of the same round, wherever it went", () => {
  const rotating = recordOf([
    { variant: "fast", point: { size: 1 }, readings: { time: [1, 1, 1, 1] } },
    { variant: "fast", point: { size: 2 }, readings: { time: [100, 100, 100, 100] } },
    { variant: "fast", point: { size: 1 }, control: true, readings: { time: [1.1, 0, 1.2, 0] } },
    { variant: "fast", point: { size: 2 }, control: true, readings: { time: [0, 90, 0, 80] } },
  ]);
  for (const { trials } of rotating.rounds) trials.splice(0, trials.length, ...trials.filter((trial) => trial.readings.time![0] !== 0));
  const interval = nullRatio(rotating)!;
  expect(interval).toEqual(ratioInterval([1.1, 1.2, 90, 80], [1, 1, 100, 100], levelOf({})));
  expect(floorOf(rotating)).toBe(Math.max(-Math.log(interval.low), Math.log(interval.high)));
});

test("a null of one round leaves no difference that could be told from none; without a control there is no floor", () => {
  expect(floorOf(record)).toBe(Infinity);
  expect(floorOf(recordOf([{ variant: "fast", readings: { time: [1, 2] } }]))).toBeUndefined();
});

test("a scenario's null is judged by its first own reading that noise can touch", () => {
  const metrics = { lost: exact(count("lower")), goodput: perSecond("higher") };
  expect(nullMetric(recordOf([], { ...scenarioWith(metrics), variants: ["one"] }))).toBe("goodput");
  const factsOnly = recordOf([{ variant: "one", readings: { lost: [0] } }], scenarioWith({ lost: metrics.lost }));
  expect(nullMetric(factsOnly)).toBeUndefined();
  expect(nullRatio(factsOnly)).toBeUndefined();
});
