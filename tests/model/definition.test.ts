import { expect, test } from "vitest";
import { article } from "../../src/model/article.ts";
import { across, histogram, relative, type Chart } from "../../src/model/chart.ts";
import { ratio, step, value, type Claim } from "../../src/model/claim.ts";
import { experiment, type Experiment } from "../../src/model/experiment.ts";

const post = article({
  title: "A post",
  slug: "a-post",
  published: "2026-06",
  claims: { "a-01": { claim: "size matters", testable: "measure", where: "post" } },
});

/** Past the compiler, as a file that was never type-checked comes. */
function defining(changes: Record<string, unknown>): () => unknown {
  const it = { question: "What?", sweep: { bytes: [1, 2] }, variants: { one: () => 1, two: () => 1 }, claims: {}, ...changes };
  return () => experiment(post, it as unknown as Experiment<"a-01">);
}

const claiming = (claim: Partial<Claim>, changes = {}) =>
  defining({ claims: { "a-01": [{ says: "so", holds: ratio("one", "two").atLeast(1), at: { bytes: 1 }, ...claim }] }, ...changes });

test.each([
  ["a claim outside the sweep", claiming({ at: { bytes: 3 } }), /which is no point of the sweep/],
  ["a claim on an unknown variant", claiming({ holds: value("three").atMost(1) }), /names the variant "three"; there are one, two/],
  ["a claim on an unknown metric", claiming({ holds: value("one", "speed").atMost(1) }), /names the metric "speed"; there are time/],
  ["a condition on an unknown variant", claiming({ given: { says: "so", holds: value("three").atMost(1) } }), /"three"/],
  [
    "a condition that fails on an unknown metric",
    claiming({ given: { says: "so", holds: value("one").atMost(1), fails: value("one", "speed").atLeast(1) } }),
    /"speed"/,
  ],
  [
    "a condition outside the sweep",
    claiming({ given: { says: "so", holds: value("one").atMost(1), at: { bytes: 3 } } }),
    /no point of the sweep/,
  ],
  [
    "a condition that is a step along nothing",
    claiming({ given: { says: "so", holds: step("one", 1, "size").atLeast(1), at: {} } }),
    /must be the one number that is swept/,
  ],
  [
    "a step whose condition is at no point",
    claiming({ holds: step("one", 1, "bytes").atLeast(1), at: {}, given: { says: "so", holds: value("one").atMost(1) } }),
    /no point of the sweep/,
  ],
  ["a step at one point", claiming({ holds: step("one", 1, "bytes").atLeast(1) }), /a step along bytes and so has no `at`/],
  ["a step along nothing", claiming({ holds: step("one", 1, "size").atLeast(1) }), /must be the one number that is swept/],
  [
    "a step along one of two parameters",
    claiming({ holds: step("one", 1, "bytes").atLeast(1) }, { sweep: { bytes: [1, 2], order: ["up"] } }),
    /must be the one number/,
  ],
  ["a chart of an unknown metric", defining({ chart: histogram("size") }), /`chart` names the metric "size"/],
  ["a chart relative to an unknown variant", defining({ chart: relative("time", "three") }), /`chart` names the variant "three"/],
  ["a chart of two units side by side", defining({ chart: across("time", "bytes") as Chart }), /must have one unit/],
  ["a price of seconds", defining({ priced: { metric: "time", times: 1, says: "one" } }), /`priced` needs a reading in bytes/],
  ["a price of nothing", defining({ priced: { metric: "bytes", times: 0, says: "none" } }), /`priced` needs a reading in bytes/],
])("%s is refused when the file is loaded", (_, load, message) => {
  expect(load).toThrow(message);
});

test("what is meant is not refused, and the chart is the time unless all claims are about one other reading", () => {
  expect(claiming({})()).toMatchObject({ chart: { shows: "reading", metric: "time" } });
  expect(claiming({ holds: ratio("one", "two", "bytes").atMost(1) })()).toMatchObject({ chart: { metric: "bytes" } });
  const stepping = { claims: { "a-01": [{ says: "so", holds: step("one", 1, "bytes").between(1, 2) }] } };
  expect(defining(stepping)()).toMatchObject({ kind: "experiment" });
});

test("steps are counted from one", () => {
  expect(() => step("one", 0, "bytes")).toThrow(/counted from 1/);
});
