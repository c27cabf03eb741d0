import { experiment } from "#lab";
import article from "./article.ts";

interface Held {
  array: number[];
  turn: number;
}

export default experiment(article, {
  question: "What does it allocate?",
  setup: (): Held => ({ array: [], turn: 0 }),
  variants: {
    /** A hundred doubles: 800 bytes of elements, their header, and the array itself. */
    doubles: (input) => {
      const array = Array<number>(100);
      for (let index = 0; index < 100; index++) array[index] = index + 0.5;
      input.array = array;
      return array.length;
    },
    nothing: (input) => {
      input.turn = (input.turn + 1) | 0;
      return 100;
    },
  },
  claims: {},
});
