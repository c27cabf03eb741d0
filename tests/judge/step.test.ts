import { expect, test } from "vitest";
import { openCells } from "../../src/judge/open.ts";
import { verdictsOf } from "../../src/judge/verdicts.ts";
import { article } from "../../src/model/article.ts";
import { step } from "../../src/model/claim.ts";
import { experiment } from "../../src/model/experiment.ts";
import type { RunRecord } from "../../src/model/record.ts";
import { recordOf } from "../testdata/record.ts";

const post = article({
  title: "A post",
  slug: "a-post",
  published: "2026-06",
  claims: { "a-01": { claim: "caches end", testable: "measure", where: "post" } },
});
const sizes = [1, 2, 4, 8, 16, 32, 64, 128].map((size) => size * 1024);
const ladder = experiment(post, {
  question: "Where does it end?",
  sweep: { bytes: sizes },
  quick: { bytes: sizes.slice(0, 4) },
  variants: { walk: () => 1 },
  claims: { "a-01": [{ says: "it ends between 8 and 64 KiB", holds: step("walk", 1, "bytes").between(8 * 1024, 64 * 1024) }] },
});
const wobble = [1, 1.004, 0.996, 1.002, 0.998];

/** A walk that takes 2 ns, and beyond 20 KiB 10 ns. */
function measured(measuredSizes: readonly number[], changes: Partial<RunRecord> = {}): RunRecord {
  const columns = measuredSizes.map((bytes) => ({
    variant: "walk",
    point: { bytes },
    readings: { time: wobble.map((noise) => noise * (bytes > 20 * 1024 ? 10e-9 : 2e-9)) },
  }));
  return recordOf(columns, changes);
}

const ruling = (record: RunRecord | undefined) => verdictsOf(ladder, "a-post/ladder", record)[0]!;
const open = (record: RunRecord) => openCells(ladder, "a-post/ladder", record);

test("a step that is found is held against its bound, in bytes", () => {
  const verdict = ruling(measured(sizes));
  expect(verdict.ruling).toBe("reproduced");
  expect(verdict.measured!.low).toBeLessThanOrEqual(20 * 1024);
  expect(verdict.measured!.high).toBeGreaterThanOrEqual(20 * 1024);
});

test("one that the sizes of quick effort do not reach needs full effort, and stays open for what more rounds may show", () => {
  expect(ruling(measured(sizes.slice(0, 4)))).toMatchObject({ ruling: "needs full" });
  expect(open(measured(sizes.slice(0, 4))).map(({ point }) => point)).toEqual(sizes.slice(0, 4).map((bytes) => ({ bytes })));
});

test("one that was looked for at one size alone was not run", () => {
  expect(ruling(measured([1024]))).toMatchObject({ ruling: "not run" });
});

test("where larger sizes do not fit this host it is not tried", () => {
  const skipped = sizes.slice(4).map((bytes) => ({ point: { bytes }, because: "it needs more than there is" }));
  const record = measured(sizes.slice(0, 4), { points: sizes.map((bytes) => ({ bytes })), skipped });
  expect(ruling(record)).toMatchObject({ ruling: "not tried", because: expect.stringContaining("it needs more than there is") });
  expect(open(record)).toEqual([]);
});

test("where all sizes were read and none shows it, it is undecided, and more rounds may help", () => {
  const flat = measured(sizes);
  for (const { trials } of flat.rounds)
    for (const trial of trials) trial.readings.time = [2e-9 * (1 + (Number(trial.point.bytes) % 7) / 1000)];
  expect(ruling(flat)).toMatchObject({ ruling: "undecided", because: "no step number 1 was found along bytes" });
  expect(open(flat)).not.toEqual([]);
});
