/**
 * Compiled with everything else and never run: each `@ts-expect-error` is a mistake that must not compile, and the compiler refuses
 * the directive where there is no error beneath it.
 */
import { across, article, count, experiment, pareto, ratio, relative, scenario, seconds, staircase, step, value } from "#lab";
import { crossover, extrapolated, growth } from "#lab";

const post = article({
  title: "A Post",
  slug: "a-post",
  url: "https://example.org/a-post/",
  published: "2026-01",
  claims: {
    "a-01": { claim: "It is slower.", where: "post", testable: "measure" },
    "a-02": { claim: "It is so.", where: "post", testable: "argue", because: "Nobody can tell." },
  },
});

const timed = {
  question: "Which one is slower?",
  sweep: { bytes: [1024, 4096], order: ["up", "down"] },
  variants: { linear: () => 1, random: () => 1 },
} as const;

const at = { bytes: 1024, order: "up" } as const;
const says = "it is slower";

// What is meant compiles.
experiment(post, {
  ...timed,
  quick: { bytes: [1024] },
  setup: ({ bytes, order }, { random, variant }) => ({ length: bytes, word: order.length, drawn: random(), variant }),
  variants: { linear: (input) => input.length, random: (input) => input.word },
  operations: ({ bytes }) => bytes,
  claims: {
    "a-01": [
      { says, holds: ratio("linear", "random").atLeast(2), at },
      { says, holds: ratio("random", "linear", "bytes").between(1, 2), at: { bytes: 4096, order: "down" } },
      { says, holds: value("random", "gc").atMost(1), at },
    ],
  },
});

scenario(post, {
  question: "How many are lost?",
  metrics: { lost: count("lower"), p99: seconds("lower") },
  chart: "p99",
  setup: async () => ({ rows: 10, [Symbol.asyncDispose]: async () => {} }),
  variants: { safe: async ({ rows }) => ({ lost: rows, p99: 1 }), quick: async (_, { window }) => ({ lost: 1, p99: window }) },
  claims: {
    "a-01": [
      { says, holds: ratio("safe", "quick", "lost").atMost(1) },
      { says, holds: value("safe", "rss").atMost(1) },
    ],
  },
});

experiment(post, {
  question: "Without a sweep?",
  variants: { one: () => 1 },
  claims: { "a-01": [{ says, holds: value("one").atMost(1) }] },
});

experiment(post, {
  ...timed,
  chart: relative("time", "linear", { random: 1.5 }),
  needs: { memory: ({ bytes }) => bytes },
  flags: ({ order }) => [`--title=${order}`],
  priced: { metric: "bytes", times: 10, says: "ten of them" },
  claims: {
    "a-01": [
      {
        says,
        holds: ratio("linear", "random").atLeast(2),
        at,
        given: { says, holds: ratio("random", "linear", "gc").atMost(1), fails: ratio("random", "linear", "gc").atLeast(2) },
      },
    ],
  },
});

experiment(post, {
  question: "Where is the step?",
  sweep: { bytes: [1, 2, 4, 8] },
  variants: { walk: () => 1 },
  chart: staircase("time"),
  claims: { "a-01": [{ says, holds: step("walk", 1, "bytes").atLeast(2) }] },
});

scenario(post, {
  question: "How late, and for how much?",
  metrics: { p50: seconds("lower"), p99: seconds("lower") },
  chart: across("p50", "p99"),
  variants: { one: async () => ({ p50: 1, p99: [1, 2, 3] }) },
  claims: {},
});

const asked = {
  question: "How long does an answer take?",
  sweep: { rows: [100, 10_000], cache: ["cold", "warm"] },
  metrics: { read: seconds("lower") },
  variants: { scan: async () => ({ read: 1 }), index: async () => ({ read: 1 }) },
} as const;
const largest = { rows: 10_000, cache: "warm" } as const;

