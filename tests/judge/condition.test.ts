import { describe, expect, test } from "vitest";
import { openCells } from "../../src/judge/open.ts";
import { verdictsOf } from "../../src/judge/verdicts.ts";
import { article } from "../../src/model/article.ts";
import { ratio } from "../../src/model/claim.ts";
import { scenario, type Definition } from "../../src/model/experiment.ts";
import { seconds } from "../../src/model/metric.ts";
import type { RunRecord } from "../../src/model/record.ts";
import { recordOf } from "../testdata/record.ts";

const post = article({
  title: "A post",
  slug: "a-post",
  published: "2026-06",
  claims: { "a-01": { claim: "sharing costs", testable: "measure", where: "post" } },
});
const story = async () => ({ work: 1, arithmetic: 1 });

/** Two workers on one line of memory; meaningful only where each has a core to itself. */
function sharing(fails: boolean): Definition {
  return scenario(post, {
    question: "What does sharing cost?",
    sweep: { distance: [4, 256] },
    metrics: { work: seconds("lower"), arithmetic: seconds("lower") },
    variants: { alone: story, together: story },
    claims: {
      "a-01": [
        {
          says: "together takes twice as long",
          holds: ratio("together", "alone", "work").atLeast(2),
          at: { distance: 4 },
          given: {
            says: "two workers run on cores of their own",
            holds: ratio("together", "alone", "arithmetic").atMost(1.15),
            ...(fails && { fails: ratio("together", "alone", "arithmetic").atLeast(1.5) }),
          },
        },
      ],
    },
  });
}

const wobble = [1, 1.01, 0.99, 1.005, 0.995];
const times = (factor: number, noise = wobble): number[] => noise.map((time) => time * factor);

/** The work takes five times as long together; the arithmetic as given. */
function measured(arithmetic: number[]): RunRecord {
  const point = { distance: 4 };
  const metrics = { work: { unit: "seconds", better: "lower" }, arithmetic: { unit: "seconds", better: "lower" } } as const;
  return recordOf(
    [
      { variant: "alone", point, readings: { work: times(1), arithmetic: times(1, [...wobble].toReversed()) } },
      { variant: "together", point, readings: { work: times(5), arithmetic } },
    ],
    { kind: "scenario", metrics },
  );
}

const rulingOf = (definition: Definition, record: RunRecord | undefined) => verdictsOf(definition, "a-post/an-experiment", record)[0]!;

describe("a claim with a condition", () => {
  test("is ruled on where the condition holds", () => {
    expect(rulingOf(sharing(true), measured(times(1.02)))).toMatchObject({ ruling: "reproduced" });
  });

  test("is not tried where the condition is known to fail, and says why with the number", () => {
    const verdict = rulingOf(sharing(true), measured(times(1.9)));
    expect(verdict.ruling).toBe("not tried");
    expect(verdict.because).toMatch(/^it needs a host where two workers run on cores of their own, and here that is not so \(1\.9 \[/);
  });

  test("is undecided between the two, though its own number is clear", () => {
    const verdict = rulingOf(sharing(true), measured(times(1.3)));
    expect(verdict.ruling).toBe("undecided");
    expect(verdict.because).toContain("it is open whether two workers run on cores of their own (1.3");
    expect(verdict.measured?.center).toBeCloseTo(5, 1);
  });

  test("is not tried as soon as the condition is refuted, if nothing else says when it fails", () => {
    expect(rulingOf(sharing(false), measured(times(1.3))).ruling).toBe("not tried");
  });

  test("was not run where nothing was", () => {
    expect(rulingOf(sharing(true), undefined).ruling).toBe("not run");
  });
});

describe("a condition that was not measured", () => {
  const elsewhere = (changes: object): Definition => {
    const it = sharing(true);
    const [claim] = it.claims["a-01"]!;
    return { ...it, ...changes, claims: { "a-01": [{ ...claim!, given: { ...claim!.given!, at: { distance: 256 } } }] } } as Definition;
  };

  test("because its point is for full effort leaves the claim to full effort, and no rounds are spent on it", () => {
    const definition = elsewhere({ quick: { distance: [4] } });
    expect(rulingOf(definition, measured(times(1.02)))).toMatchObject({ ruling: "needs full" });
    expect(openCells(definition, "a-post/an-experiment", measured(times(1.02)))).toEqual([]);
  });

  test("because its point does not fit this host makes the claim not tried, for that reason", () => {
    const skipped = [{ point: { distance: 256 }, because: "it needs 9 MiB of free memory and this host has 1 MiB" }];
    const record = { ...measured(times(1.02)), points: [{ distance: 4 }, { distance: 256 }], skipped };
    expect(rulingOf(elsewhere({}), record)).toMatchObject({ ruling: "not tried", because: skipped[0]!.because });
  });
});

test("while the condition is open, more rounds go where it is measured", () => {
  const cells = openCells(sharing(true), "a-post/an-experiment", measured(times(1.15, [1, 1.05, 0.95, 1.02, 0.98])));
  expect(cells).toContainEqual({ variant: "together", point: { distance: 4 } });
  expect(openCells(sharing(true), "a-post/an-experiment", measured(times(1.02)))).toEqual([]);
});
