import { seeded } from "../../inputs/random.ts";
import { experiment } from "../../model/experiment.ts";
import { certificate, injectedBy } from "./injected.ts";

/** Text to objects and back: the runtime's own code, allocation and strings. */
const { rounds } = injectedBy(import.meta.url);
const ROUNDS = rounds(100);

export default experiment(certificate, {
  question: "JSON there and back",
  setup() {
    const random = seeded(7);
    const rows = Array.from({ length: 8 }, (_, id) => ({
      id,
      name: `user ${Math.floor(random() * 1e6)}`,
      share: random(),
      tags: ["a", "b"],
    }));
    return { text: JSON.stringify(rows) };
  },
  variants: {
    trip({ text }) {
      let length = 0;
      for (let round = ROUNDS; round > 0; round--) length += JSON.stringify(JSON.parse(text)).length;
      return length;
    },
  },
  claims: {},
});
