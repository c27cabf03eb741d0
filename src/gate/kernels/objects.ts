import { experiment } from "../../model/experiment.ts";
import { item, list, weigh, type Item } from "./dependency.ts";
import { certificate, injectedBy } from "./injected.ts";

/**
 * Short-lived objects and lists, made and weighed by a dependency. This kernel can also be spoilt in the three ways that hide when
 * both versions live in one isolate: what it spoils is shared.
 */
const { rounds, hidden } = injectedBy(import.meta.url);
const ROUNDS = rounds(20);
const ITEMS = 200;
const RETAINED = 50_000;

const retained: (Item | undefined)[] = hidden === "retained-heap" ? Array(RETAINED).fill(undefined) : [];
let oldest = 0;

/** Keeps the last 50,000 objects alive: long enough to be copied twice and to die old. */
function retain(it: Item): void {
  retained[oldest] = it;
  oldest = oldest + 1 === RETAINED ? 0 : oldest + 1;
}

/** One list in which a number became something else, and objects of a dozen shapes: from then on the dependency is prepared for anything. */
function spoil(): void {
  if (hidden === "element-kind") for (let turn = 0; turn < 2_000; turn++) list(8)[3] = "not a number";
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
          if (hidden === "retained-heap") retain(last);
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
