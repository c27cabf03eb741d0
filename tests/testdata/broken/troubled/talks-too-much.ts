import { experiment } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "What if an error says too much?",
  variants: {
    talker: (): number => {
      throw new Error("<script>alert(1)</script>".repeat(50_000));
    },
  },
  agree: () => 0,
  claims: {},
});
