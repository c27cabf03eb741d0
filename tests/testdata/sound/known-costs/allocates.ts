import { experiment } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "What does it allocate?",
  setup: () => ({ doubles: Array.from({ length: 100 }, (_, index) => index + 0.5), copy: [] as number[], turn: 0 }),
  variants: {
    /** A copy of a hundred doubles: 800 bytes of elements with a header of 16, and the array itself of 32. */
    doubles: (input) => {
      input.copy = input.doubles.slice();
      return input.copy.length;
    },
    /** Four hundred thousand bytes, of which a young generation holds only a few. */
    large: (input) => {
      input.copy = Array.from({ length: 50_000 }, (_, index) => index + 0.5);
      return input.copy.length;
    },
    nothing: (input) => {
      input.turn = (input.turn + 1) | 0;
      return 100;
    },
  },
  differs: "they allocate different amounts",
  claims: {},
});
