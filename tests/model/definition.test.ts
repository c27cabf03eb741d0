import { expect, test } from "vitest";
import { article } from "../../src/model/article.ts";
import { across, beside, histogram, relative, type Chart } from "../../src/model/chart.ts";
import { crossover, extrapolated, growth, ratio, step, value, type Claim } from "../../src/model/claim.ts";
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
  [
    "a growth since a value outside the sweep",
    claiming({ holds: growth("one", { bytes: 3 }).atLeast(2), at: { bytes: 2 } }),
    /growth since \{"bytes":3\}, which is no point of the sweep/,
  ],
  [
    "a growth since a parameter that is not swept",
    claiming({ holds: growth("one", { size: 1 }).atLeast(2) }),
    /growth since .*, which is no point of the sweep/,
  ],
  ["a growth since its own point", claiming({ holds: growth("one", { bytes: 1 }).atLeast(2) }), /since its own point/],
  ["a growth at no point", claiming({ holds: growth("one", { bytes: 1 }).atLeast(2), at: {} }), /to hold at \{\}, which is no point/],
  [
    "a crossover at one point",
    claiming({ holds: crossover("one", "two", "bytes").atLeast(1) }),
    /a crossover along bytes and so has no `at`/,
  ],
  [
    "a crossover with an unknown variant",
    claiming({ holds: crossover("one", "three", "bytes").atLeast(1), at: {} }),
    /names the variant "three"/,
  ],
  [
    "a crossover along nothing",
    claiming({ holds: crossover("one", "two", "size").atLeast(1), at: {} }),
    /must be the one number that is swept/,
  ],
  [
    "a crossover along numbers that have no logarithm",
    claiming({ holds: crossover("one", "two", "bytes").atLeast(1), at: {} }, { sweep: { bytes: [0, 1] } }),
    /must be the one number that is swept/,
  ],
  [
    "an extrapolation to what is measured",
    claiming({ holds: extrapolated("one", "bytes", 2).atMost(1), at: { bytes: 2 } }),
    /extrapolates to bytes = 2, which must lie beyond the largest value of the sweep, 2/,
  ],
  [
    "an extrapolation from one point",
    claiming({ holds: extrapolated("one", "bytes", 4).atMost(1) }),
    /below which the sweep must hold one more/,
  ],
  [
    "an extrapolation along words",
    claiming(
      { holds: extrapolated("one", "order", 4).atMost(1), at: { bytes: 1, order: "up" } },
      { sweep: { bytes: [1, 2], order: ["up", "down"] } },
    ),
    /extrapolates along "order", which must be a swept number above 0/,
  ],
  [
    "a condition that is extrapolated",
    claiming({ at: { bytes: 2 }, given: { says: "so", holds: extrapolated("one", "bytes", 4).atMost(1) } }),
    /a condition that nobody measures: it is extrapolated/,
  ],
  ["a chart of an unknown metric", defining({ chart: histogram("size") }), /`chart` names the metric "size"/],
  ["a chart relative to an unknown variant", defining({ chart: relative("time", "three") }), /`chart` names the variant "three"/],
  ["a chart of two units in rows", defining({ chart: beside("time", "bytes") as Chart }), /must have one unit/],
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
  for (const claim of [
    { holds: growth("one", { bytes: 1 }).atLeast(2), at: { bytes: 2 } },
    { holds: crossover("one", "two", "bytes").atMost(2), at: {} },
    { holds: extrapolated("one", "bytes", 4).atMost(1), at: { bytes: 2 } },
  ]) {
    expect(claiming(claim)()).toMatchObject({ kind: "experiment" });
  }
});

test("steps are counted from one", () => {
  expect(() => step("one", 0, "bytes")).toThrow(/counted from 1/);
});

test("a growth is a factor, of which no bound is zero or less", () => {
  expect(() => growth("one", { bytes: 1 }).atLeast(0)).toThrow(/the bound of a growth must be a range/);
  expect(growth("one", { bytes: 1 }, "rss").atLeast(2)).toEqual({
    quantity: { kind: "growth", of: "one", metric: "rss", since: { bytes: 1 } },
    low: 2,
    high: Infinity,
  });
});
