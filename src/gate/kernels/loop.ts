import { counting } from "../../inputs/order.ts";
import { experiment } from "../../model/experiment.ts";
import { certificate, injectedBy } from "./injected.ts";

/** Additions over an array that stays in L1: nothing but arithmetic. */
const { rounds } = injectedBy(import.meta.url);
const ROUNDS = rounds(200);

export default experiment(certificate, {
  question: "A loop over numbers",
  setup: () => ({ numbers: counting(1_000) }),
  variants: {
    sum({ numbers }) {
      let sum = 0;
      for (let round = ROUNDS; round > 0; round--) {
        for (let index = 0; index < numbers.length; index++) sum = (sum + numbers[index]! * round) | 0;
      }
      return sum;
    },
  },
  claims: {},
});
