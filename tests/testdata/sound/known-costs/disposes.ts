import { appendFileSync } from "node:fs";
import { devNull } from "node:os";
import { experiment } from "#lab";
import article from "./article.ts";

const note = (what: string): void => appendFileSync(process.env.DISPOSED ?? devNull, `${what}\n`);

export default experiment(article, {
  question: "Is what setup made disposed?",
  sweep: { how: ["at once", "later", "after a throw"] },
  setup: ({ how }) => (how === "later" ? { how, [Symbol.asyncDispose]: async () => note(how) } : { how, [Symbol.dispose]: () => note(how) }),
  variants: {
    one: ({ how }) => {
      if (how === "after a throw") throw new Error("too bad");
      return how.length;
    },
  },
  claims: {},
});
