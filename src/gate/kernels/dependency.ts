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

/** The one place where their lists are made: V8 remembers at a literal what kind of elements its arrays came to hold. */
export function list(length: number): unknown[] {
  const made: unknown[] = [];
  for (let index = 0; index < length; index++) made.push(index + 0.5);
  return made;
}

/** Fast while all that it is shown has one shape. */
export function weigh(items: readonly { readonly weight: number }[]): number {
  let sum = 0;
  for (let index = 0; index < items.length; index++) sum = (sum + items[index]!.weight) | 0;
  return sum;
}
