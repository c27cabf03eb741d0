import { experiment } from "../../model/experiment.ts";
import { certificate, injectedBy } from "./injected.ts";

/** Promises that are awaited one after another: the microtask queue. */
const { rounds } = injectedBy(import.meta.url);
const ROUNDS = rounds(2_000);

const next = async (sum: number): Promise<number> => sum + 1;

export default experiment(certificate, {
  question: "Promises in a row",
  setup: () => ({ start: 1 }),
  variants: {
    async awaits({ start }) {
      let sum = start;
      for (let round = ROUNDS; round > 0; round--) sum = await next(sum);
      return sum;
    },
  },
  claims: {},
});
