import { experiment, ratio } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "What if a claim holds nowhere?",
  sweep: { size: [1, 2] },
  variants: { one: () => 1, two: () => 1 },
  claims: { "troubled-01": [{ says: "it holds at 3", holds: ratio("one", "two").atMost(1), at: { size: 3 } }] },
});
