import { describe, expect, test } from "vitest";
import { openCells } from "../../src/judge/open.ts";
import { verdictsOf } from "../../src/judge/verdicts.ts";
import { article } from "../../src/model/article.ts";
import { type Claim, crossover, ratio } from "../../src/model/claim.ts";
import { experiment } from "../../src/model/experiment.ts";
import type { RunRecord } from "../../src/model/record.ts";
import { recordOf } from "../testdata/record.ts";

const post = article({
  title: "A post",
  slug: "a-post",
  published: "2026-06",
  claims: { "a-01": { claim: "they cross", testable: "measure", where: "post" } },
});
const all = [100, 1e3, 1e4, 1e5, 1e6];
const few = all.slice(0, 3);
const crossing = (holds: Claim["holds"]) =>
  experiment(post, {
    question: "Where do they cross?",
    sweep: { rows: all },
    quick: { rows: few },
    variants: { base: () => 1, scan: () => 1, index: () => 1 },
    claims: { "a-01": [{ says: "they cross there", holds: holds as never }] },
  });
const claimed = { between: crossover("scan", "index", "rows").between(1e3, 1e4) };
const wobble = [1, 1.02, 0.98, 1.01, 0.99];

/** A scan whose time is proportional to the rows, beside an index that takes the same for all; they cross at `where`. */
function measured(where: number, values: readonly number[], changes: Partial<RunRecord> = {}, noise = wobble): RunRecord {
  const column = (variant: string, rows: number, time: number, own: readonly number[]) => ({
    variant,
    point: { rows },
    readings: { time: own.map((it) => it * time) },
  });
  const columns = values.flatMap((rows) => [
    column("base", rows, 1e-6, wobble),
    column("scan", rows, (rows / where) * 1e-6, noise),
    column("index", rows, 1e-6, wobble.toReversed()),
  ]);
  return recordOf(columns, changes);
}
const ruling = (record: RunRecord | undefined, holds: Claim["holds"] = claimed.between) =>
  verdictsOf(crossing(holds), "a-post/crossing", record)[0]!;
const open = (record: RunRecord, holds: Claim["holds"] = claimed.between) => openCells(crossing(holds), "a-post/crossing", record);

test("one that is found is held against its bound in units of the parameter, and has no floor", () => {
  const verdict = ruling(measured(3000, all));
  expect(verdict).toMatchObject({ ruling: "reproduced", at: {}, measured: { n: 5 } });
  expect(verdict).not.toHaveProperty("floor");
  expect(verdict.measured!.low).toBeLessThan(3000);
  expect(verdict.measured!.high).toBeGreaterThan(3000);
  expect(ruling(measured(3000, few)).ruling).toBe("reproduced");
  expect(ruling(measured(30_000, all)).ruling).toBe("refuted");
  expect(ruling(measured(1000, all))).toMatchObject({
    ruling: "undecided",
    because: expect.stringMatching(/an edge of the bound; after 5 rounds/),
  });
});

describe("where there is none in range", () => {
  const because = "no crossover between 100 and 1,000,000: scan is below index throughout";

  test("a claim that it lies there is refuted, and is not open", () => {
    const verdict = ruling(measured(1e9, all));
    expect(verdict).toMatchObject({ ruling: "refuted", because });
    expect(verdict).not.toHaveProperty("measured");
    expect(open(measured(1e9, all))).toEqual([]);
    expect(ruling(measured(1e9, all), crossover("scan", "index", "rows").atMost(1e5))).toMatchObject({ ruling: "refuted", because });
    expect(ruling(measured(1, all))).toMatchObject({
      ruling: "refuted",
      because: expect.stringContaining("scan is above index throughout"),
    });
  });

  test("a claim that it lies beyond is undecided, and more rounds do not help", () => {
    const beyond = crossover("scan", "index", "rows").atLeast(1e5);
    expect(ruling(measured(1e9, all), beyond)).toMatchObject({ ruling: "undecided", because: `${because}; it may lie beyond` });
    expect(open(measured(1e9, all), beyond)).toEqual([]);
    expect(ruling(measured(1, all), beyond).ruling).toBe("refuted");
  });

  test("a claim that reaches beyond the values of quick effort needs full, if the side is the one on which values are missing", () => {
    const wide = crossover("scan", "index", "rows").between(1e3, 1e5);
    expect(ruling(measured(1e9, few), wide)).toMatchObject({ ruling: "needs full" });
    expect(ruling(measured(1, few), wide)).toMatchObject({ ruling: "refuted" });
    expect(ruling(measured(1e9, few)).ruling).toBe("refuted");
    expect(ruling(measured(1e9, few, { effort: "full" }), wide).ruling).toBe("not run");
    const below = crossover("scan", "index", "rows").atMost(1e5);
    expect(ruling(measured(1, few), below)).toMatchObject({ ruling: "undecided", because: expect.stringContaining("it may lie beyond") });
  });

  test("values that do not fit this host leave it not tried", () => {
    const skipped = all.slice(3).map((rows) => ({ point: { rows }, because: "it needs more than there is" }));
    const record = measured(1e9, few, { points: all.map((rows) => ({ rows })), skipped });
    const wide = crossover("scan", "index", "rows").between(1e3, 1e5);
    expect(ruling(record, wide)).toMatchObject({
      ruling: "not tried",
      because: expect.stringMatching(/scan is below index throughout, and of the larger values: it needs more than there is/),
    });
    expect(ruling(record).ruling).toBe("refuted");
  });
});

test("rounds that do not cross leave it undecided and open, at all points and with the null control", () => {
  const record = measured(9e5, all, {}, [1.3, 0.7, 1.2, 0.8, 1]);
  expect(ruling(record)).toMatchObject({ ruling: "undecided", because: expect.stringMatching(/^\d of 5 rounds do(es)? not cross/) });
  expect(open(record).map(({ variant, point }) => `${variant} ${point.rows}`)).toEqual(
    all.flatMap((rows) => [`base ${rows}`, `scan ${rows}`, `index ${rows}`]),
  );
});

test("one that was never run is not run, and a trial that failed anywhere on the way leaves it open", () => {
  expect(ruling(undefined).ruling).toBe("not run");
  const failures: RunRecord["failures"] = [{ phase: "trial", variant: "scan", point: { rows: 1e6 }, message: "timed out" }];
  expect(ruling(measured(3000, all, { failures }))).toMatchObject({ ruling: "undecided", because: "a trial failed (scan): timed out" });
});

test("a claim whose condition is a crossover that is not there is not tried", () => {
  const given = { says: "they cross early", holds: crossover("scan", "index", "rows").atMost(1e4), at: {} };
  const conditional = {
    ...crossing(claimed.between),
    claims: { "a-01": [{ says: "a scan takes long", holds: ratio("scan", "index").atLeast(2), at: { rows: 1e6 }, given }] },
  };
  const verdict = (where: number) => verdictsOf(conditional, "a-post/crossing", measured(where, all))[0]!;
  expect(verdict(3000).ruling).toBe("reproduced");
  expect(verdict(1e9)).toMatchObject({
    ruling: "not tried",
    because: expect.stringContaining("they cross early, and here that is not so"),
  });
});
