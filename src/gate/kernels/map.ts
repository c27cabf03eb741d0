import { counting, shuffled } from "../../inputs/order.ts";
import { experiment } from "../../model/experiment.ts";
import { certificate, injectedBy } from "./injected.ts";

/** Look-ups in a hash map of some hundred keys: scattered reads. */
const { rounds } = injectedBy(import.meta.url);
const ROUNDS = rounds(100);

export default experiment(certificate, {
  question: "Look-ups in a map",
  setup() {
    const keys = Array.from(shuffled(counting(400)), (number) => `key ${number}`);
    return { keys, map: new Map(keys.map((key, index) => [key, index])) };
  },
  variants: {
    get({ keys, map }) {
      let sum = 0;
      for (let round = ROUNDS; round > 0; round--) {
        for (const key of keys) sum = (sum + map.get(key)!) | 0;
      }
      return sum;
    },
  },
  claims: {},
});
