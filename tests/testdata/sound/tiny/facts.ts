import { count, exact, scenario, value } from "#lab";
import article from "./article.ts";

export default scenario(article, {
  question: "How many letters has a word?",
  sweep: { word: ["one", "three"] },
  quick: { word: ["three"] },
  metrics: { letters: exact(count("lower")) },
  setup: ({ word }) => word,
  variants: { length: async (word) => ({ letters: word.length }) },
  claims: { "tiny-02": [{ says: "there are five letters in three", holds: value("length", "letters").between(5, 5), at: { word: "three" } }] },
});
