import { describe, expect, test } from "vitest";
import {
  boundWords,
  chosen,
  dateWords,
  interval,
  metricWords,
  nameWords,
  numeral,
  percent,
  pointWords,
  quantity,
  range,
  short,
  sweepValue,
} from "../../src/report/words.ts";

const MiB = 1024 ** 2;

describe("a quantity is printed in the unit that it fills", () => {
  test.each([
    [1.02e-9, "seconds", "1.02 ns"],
    [5.4e-10, "seconds", "0.540 ns"],
    [172e-9, "seconds", "172 ns"],
    [9.9996e-7, "seconds", "1.00 µs"],
    [0.0351, "seconds", "35.1 ms"],
    [95, "seconds", "95 s"],
    [64 * MiB, "bytes", "64 MiB"],
    [40, "bytes", "40 B"],
    [1500, "bytes", "1.46 KiB"],
    [10_000, "count", "10,000"],
    [1_234_567, "count", "1,234,567"],
    [0.5, "count", "0.500"],
    [0, "count", "0"],
    [12_300, "perSecond", "12,300/s"],
    [4e11, "bytesPerSecond", "400 GB/s"],
    [0.32, "fraction", "32%"],
    [3, "ratio", "3×"],
    [-2e-6, "seconds", "−2 µs"],
  ])("%d %s is %s", (value, unit, words) => {
    expect(quantity(value, unit)).toBe(words);
  });

  test.each([
    [NaN, "n/a"],
    [Infinity, "∞"],
    [-Infinity, "−∞"],
    [0, "0 ns"],
  ])("%d does not break it", (value, words) => {
    expect(quantity(value, "seconds")).toBe(words);
  });

  test("an unknown unit stays a plain number", () => {
    expect(quantity(12, "furlongs")).toBe("12");
  });
});

describe("an interval decides how many digits are worth printing", () => {
  test.each([
    [{ center: 1.4412, low: 1.4102, high: 1.4733, n: 5 }, "ratio", "1.44× [1.41, 1.47], n = 5"],
    [{ center: 1.4412, low: 1.1, high: 1.9, n: 5 }, "ratio", "1.4× [1.1, 1.9], n = 5"],
    [{ center: 1.0234e-9, low: 0.98e-9, high: 1.07e-9, n: 8 }, "seconds", "1.02 ns [0.98, 1.07], n = 8"],
    [{ center: 40, low: 40, high: 40, n: 1 }, "bytes", "40 B, n = 1"],
    [{ center: 0, low: 0, high: 0, n: 3 }, "count", "0, n = 3"],
    [{ center: 0, low: 0, high: 4, n: 3 }, "count", "0 [0, 4], n = 3"],
    [{ center: 1, low: 0.5, high: Infinity, n: 2 }, "ratio", "1× [0.50, ∞], n = 2"],
  ])("%o", (it, unit, words) => {
    expect(interval(it, unit).replace("1.00×", "1×")).toBe(words);
  });

  test("both ends share the unit of the center", () => {
    expect(range({ center: 990e-9, low: 950e-9, high: 1020e-9 }, "seconds")).toBe("990 ns [950, 1,020]");
  });
});

test("bounds read as they were written", () => {
  expect(boundWords(3, Infinity, "ratio")).toBe("≥ 3×");
  expect(boundWords(-Infinity, 40, "bytes")).toBe("≤ 40 B");
  expect(boundWords(0.9, 1.1, "ratio")).toBe("between 0.9× and 1.1×");
  expect(boundWords(0, 0, "count")).toBe("exactly 0");
  expect(chosen(1.005, "ratio")).toBe("1.005×");
});

test("a share never rounds a rest away", () => {
  expect([0, 0.001, 0.5, 0.999, 1].map(percent)).toEqual(["0%", "< 1%", "50%", "> 99%", "100%"]);
});

test("points, parameters and metrics are said in words", () => {
  expect(pointWords({ bytes: 64 * MiB, limit: "soft" })).toBe("bytes = 64 MiB, limit = soft");
  expect(pointWords({ blockSize: 2048, rows: 100_000 })).toBe("block size = 2 KiB, rows = 100,000");
  expect(pointWords({})).toBe("");
  expect(sweepValue("warm", true)).toBe("true");
  expect([0.01, 0.3, 2.5, 1 / 3, 1_234.56].map((it) => sweepValue("rate", it))).toEqual(["0.01", "0.3", "2.5", "0.333", "1,235"]);
  expect(metricWords("time", "record")).toBe("time per record");
  expect(metricWords("rss", "record")).toBe("peak resident memory");
  expect(metricWords("constructor")).toBe("constructor");
  expect(nameWords("timeToVisible")).toBe("time to visible");
});

test("dates are written out, and what is no date stays as it is", () => {
  expect(dateWords("2026-06")).toBe("June 2026");
  expect(dateWords("2026-11-21T09:30:00Z")).toBe("21 November 2026");
  expect(dateWords("soon")).toBe("soon");
});

test("a zero never carries a sign, and what is too long is cut", () => {
  expect(numeral(-0.0001, 2)).toBe("0.00");
  expect(numeral(3e20, 2)).toBe("3.0e+20");
  expect(short("x".repeat(1_000_000), 10)).toHaveLength(10);
});