scenario(post, {
  ...asked,
  setup: async ({ rows }) => ({ rows }),
  agree: async ({ rows }, { variant }) => [rows, variant],
  differs: "one of them counts in another order",
  claims: {
    "a-01": [
      { says, holds: growth("scan", { rows: 100 }, "read").atLeast(50), at: largest },
      { says, holds: growth("scan", { rows: 100, cache: "cold" }, "rss").atMost(2), at: largest },
      { says, holds: extrapolated("scan", "rows", 1e9, "read").atMost(60), at: largest },
    ],
  },
});

experiment(post, {
  question: "Where do they cross?",
  sweep: { rows: [10, 100, 1000] },
  variants: { scan: () => 1, index: () => 1 },
  claims: {
    "a-01": [
      { says, holds: crossover("scan", "index", "rows").between(10, 100) },
      { says, holds: crossover("scan", "index", "rows", "bytes").atMost(100) },
      { says, holds: growth("scan", { rows: 10 }).atLeast(5), at: { rows: 1000 } },
      { says, holds: extrapolated("scan", "rows", 1e6).atLeast(1), at: { rows: 1000 } },
    ],
  },
});

const slower = { says, holds: ratio("linear", "random").atLeast(2) };

// @ts-expect-error a misspelt variant
experiment(post, { ...timed, claims: { "a-01": [{ says, holds: ratio("linear", "rnadom").atLeast(2), at }] } });

// @ts-expect-error a misspelt parameter of the sweep
experiment(post, { ...timed, claims: { "a-01": [{ ...slower, at: { byte: 1024, order: "up" } }] } });

// @ts-expect-error a value that is not in the sweep
experiment(post, { ...timed, claims: { "a-01": [{ ...slower, at: { bytes: 2048, order: "up" } }] } });

// @ts-expect-error a word that is not in the sweep
experiment(post, { ...timed, claims: { "a-01": [{ ...slower, at: { bytes: 1024, order: "off" } }] } });

// @ts-expect-error a point that lacks a parameter
experiment(post, { ...timed, claims: { "a-01": [{ ...slower, at: { bytes: 1024 } }] } });

// @ts-expect-error a metric that no timed experiment has
experiment(post, { ...timed, claims: { "a-01": [{ says, holds: ratio("linear", "random", "speed").atLeast(2), at }] } });

// @ts-expect-error a ledger id that the article lacks
experiment(post, { ...timed, claims: { "a-03": [{ ...slower, at }] } });

// @ts-expect-error a choice for quick that is not in the sweep
experiment(post, { ...timed, quick: { bytes: [2048] }, claims: {} });

// @ts-expect-error a choice for quick of a parameter that is not swept
experiment(post, { ...timed, quick: { size: [1024] }, claims: {} });

const story = { question: "How many are lost?", variants: { safe: async () => ({ lost: 1 }) } } as const;

// @ts-expect-error a metric that the scenario does not declare
scenario(post, { ...story, metrics: { lost: count("lower") }, claims: { "a-01": [{ says, holds: value("safe", "time").atMost(1) }] } });

// @ts-expect-error a story that leaves a declared metric out
scenario(post, { ...story, metrics: { lost: count("lower"), p99: seconds("lower") }, claims: {} });

// @ts-expect-error a chart of a metric that is not declared
scenario(post, { ...story, metrics: { lost: count("lower") }, chart: "p99", claims: {} });

// @ts-expect-error a Pareto chart of a metric that is not declared
scenario(post, { ...story, metrics: { lost: count("lower") }, chart: pareto("lost", "p99"), claims: {} });

// @ts-expect-error a ratio to a variant that there is not
experiment(post, { ...timed, chart: relative("time", "sorted"), claims: {} });

// @ts-expect-error a prediction for a variant that there is not
experiment(post, { ...timed, chart: relative("time", "linear", { sorted: 2 }), claims: {} });

