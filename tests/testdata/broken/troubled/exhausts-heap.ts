import { experiment, MiB } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "What if objects exhaust the memory?",
  timeout: 20,
  memory: 64 * MiB,
  flags: ["--max-old-space-size=32"],
  variants: {
    greedy: () => {
      const held: object[] = [];
      for (;;) held.push({ held: [held.length] });
    },
  },
  agree: () => 0,
  claims: {},
});
