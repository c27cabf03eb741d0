import { describe, expect, test } from "vitest";
import type { Evidence } from "../../src/report/weave/answer.ts";
import { marksOf } from "../../src/report/weave/marks.ts";
import { weave } from "../../src/report/weave/weave.ts";
import { recordOf } from "../testdata/record.ts";

const times = (center: number): number[] => [0.99, 1.01, 1, 1.005, 0.995].map((noise) => center * noise);
/** A heap that reads every row, and columns that cost the same for all. */
const heights = { heap: (rows: number) => 1e-7 * rows, columns: () => 3e-3 };
const record = recordOf(
  [100, 1e4, 1e6].flatMap((rows) =>
    Object.entries(heights).map(([variant, height]) => ({
      variant,
      point: { rows },
      readings: { time: rows === 100 ? times(height(rows)).toReversed() : times(height(rows)) },
    })),
  ),
);
const evidence: Evidence = {
  recordOf: () => record,
  rulingOf: () => "reproduced",
  parseValue: (_, text) => Number(text.replaceAll("_", "")),
};

/** What a mark is filled with, or what is wrong with it. */
function filled(question: string): string {
  const { text, problems } = weave(`<!-- assay: ${question} --><!-- /assay -->`, evidence);
  const [problem] = problems;
  return problem ? `${problem.line}:${problem.column} ${problem.message}` : marksOf(text).marks[0]!.says;
}

describe("a mark may ask for growth, for a crossover, and for what is extrapolated", () => {
  test.each([
    [`a-post/grown growth(heap) since rows=100 at rows=1_000_000 as interval`, "10,000× [9,922, 10,078]"],
    [`a-post/grown growth(heap, time) since rows=100 at rows=10_000 as more`, "9,900%"],
    [`a-post/grown crossover(heap, columns, rows)`, "30,000"],
    [`a-post/grown crossover(heap, columns, rows, time) as number`, "30,000"],
    [
      `a-post/grown extrapolated(heap, rows, 1_000_000_000) at rows=1_000_000`,
      "100 s (extrapolated to rows = 1,000,000,000, measured up to 1,000,000)",
    ],
    [
      `a-post/grown extrapolated(heap, rows, 100_000_000, time) at rows=10_000 as n`,
      "5 (extrapolated to rows = 100,000,000, measured up to 10,000)",
    ],
  ])("%s", (question, words) => expect(filled(question)).toBe(words));
});

describe("what of them cannot be answered says where and what to do", () => {
  test.each([
    ["a-post/grown growth(heap) at rows=10_000", /^1:26 growth needs where it begins: growth\(scan\) since/],
    ["a-post/grown growth(heap) since rows=7 at rows=10_000", /^1:45 no point has it where the growth is to begin/],
    ["a-post/grown crossover(heap, columns)", /^1:26 crossover takes two variants, a parameter and/],
    ["a-post/grown crossover(heap, columns, rows) at rows=100", /^1:60 a crossover lies along the sweep and has no point/],
    ["a-post/grown crossover(heap, columns, size)", /^1:51 there is no single parameter size; there are rows/],
    ["a-post/grown crossover(columns, heap, rows)", /^1:36 the record has no crossover: 5 of 5 rounds do not cross from columns below/],
    ["a-post/grown extrapolated(heap, rows, 100) at rows=1_000_000", /^1:51 it must go beyond rows = 1000000, which was measured/],
    [
      "a-post/grown extrapolated(heap, rows, 1_000) at rows=100",
      /^1:\d+ the record has no extrapolated: no round holds two points up to there/,
    ],
  ])("%s", (question, problem) => expect(filled(question)).toMatch(problem));
});
