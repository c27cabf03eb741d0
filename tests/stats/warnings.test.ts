import { expect, test } from "vitest";
import { count, exact } from "../../src/model/metric.ts";
import { warningsOf } from "../../src/stats/warnings.ts";
import { recordOf, scenarioWith } from "../testdata/record.ts";

const four = { time: [1, 1.01, 0.99, 1] };

test("a quiet record raises no doubt", () => {
  expect(warningsOf(recordOf([{ variant: "a", readings: four }]))).toEqual([]);
});

test("a variant's own doubt counts from half of its trials at a point on", () => {
  const warned = (some: number) => warningsOf(recordOf([{ variant: "a", readings: four, warned: { "not-steady": some } }]));
  expect(warned(1)).toEqual([]);
  expect(warned(2)).toEqual([{ kind: "not-steady", variant: "a", point: {}, trials: { some: 2, all: 4 } }]);
});

test("a doubt at one point is not blamed on another, nor the null control's on the variant it repeats", () => {
  const record = recordOf([
    { variant: "a", point: { size: 1 }, readings: four, warned: { "coarse-timer": 4 } },
    { variant: "a", point: { size: 2 }, readings: four },
    { variant: "a", point: { size: 2 }, control: true, readings: four, warned: { "coarse-timer": 4 } },
  ]);
  expect(warningsOf(record)).toEqual([{ kind: "coarse-timer", variant: "a", point: { size: 1 }, trials: { some: 4, all: 4 } }]);
});

test("a doubt about the machine is raised once, from a quarter of all trials on", () => {
  const warned = (some: number) =>
    warningsOf(
      recordOf([
        { variant: "a", readings: four, warned: { "stolen-time": some } },
        { variant: "b", readings: four },
      ]),
    );
  expect(warned(1)).toEqual([]);
  expect(warned(2)).toEqual([{ kind: "stolen-time", trials: { some: 2, all: 8 } }]);
});

test("a null control that comes out different is a doubt about the whole experiment", () => {
  const control = (time: number[]) =>
    warningsOf(
      recordOf([
        { variant: "a", readings: four },
        { variant: "a", control: true, readings: { time } },
      ]),
    );
  expect(control([2, 2.02, 1.98, 2])).toEqual([{ kind: "null-excludes-one" }]);
  expect(control([1.1, 0.9, 1, 1])).toEqual([]);
});

test("an exact reading that varies is named by variant and point", () => {
  const record = recordOf(
    [
      { variant: "a", readings: { lost: [0, 1] } },
      { variant: "b", readings: { lost: [0, 0] } },
    ],
    scenarioWith({ lost: exact(count("lower")) }),
  );
  expect(warningsOf(record)).toEqual([{ kind: "exact-varies", variant: "a", point: {} }]);
});

test("a system without memory limits is mentioned where something was run", () => {
  expect(warningsOf(recordOf([{ variant: "a", readings: four }], { memoryLimit: null }))).toEqual([{ kind: "no-memory-limit" }]);
  expect(warningsOf(recordOf([], { memoryLimit: null, notTried: "too few cores", variants: ["a"] }))).toEqual([]);
});
