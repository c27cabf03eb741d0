import { expect, test } from "vitest";
import { openCells } from "../../src/judge/open.ts";
import { verdictsOf } from "../../src/judge/verdicts.ts";
import { article } from "../../src/model/article.ts";
import { type Claim, extrapolated } from "../../src/model/claim.ts";
import { scenario } from "../../src/model/experiment.ts";
import { seconds } from "../../src/model/metric.ts";
import type { RunRecord } from "../../src/model/record.ts";
import { recordOf, scenarioWith } from "../testdata/record.ts";

const post = article({
  title: "A post",
  slug: "a-post",
  published: "2026-06",
  claims: { "a-01": { claim: "it takes too long", testable: "measure", where: "post" } },
});
const all = [1e3, 1e4, 1e5, 1e6];
const counting = (holds: Claim["holds"]) =>
  scenario(post, {
    question: "How long does it take?",
    sweep: { rows: all },
    quick: { rows: all.slice(0, 2) },
    metrics: { read: seconds("lower") },
    variants: { index: async () => ({ read: 1 }), scan: async () => ({ read: 1 }) },
    claims: { "a-01": [{ says: "a billion takes a while", holds: holds as never, at: { rows: 1e6 } }] },
  });
const tenSeconds = extrapolated("scan", "rows", 1e9, "read").atLeast(10);
const wobble = [1, 1.02, 0.98, 1.01, 0.99];

/** A scan of so many seconds for each row. */
function measured(perRow: number, values: readonly number[] = all, changes: Partial<RunRecord> = {}): RunRecord {
  const columns = values.flatMap((rows) =>
    ["index", "scan"].map((variant, index) => ({
      variant,
      point: { rows },
      readings: { read: wobble.map((_, round) => perRow * rows * wobble[(round * (index + 2)) % 5]!) },
    })),
  );
  return recordOf(columns, { ...scenarioWith({ read: seconds("lower") }), ...changes });
}
const ruling = (record: RunRecord | undefined, holds: Claim["holds"] = tenSeconds) =>
  verdictsOf(counting(holds), "a-post/counting", record)[0]!;

test("what nobody measured is at best consistent with the model, and can be refuted", () => {
  const verdict = ruling(measured(33e-9));
  expect(verdict).toMatchObject({ ruling: "consistent with the model", measured: { n: 5 } });
  expect(verdict.measured!.center).toBeCloseTo(33, 0);
  expect(ruling(measured(1e-9)).ruling).toBe("refuted");
});

test("about the bound it is open, says how many rounds it would take, and needs its last three points", () => {
  const record = measured(10e-9);
  expect(ruling(record)).toMatchObject({ ruling: "undecided", because: expect.stringMatching(/rounds/) });
  const open = openCells(counting(tenSeconds), "a-post/counting", record);
  expect(open.map(({ variant, point }) => `${variant} ${point.rows}`).toSorted()).toEqual(
    all.slice(1).flatMap((rows) => [`index ${rows}`, `scan ${rows}`]).toSorted(), // prettier-ignore
  );
});

test("quick effort that lacks the claim's point needs full, and so does a run that holds this point alone", () => {
  expect(ruling(measured(33e-9, all.slice(0, 2))).ruling).toBe("needs full");
  expect(ruling(measured(33e-9, [1e6])).ruling).toBe("needs full");
  expect(ruling(measured(33e-9, all.slice(2))).ruling).toBe("consistent with the model");
});

test("it is not tried where the claim's point does not fit the host, and uses what is left where another does not", () => {
  const without = (rows: number): RunRecord =>
    measured(
      33e-9,
      all.filter((it) => it !== rows),
      { points: all.map((it) => ({ rows: it })), skipped: [{ point: { rows }, because: "no room" }] },
    );
  expect(ruling(without(1e6))).toMatchObject({ ruling: "not tried", because: "no room" });
  expect(ruling(without(1e5)).ruling).toBe("consistent with the model");
});

test("readings that are not positive, and trials that failed on the way, leave it open", () => {
  expect(ruling(measured(0)).because).toMatch(/to extrapolate from, or a reading is not above zero/);
  const failures: RunRecord["failures"] = [{ phase: "trial", variant: "scan", point: { rows: 1e4 }, message: "timed out" }];
  expect(ruling(measured(33e-9, all, { failures }))).toMatchObject({ ruling: "undecided", because: "a trial failed (scan): timed out" });
  const early: RunRecord["failures"] = [{ phase: "trial", variant: "scan", point: { rows: 1e3 }, message: "timed out" }];
  expect(ruling(measured(33e-9, all, { failures: early })).ruling).toBe("consistent with the model");
});
