/** Each addition waits for the one before it, so twice as many take twice as long: 2.00, and nothing in between. */
import { experiment, ratio } from "#lab";
import article from "./article.ts";

function chain(step: number, additions: number): number {
  let sum = 0;
  for (let addition = 0; addition < additions; addition++) sum = (sum + step) | 0;
  return sum;
}

export default experiment(article, {
  question: "Do twice as many dependent additions take twice as long?",
  setup: () => ({ step: 3 }),
  variants: { twice: ({ step }) => chain(step, 400_000), once: ({ step }) => chain(step, 200_000) },
  differs: "one variant adds up more than the other",
  claims: { "known-twice": [{ says: "between 1.9 and 2.1 times", holds: ratio("twice", "once").between(1.9, 2.1) }] },
});
