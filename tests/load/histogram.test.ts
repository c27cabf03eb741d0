import fc from "fast-check";
import { expect, test } from "vitest";
import { highestHonest, Histogram, LONGEST } from "../../src/load/histogram.ts";

const filled = (samples: readonly number[]): Histogram => {
  const histogram = new Histogram();
  for (const seconds of samples) histogram.record(seconds);
  return histogram;
};

/** Durations from a nanosecond to an hour, as many short as long ones. */
const duration = fc.double({ min: -9, max: Math.log10(LONGEST), noNaN: true }).map((exponent) => Math.min(10 ** exponent, LONGEST));
const durations = fc.array(duration, { minLength: 1, maxLength: 300 });

/** HDR: one part in a thousand; and the half nanosecond that rounding takes. */
const near = (seconds: number, exact: number): boolean => Math.abs(seconds - exact) <= exact / 1000 + 0.5e-9;

test("a percentile is the nearest rank of the sorted samples, to one part in a thousand", () => {
  fc.assert(
    fc.property(durations, fc.double({ min: 0.001, max: 0.9, noNaN: true }), (samples, share) => {
      const exact = samples.toSorted((a, b) => a - b)[Math.ceil(share * samples.length) - 1]!;
      expect(near(filled(samples).percentile(share)!, exact)).toBe(true);
    }),
  );
});

test("the high percentiles of many samples are as exact as the median", () => {
  const samples = Array.from({ length: 20_000 }, (_, index) => ((index * 7919) % 20_000) * 1e-5 + 1e-5);
  const { p50, p90, p99, p999, max, mean, count } = filled(samples).percentiles()!;
  expect(near(p50, 0.1)).toBe(true);
  expect(near(p90, 0.18)).toBe(true);
  expect(near(p99!, 0.198)).toBe(true);
  expect(near(p999!, 0.1998)).toBe(true);
  expect(max).toBeCloseTo(0.2, 12);
  expect(mean).toBeCloseTo(0.100005, 9);
  expect(count).toBe(20_000);
});

test("a percentile above p90 needs ten samples beyond it", () => {
  const of = (count: number) => filled(Array.from({ length: count }, () => 0.001)).percentiles()!;
  expect(of(999)).not.toHaveProperty("p99");
  expect(of(1_000)).toHaveProperty("p99");
  expect(of(9_999)).not.toHaveProperty("p999");
  expect(of(10_000)).toHaveProperty("p999");
  expect(filled([1, 2]).percentile(0.95)).toBeUndefined();
});

test("p90 and the maximum stand in where there are too few samples", () => {
  expect(highestHonest(filled([0.25]).percentiles()!)).toEqual({ share: 0.9, seconds: 0.25 });
  expect(highestHonest({ count: 1_000, mean: 1, p50: 1, p90: 1, p99: 2, max: 3 })).toEqual({ share: 0.99, seconds: 2 });
  expect(highestHonest({ count: 10_000, mean: 1, p50: 1, p90: 1, p99: 2, p999: 3, max: 3 })).toEqual({ share: 0.999, seconds: 3 });
});

test("nothing recorded has no percentiles", () => {
  expect(new Histogram().percentiles()).toBeUndefined();
  expect(new Histogram().percentile(0.5)).toBeUndefined();
  expect(new Histogram().max).toBe(0);
});

test("merging, also of what came from another process, is the same as recording everything in one", () => {
  fc.assert(
    fc.property(durations, durations, fc.double({ min: 0.01, max: 0.9, noNaN: true }), (ours, theirs, share) => {
      const together = filled([...ours, ...theirs]);
      const merged = filled(ours);
      merged.merge(Histogram.from(JSON.parse(JSON.stringify(filled(theirs)))));
      expect(merged.count).toBe(together.count);
      expect(merged.max).toBe(together.max);
      expect(merged.mean).toBeCloseTo(together.mean, 9);
      expect(near(merged.percentile(share)!, together.percentile(share)!)).toBe(true);
    }),
  );
});

test("the buckets that are sent are the ones the runtime counts in", () => {
  fc.assert(
    fc.property(duration, (seconds) => {
      // A second, longer sample, so that the maximum does not cut the first one's bucket short.
      const whole = filled([seconds, LONGEST]);
      const sent = Histogram.from(JSON.parse(JSON.stringify(whole)));
      expect(sent.percentile(0.5)).toBe(whole.percentile(0.5));
    }),
  );
});

test("what is no duration is an error", () => {
  for (const wrong of [0, -1, Number.NaN, Infinity]) expect(() => new Histogram().record(wrong)).toThrow(RangeError);
});

test("what is longer than an hour counts as an hour, and is counted", () => {
  const histogram = filled([1, LONGEST * 2]);
  expect(histogram.clamped).toBe(1);
  expect(histogram.count).toBe(2);
  expect(histogram.max).toBe(LONGEST * 2);
  expect(near(histogram.percentile(0.9)!, LONGEST)).toBe(true);
});

test("a duration under a nanosecond counts as one", () => {
  expect(near(filled([1e-12, 1]).percentile(0.5)!, 1e-9)).toBe(true);
});

test("a percentile is a share, not per cent", () => {
  expect(() => filled([1]).percentile(99)).toThrow("between 0 and 1");
});
