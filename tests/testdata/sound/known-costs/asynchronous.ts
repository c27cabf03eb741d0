import { setImmediate } from "node:timers/promises";
import { experiment } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "Are promises awaited?",
  setup: async () => ({ done: 0 }),
  variants: {
    waits: async () => {
      await setImmediate();
      return "done";
    },
    counts: async () => {
      await undefined;
      return "done";
    },
  },
  claims: {},
});
