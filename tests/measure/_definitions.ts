import { article } from "../../src/model/article.ts";
import { ratio, value } from "../../src/model/claim.ts";
import { experiment, scenario } from "../../src/model/experiment.ts";
import { count, exact, seconds } from "../../src/model/metric.ts";

export const post = article({
  title: "A Post",
  slug: "a-post",
  url: "https://example.org/a-post/",
  published: "2026-01",
  claims: {
    "a-01": { claim: "It is slower.", where: "post", testable: "measure" },
    "a-02": { claim: "It is five.", where: "post", testable: "check" },
  },
});

/** Two variants at three sizes, of which quick effort keeps two and claims rest on one. */
export const timedOne = experiment(post, {
  question: "Which one is slower?",
  sweep: { size: [1, 10, 100] },
  quick: { size: [1, 100] },
  variants: { quick: (input: unknown) => input, slow: (input: unknown) => input },
  claims: { "a-01": [{ says: "slow is slower", holds: ratio("slow", "quick").atLeast(1.5), at: { size: 100 } }] },
});

/** Claims nothing, so that every point has its null control. */
export const unclaimed = experiment(post, {
  question: "Which one is slower?",
  sweep: { size: [1, 10], colour: ["red", "blue"] },
  variants: { one: () => 1, two: () => 1, three: () => 1 },
  claims: {},
});

export const told = scenario(post, {
  question: "How long is the story?",
  metrics: { lasted: seconds("lower") },
  variants: { one: async () => ({ lasted: 1 }), two: async () => ({ lasted: 1 }) },
  claims: { "a-01": [{ says: "one is longer", holds: ratio("one", "two", "lasted").atLeast(1.5) }] },
});

export const counted = scenario(post, {
  question: "How many are there?",
  metrics: { many: exact(count("lower")) },
  variants: { one: async () => ({ many: 5 }), two: async () => ({ many: 5 }) },
  claims: { "a-02": [{ says: "there are five", holds: value("one", "many").between(5, 5) }] },
});
