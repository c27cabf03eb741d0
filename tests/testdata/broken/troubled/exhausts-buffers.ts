import { experiment, MiB } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "What if typed arrays exhaust the memory?",
  timeout: 10,
  memory: 64 * MiB,
  needs: { platforms: ["linux"] }, // nothing would stop it elsewhere
  variants: {
    greedy: () => {
      const held: Uint8Array[] = [];
      for (;;) held.push(new Uint8Array(64 * MiB).fill(1));
    },
  },
  agree: () => 0,
  claims: {},
});
