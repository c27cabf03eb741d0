import { count, scenario } from "#lab";
import article from "./article.ts";

export default scenario(article, {
  question: "What cannot be asked to stop?",
  timeout: 20,
  metrics: { turns: count("lower") },
  variants: {
    busy: async () => {
      for (;;);
    },
  },
  claims: {},
});
