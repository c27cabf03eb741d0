import { experiment } from "../../model/experiment.ts";
import { boxNumbers, item, list, retainLast, weigh, type Item } from "./dependency.ts";
import { certificate, injectedBy } from "./injected.ts";

/**
 * Short-lived objects and lists, made and weighed by a dependency. This kernel can also be spoilt in the three ways that hide when
 * both versions live in one isolate: what it spoils is shared.
 */
const { rounds, hidden } = injectedBy(import.meta.url);
const ROUNDS = rounds(100);
const ITEMS = 40;
/** Sums of each list, so that reading it counts beside making it. */
const PASSES = 6;
const RETAINED = 50_000;

/** From then on the dependency is prepared for anything: lists whose numbers are boxed, objects of a dozen shapes, items kept alive. */
function spoil(): void {
  if (hidden === "element-kind") boxNumbers();
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
        const numbers = list() as number[];
        let weights = 0;
        for (let pass = PASSES; pass > 0; pass--) {
          for (let index = 0; index < numbers.length; index++) weights += numbers[index]! * pass;
        }
        sum = (sum + weights) | 0;
      }
      return sum;
    },
  },
  claims: {},
});
