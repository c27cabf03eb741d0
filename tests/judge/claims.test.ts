import { expect, test } from "vitest";
import { claimVerdicts } from "../../src/judge/claims.ts";
import { summaryOf } from "../../src/judge/summary.ts";
import { article } from "../../src/model/article.ts";
import { ratio } from "../../src/model/claim.ts";
import type { Ruling, Verdict } from "../../src/model/verdict.ts";

const source = { title: "A source", url: "https://example.org", date: "2026-01-01" };
const post = article({
  title: "A post",
  slug: "a-post",
  url: "https://example.org/a-post",
  published: "2026-06",
  claims: {
    measured: { claim: "it is faster", testable: "measure", where: "post" },
    checked: { claim: "it is smaller", testable: "check", where: "post" },
    cited: { claim: "others do it", testable: "cite", where: "post", source },
    argued: { claim: "one should", testable: "argue", where: "listing", because: "it is an opinion" },
  },
});

function readings(claim: string, ...rulings: Ruling[]): Verdict[] {
  const bound = ratio("a", "b").atLeast(2);
  return rulings.map((ruling) => ({ claim, experiment: "a-post/an-experiment", says: "it is so", ruling, bound, at: {} }));
}

test.each<[Ruling[], string]>([
  [["reproduced", "reproduced"], "reproduced"],
  [["reproduced", "consistent with the model"], "consistent with the model"],
  [["reproduced", "weaker"], "weaker"],
  [["weaker", "undecided"], "undecided"],
  [["undecided", "refuted", "reproduced"], "refuted"],
  [["reproduced", "needs full"], "needs full"],
  [["weaker", "needs full"], "weaker"],
  [["refuted", "needs full"], "refuted"],
  [["needs full", "not tried"], "needs full"],
  [["reproduced", "not run"], "not run"],
  [["not run", "refuted"], "refuted"],
  [["not run", "not tried"], "not run"],
  [["reproduced", "not tried"], "reproduced"],
  [["not tried", "not tried"], "not tried"],
  [[], "not yet answered"],
])("readings that are %j make a claim %s", (rulings, ruling) => {
  const verdicts = readings("measured", ...rulings);
  expect(claimVerdicts(post, verdicts)[0]).toEqual({ claim: "measured", ruling, verdicts });
});

test("claims come in the order of the ledger; what is cited or argued is never judged", () => {
  const verdicts = [...readings("cited", "refuted"), ...readings("elsewhere", "refuted")];
  expect(claimVerdicts(post, verdicts).map(({ claim, ruling }) => [claim, ruling])).toEqual([
    ["measured", "not yet answered"],
    ["checked", "not yet answered"],
    ["cited", "cited"],
    ["argued", "argued"],
  ]);
});

test("a summary counts every claim of a post once", () => {
  const summary = summaryOf(claimVerdicts(post, readings("measured", "weaker")));
  expect(summary).toMatchObject({ weaker: 1, notYetAnswered: 1, cited: 1, argued: 1, refuted: 0, claims: 4 });
  const { claims, ...counts } = summary;
  expect(Object.values(counts).reduce((sum, some) => sum + some, 0)).toBe(claims);
});
