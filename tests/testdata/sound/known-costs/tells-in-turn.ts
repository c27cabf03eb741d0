/** Stories that count in their process how many were told, and how many inputs are open. */
import { count, scenario } from "#lab";
import article from "./article.ts";

let told = 0;
let open = 0;

export default scenario(article, {
  question: "How many were told before?",
  together: true,
  metrics: { told: count("lower"), open: count("lower") },
  setup: () => {
    open++;
    return { [Symbol.asyncDispose]: async () => void open-- };
  },
  variants: {
    one: async () => ({ told: ++told, open }),
    endless: async () => {
      throw new Error("this story has no end");
    },
    two: async () => ({ told: ++told, open }),
  },
  claims: {},
});
