/** What all versions of a kernel import: one module, with one set of feedback, whoever calls it. */

export interface Item {
  readonly weight: number;
  readonly next: Item | undefined;
}

/** The last so many items that were made; empty unless someone asks for it. */
let retained: Item[] = [];
let oldest = 0;

/** From now on the last `count` items stay alive: long enough to be copied twice and to die old. */
export function retainLast(count: number): void {
  retained = Array<Item>(count).fill(item(0, undefined));
}

/** The one place where the kernels' objects are made. */
export function item(weight: number, next: Item | undefined): Item {
  const made = { weight, next };
  if (retained.length > 0) {
    retained[oldest] = made;
    oldest = oldest + 1 === retained.length ? 0 : oldest + 1;
  }
  return made;
}

/** What their lists are copied from: numbers with a fraction, which V8 keeps without a box for as long as a list holds nothing else. */
const template: unknown[] = Array.from({ length: 40 }, (_, index) => index + 0.5);

/** The one place where lists are made. */
export const list = (): unknown[] => template.slice();

/** Puts something else into the template and takes it out again: what is copied from it keeps every number in a box from then on. */
export function boxNumbers(): void {
  const [first] = template;
  template[0] = "no number";
  template[0] = first;
}

/** Fast while all that it is shown has one shape. */
export function weigh(items: readonly { readonly weight: number }[]): number {
  let sum = 0;
  for (let index = 0; index < items.length; index++) sum = (sum + items[index]!.weight) | 0;
  return sum;
}
