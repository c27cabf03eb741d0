/** What all versions of a kernel import: one module, with one set of feedback, whoever calls it. */

export interface Item {
  readonly weight: number;
  readonly next: Item | undefined;
}

/** The one place where the kernels' objects are made. */
export const item = (weight: number, next: Item | undefined): Item => ({ weight, next });

/** The one place where their lists are made: V8 remembers at a literal what kind of elements its arrays came to hold. */
export function list(length: number): unknown[] {
  const made: unknown[] = [];
  for (let index = 0; index < length; index++) made.push(index);
  return made;
}

/** Fast while all that it is shown has one shape. */
export function weigh(items: readonly { readonly weight: number }[]): number {
  let sum = 0;
  for (let index = 0; index < items.length; index++) sum = (sum + items[index]!.weight) | 0;
  return sum;
}
