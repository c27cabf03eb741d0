import { experiment } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "What if the variants differ?",
  variants: { one: () => ({ sum: [1, 2, 3] }), two: () => ({ sum: [1, 2, 4] }) },
  claims: {},
});
