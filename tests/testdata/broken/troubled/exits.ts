import { experiment } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "What if a variant ends the process?",
  variants: { quitter: () => process.exit(0) },
  agree: () => 0,
  claims: {},
});
