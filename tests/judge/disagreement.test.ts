import { expect, test } from "vitest";
import { verdictsOf } from "../../src/judge/verdicts.ts";
import { article } from "../../src/model/article.ts";
import { type Claim, ratio } from "../../src/model/claim.ts";
import { type Definition, scenario } from "../../src/model/experiment.ts";
import { seconds } from "../../src/model/metric.ts";
import type { RunRecord } from "../../src/model/record.ts";
import { recordOf, scenarioWith } from "../testdata/record.ts";

const post = article({
  title: "A post",
  slug: "a-post",
  published: "2026-06",
  claims: { "a-01": { claim: "one is longer", testable: "measure", where: "post" } },
});
const ruling = (definition: Definition, record: RunRecord) => verdictsOf(definition, "a-post/told", record)[0]!;

test("a claim is undecided where the variants of a scenario disagree, unless they differ by nature", () => {
  const lasted: Claim = { says: "one is longer", holds: ratio("one", "two", "lasted").atLeast(1.5) };
  const told = (differs?: string): Definition =>
    scenario(post, {
      question: "How long?",
      metrics: { lasted: seconds("lower") },
      variants: { one: async () => ({ lasted: 1 }), two: async () => ({ lasted: 1 }) },
      agree: async () => 1,
      ...(differs !== undefined && { differs }),
      claims: { "a-01": [lasted as never] },
    });
  const columns = [
    { variant: "one", readings: { lasted: [3, 3.1, 3, 2.9, 3] } },
    { variant: "two", readings: { lasted: [1, 1, 1.02, 1, 0.98] } },
  ];
  const record = recordOf(columns, { ...scenarioWith({ lasted: seconds("lower") }), agreement: { agree: false, detail: "5 against 7" } });
  expect(ruling(told(), record)).toMatchObject({
    ruling: "undecided",
    because: "the variants disagree, so their readings are withheld: 5 against 7",
  });
  expect(ruling(told("one of them estimates"), record).ruling).toBe("reproduced");
});
