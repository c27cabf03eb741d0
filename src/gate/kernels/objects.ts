import { experiment } from "../../model/experiment.ts";
import { item, list, retainLast, weigh, type Item } from "./dependency.ts";
import { certificate, injectedBy } from "./injected.ts";

/**
 * Short-lived objects and lists, made and weighed by a dependency. This kernel can also be spoilt in the three ways that hide when
 * both versions live in one isolate: what it spoils is shared.
 */
const { rounds, hidden } = injectedBy(import.meta.url);
const ROUNDS = rounds(100);
const ITEMS = 40;
const RETAINED = 50_000;

/** From then on the dependency is prepared for anything: lists in which a number became something else, objects of a dozen shapes, items kept alive. */
function spoil(): void {
  if (hidden === "element-kind") for (let turn = 0; turn < 2_000; turn++) list(8)[3] = "not a number";
  if (hidden === "retained-heap") retainLast(RETAINED);
  if (hidden === "dependency") {
    for (let turn = 0; turn < 2_000; turn++) {
      weigh(Array.from({ length: 12 }, (_, shape) => Object.assign(Object.fromEntries([[`field${shape}`, 1]]), { weight: shape })));
    }
  }
}

export default experiment(certificate, {
  question: "Short-lived objects",
  setup: () => {
    spoil();
    return { start: 1 };
  },
  variants: {
    churn({ start }) {
      let sum = start;
      for (let round = ROUNDS; round > 0; round--) {
        const items: Item[] = [];
        let last: Item | undefined;
        for (let index = 0; index < ITEMS; index++) {
          last = item(index + round, undefined);
          items.push(last);
        }
        sum = (sum + weigh(items)) | 0;
        const numbers = list(ITEMS) as number[];
        for (let index = 0; index < numbers.length; index++) sum = (sum + numbers[index]!) | 0;
      }
      return sum;
    },
  },
  claims: {},
});
