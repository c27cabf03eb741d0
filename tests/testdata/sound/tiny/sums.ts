import { experiment, ratio } from "#lab";
import article from "./article.ts";

const sum = (numbers: Int32Array): number => {
  let total = 0;
  for (let index = 0; index < numbers.length; index++) total = (total + numbers[index]!) | 0;
  return total;
};

export default experiment(article, {
  question: "What does adding twice cost?",
  sweep: { numbers: [100, 1_000] },
  quick: { numbers: [1_000] },
  setup: ({ numbers }) => Int32Array.from({ length: numbers }, (_, index) => index),
  variants: { once: (numbers) => sum(numbers), twice: (numbers) => (sum(numbers) + sum(numbers)) / 2 },
  operations: ({ numbers }) => numbers,
  per: "number",
  claims: {
    "tiny-01": [{ says: "adding twice costs at least 1.2 times", holds: ratio("twice", "once").atLeast(1.2), at: { numbers: 1_000 } }],
  },
});
