import { seeded } from "./random.ts";

/** The numbers 0, 1, 2, … below `length`. */
export function counting(length: number): Int32Array {
  const numbers = new Int32Array(length);
  for (let number = 0; number < length; number++) numbers[number] = number;
  return numbers;
}

type Indexed = { readonly length: number; [index: number]: unknown };

/**
 * Shuffles in place and hands the same array back (Fisher and Yates, in Durstenfeld's form).
 * The default generator is seeded, so that two runs walk the same way.
 */
export function shuffled<A extends Indexed>(array: A, random: () => number = seeded(1)): A {
  for (let last = array.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    const held = array[last]!;
    array[last] = array[chosen]!;
    array[chosen] = held;
  }
  return array;
}

/**
 * Links the slots named by `order` into one cycle: slot `order[i]` holds the number of slot `order[i + 1]`, the last one that of the first.
 * Following it visits every slot exactly once before it comes back, and no load can start before the one before it has ended.
 * @param order the slots in the order of the walk, each at most once.
 * @param slots how many slots there are; those that are not in `order` stay 0.
 */
export function ring(order: Int32Array, slots: number = order.length): Int32Array {
  const next = new Int32Array(slots);
  for (let step = 0; step < order.length; step++) {
    next[order[step]!] = order[step + 1 === order.length ? 0 : step + 1]!;
  }
  return next;
}