// @ts-expect-error a condition on a variant that there is not
experiment(post, { ...timed, claims: { "a-01": [{ ...slower, at, given: { says, holds: ratio("linear", "alone").atMost(1) } }] } });

// @ts-expect-error a step of a variant that there is not
experiment(post, { ...timed, claims: { "a-01": [{ says, holds: step("walk", 1, "bytes").atLeast(2) }] } });

// @ts-expect-error the growth of a variant that there is not
scenario(post, { ...asked, claims: { "a-01": [{ says, holds: growth("scann", { rows: 100 }, "read").atLeast(2), at: largest }] } });

// @ts-expect-error a growth since a parameter that is not swept
scenario(post, { ...asked, claims: { "a-01": [{ says, holds: growth("scan", { row: 100 }, "read").atLeast(2), at: largest }] } });

// @ts-expect-error a growth since a value that is not in the sweep
scenario(post, { ...asked, claims: { "a-01": [{ says, holds: growth("scan", { rows: 1000 }, "read").atLeast(2), at: largest }] } });

// @ts-expect-error the growth of a metric that is not declared
scenario(post, { ...asked, claims: { "a-01": [{ says, holds: growth("scan", { rows: 100 }, "reed").atLeast(2), at: largest }] } });

// @ts-expect-error the growth of the time, which a scenario does not have
scenario(post, { ...asked, claims: { "a-01": [{ says, holds: growth("scan", { rows: 100 }).atLeast(2), at: largest }] } });

// @ts-expect-error a crossover with a variant that there is not
scenario(post, { ...asked, claims: { "a-01": [{ says, holds: crossover("scan", "indx", "rows", "read").atLeast(2) }] } });

// @ts-expect-error a crossover along a parameter that is not swept
scenario(post, { ...asked, claims: { "a-01": [{ says, holds: crossover("scan", "index", "row", "read").atLeast(2) }] } });

// @ts-expect-error a crossover of a metric that is not declared
scenario(post, { ...asked, claims: { "a-01": [{ says, holds: crossover("scan", "index", "rows", "reed").atLeast(2) }] } });

// @ts-expect-error an extrapolation of a variant that there is not
scenario(post, { ...asked, claims: { "a-01": [{ says, holds: extrapolated("scann", "rows", 1e9, "read").atLeast(2), at: largest }] } });

// @ts-expect-error an extrapolation along a parameter that is not swept
scenario(post, { ...asked, claims: { "a-01": [{ says, holds: extrapolated("scan", "row", 1e9, "read").atLeast(2), at: largest }] } });

// @ts-expect-error an extrapolation of a metric that is not declared
scenario(post, { ...asked, claims: { "a-01": [{ says, holds: extrapolated("scan", "rows", 1e9, "reed").atLeast(2), at: largest }] } });

// @ts-expect-error a step along a parameter that is not swept
experiment(post, { ...timed, claims: { "a-01": [{ says, holds: step("linear", 1, "byte").atLeast(2) }] } });

// @ts-expect-error an agreement on what setup does not make
scenario(post, { ...asked, setup: () => 1, agree: async (input: string) => input, claims: {} });

// @ts-expect-error a price of a metric that is not declared
scenario(post, { ...story, metrics: { lost: count("lower") }, priced: { metric: "held", times: 2, says }, claims: {} });

// @ts-expect-error a misspelt variant of a scenario
scenario(post, { ...story, metrics: { lost: count("lower") }, claims: { "a-01": [{ says, holds: value("save", "lost").atMost(1) }] } });

// @ts-expect-error a variant that takes what setup does not make
experiment(post, { question: "Which?", setup: () => 1, variants: { one: (input: string) => input }, claims: {} });

// @ts-expect-error an opinion that does not say why nothing can judge it
article({ ...post, claims: { "a-01": { claim: "It is so.", where: "post", testable: "argue" } } });

// @ts-expect-error a cited fact without its source
article({ ...post, claims: { "a-01": { claim: "It is so.", where: "post", testable: "cite" } } });
