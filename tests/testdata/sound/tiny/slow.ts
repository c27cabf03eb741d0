import { setTimeout } from "node:timers/promises";
import { fraction, ratio, scenario } from "#lab";
import article from "./article.ts";

export default scenario(article, {
  question: "What can be interrupted?",
  metrics: { luck: fraction("higher") },
  variants: {
    one: async (_, { random }) => {
      await setTimeout(200);
      return { luck: random() };
    },
    two: async (_, { random }) => {
      await setTimeout(200);
      return { luck: 0.5 + random() / 1000 };
    },
  },
  claims: { "tiny-01": [{ says: "one has the luck of two", holds: ratio("one", "two", "luck").between(0.9, 1.1) }] },
});
