/** An empty variant beside one that does something: the lab must say that it cannot tell the first from nothing. */
import { experiment, ratio } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "What does nothing cost?",
  setup: () => ({ array: Float64Array.from({ length: 1_000 }, (_, index) => index) }),
  variants: {
    nothing: () => undefined,
    something: ({ array }) => {
      let sum = 0;
      for (const number of array) sum += number;
      return sum;
    },
  },
  differs: "one of the two does nothing",
  claims: { "known-nothing": [{ says: "it is at most a tenth of something", holds: ratio("nothing", "something").atMost(0.1) }] },
});
