import { experiment } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "What if setup throws?",
  setup(): number {
    throw new TypeError("no such thing to set up");
  },
  variants: { one: (input) => input, two: (input) => input },
  claims: {},
});
