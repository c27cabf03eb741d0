import { experiment } from "#lab";
import article from "./article.ts";

const line = "x".repeat(1000);

export default experiment(article, {
  question: "Does it matter that a variant prints a lot?",
  variants: {
    loud: () => {
      for (let lines = 0; lines < 100; lines++) console.log(line);
      console.error(line);
      return 1;
    },
  },
  claims: {},
});
