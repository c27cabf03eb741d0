import { count, exact, scenario, value } from "#lab";
import article from "./article.ts";

export default scenario(article, {
  question: "Do the others still run?",
  metrics: { answers: exact(count("higher")) },
  variants: { one: async () => ({ answers: 42 }) },
  claims: { "troubled-01": [{ says: "there are 42 answers", holds: value("one", "answers").between(42, 42) }] },
});
