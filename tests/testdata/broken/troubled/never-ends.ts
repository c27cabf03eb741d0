import { experiment } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "What if a variant never returns?",
  timeout: 1,
  variants: {
    endless: () => {
      for (;;);
    },
  },
  agree: () => 0, // found out in the trial, not before
  claims: {},
});
