import { expect, test } from "vitest";
import { openCells } from "../../src/judge/open.ts";
import { verdictsOf } from "../../src/judge/verdicts.ts";
import { article } from "../../src/model/article.ts";
import { type Claim, growth } from "../../src/model/claim.ts";
import { experiment, scenario } from "../../src/model/experiment.ts";
import { count, exact } from "../../src/model/metric.ts";
import type { RunRecord } from "../../src/model/record.ts";
import { type Column, recordOf, scenarioWith } from "../testdata/record.ts";

const post = article({
  title: "A post",
  slug: "a-post",
  published: "2026-06",
  claims: { "a-01": { claim: "it grows", testable: "measure", where: "post" } },
});
const counting = (holds: Claim["holds"]) =>
  experiment(post, {
    question: "How does it grow?",
    sweep: { rows: [100, 10_000] },
    quick: { rows: [100] },
    variants: { index: () => 1, scan: () => 1 },
    claims: { "a-01": [{ says: "a scan grows fiftyfold", holds: holds as never, at: { rows: 10_000 } }] },
  });
const fiftyfold = growth("scan", { rows: 100 }).atLeast(50);
const wobble = [1, 1.02, 0.98, 1.01, 0.99];
const column = (variant: string, rows: number, time: number, noise = wobble): Column => ({
  variant,
  point: { rows },
  readings: { time: noise.map((it) => it * time) },
});
/** Rounds are slow as a whole: what both points of a round have in common. */
const grown = (factor: number): Column[] => [
  column("index", 100, 1e-6),
  column("index", 10_000, 1e-6),
  column("scan", 100, 1e-6, [1, 3, 2, 0.5, 1]),
  column("scan", 10_000, factor * 1e-6, [1, 3.03, 2.02, 0.5, 0.99]),
  { ...column("index", 10_000, 1e-6, [1.01, 1.01, 0.99, 1, 1]), control: true },
];
const ruling = (columns: readonly Column[], changes: Partial<RunRecord> = {}, holds = fiftyfold) =>
  verdictsOf(counting(holds), "a-post/counting", recordOf(columns, changes))[0]!;

test("the two points are paired by round, and the growth is ruled like a ratio, with its floor", () => {
  const verdict = ruling(grown(100));
  expect(verdict).toMatchObject({ ruling: "reproduced", measured: { n: 5 }, floor: expect.any(Number) });
  expect(verdict.measured!.center).toBeCloseTo(100, 0);
  expect(verdict.measured!.high / verdict.measured!.low).toBeLessThan(1.05);
});

test("less growth than claimed is weaker, none is no effect, and shrinking is the other way round", () => {
  expect(ruling(grown(20)).ruling).toBe("weaker");
  expect(ruling(grown(1))).toMatchObject({ ruling: "refuted", because: "no effect" });
  expect(ruling(grown(0.1))).toMatchObject({ ruling: "refuted", because: "the other way round" });
});

test("about the bound it is open, says how many rounds it would take, and needs both points and the null control", () => {
  const columns = grown(50.2);
  expect(ruling(columns)).toMatchObject({
    ruling: "undecided",
    because: expect.stringMatching(/about \d+ rounds would decide it, 5 so far/),
  });
  const open = openCells(counting(fiftyfold), "a-post/counting", recordOf(columns));
  expect(open.map(({ variant, point }) => `${variant} ${point.rows}`).toSorted()).toEqual([
    "index 100",
    "index 10000",
    "scan 100",
    "scan 10000",
  ]);
});

test("a point that only full effort runs needs it, whichever of the two it is, and one that was skipped is not tried", () => {
  expect(ruling(grown(100).filter(({ point }) => point!.rows === 100)).ruling).toBe("needs full");
  const skipped = [{ point: { rows: 10_000 }, because: "it needs more than there is" }];
  expect(ruling(grown(100), { skipped })).toMatchObject({ ruling: "not tried", because: "it needs more than there is" });
  expect(ruling(grown(100).filter(({ point }) => point!.rows === 10_000)).ruling).toBe("not run");
});

test("a trial that failed at the point it starts from leaves it open, and so does a round that lacks one of the two", () => {
  const failures: RunRecord["failures"] = [{ phase: "trial", variant: "scan", point: { rows: 100 }, message: "timed out" }];
  expect(ruling(grown(100), { failures })).toMatchObject({ ruling: "undecided", because: "a trial failed (scan): timed out" });
  const apart = recordOf(grown(100));
  for (const [round, { trials }] of apart.rounds.entries()) trials.splice(2 + (round % 2), 1);
  expect(verdictsOf(counting(fiftyfold), "a-post/counting", apart)[0]!.because).toBe("no round holds both points");
});

test("of an exact metric it is a fact after one round, and one that varies is none", () => {
  const pages = scenario(post, {
    question: "How many pages?",
    sweep: { rows: [100, 10_000] },
    metrics: { pages: exact(count("lower")) },
    variants: { scan: async () => ({ pages: 1 }) },
    claims: { "a-01": [{ says: "a hundredfold", holds: growth("scan", { rows: 100 }, "pages").between(100, 100), at: { rows: 10_000 } }] },
  });
  const read = (few: number[], many: number[]) =>
    verdictsOf(
      pages,
      "a-post/pages",
      recordOf(
        [
          { variant: "scan", point: { rows: 100 }, readings: { pages: few } },
          { variant: "scan", point: { rows: 10_000 }, readings: { pages: many } },
        ],
        scenarioWith({ pages: exact(count("lower")) }),
      ),
    )[0]!;
  expect(read([2], [200])).toMatchObject({ ruling: "reproduced", measured: { center: 100, level: 1 } });
  expect(read([2, 4], [200, 400])).toMatchObject({ ruling: "undecided", because: expect.stringMatching(/differed/) });
});
