import { expect, test } from "vitest";
import type { Estimate } from "../../src/model/verdict.ts";
import { csv, markdown, markdownCell } from "../../src/report/table.ts";

const estimate: Estimate = {
  experiment: "a/b",
  variant: "ordered",
  point: { bytes: 16384 },
  metric: "time",
  unit: "seconds",
  center: 1.5e-9,
  low: 1.4e-9,
  high: 1.6e-9,
  n: 8,
  level: 0.95,
};

test("CSV holds base units, one row an estimate, lines ended by CRLF", () => {
  expect(csv([estimate])).toBe(
    "experiment,variant,bytes,metric,unit,center,low,high,n,level\r\na/b,ordered,16384,time,seconds,1.5e-9,1.4e-9,1.6e-9,8,0.95\r\n",
  );
});

test("commas, quotes and line breaks are quoted after RFC 4180", () => {
  expect(csv([{ ...estimate, variant: 'a, "b"\nc' }])).toContain('"a, ""b""\nc"');
});

test.each(["=1+1", "+SUM(A1)", "-2+3", "@cmd", "\t=1", "\r=1", "  =1"])("%j cannot become a formula in a spreadsheet", (variant) => {
  expect(
    csv([{ ...estimate, variant }])
      .split("\r\n")
      .slice(1)
      .join("\r\n"),
  ).toMatch(/^a\/b,"?'/);
});

test("plain numbers stay numbers, also negative ones, and what is not finite is empty", () => {
  expect(csv([{ ...estimate, variant: "-5", center: -1.5, low: -Infinity, high: NaN }])).toContain(
    "a/b,-5,16384,time,seconds,-1.5,,,8,0.95",
  );
});

test("a column of the sweep may not pose as a formula either", () => {
  expect(csv([{ ...estimate, point: { "=x": "@y" } }])).toMatch(/variant,'=x,metric.*\r\na\/b,ordered,'@y,/);
});

test("Markdown says it in words", () => {
  expect(markdown([estimate], "read")).toBe(
    "| variant | at | metric | center | interval | n |\n| --- | --- | --- | ---: | ---: | ---: |\n| ordered | bytes = 16 KiB | time per read | 1.5 ns | \\[1.4, 1.6\\] | 8 |\n",
  );
});

test("pipes, markup, links and line breaks do not leave their cell", () => {
  const cell = markdownCell("a|b\n<img src=x onerror=alert(1)> [x](javascript:alert(1)) `c` @someone https://evil.example");
  expect(cell).not.toMatch(/(?<!\\)[|`[\]()]|<|>|\n|@|https:/);
});

test("a name of a million letters is cut", () => {
  expect(markdown([{ ...estimate, variant: "x".repeat(1e6) }]).length).toBeLessThan(1000);
  expect(csv([{ ...estimate, variant: "x".repeat(1e6) }]).length).toBeLessThan(2000);
});
