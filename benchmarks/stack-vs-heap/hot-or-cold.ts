/**
 * "Data on the stack is quick to reach because it stays in L1 or L2." It is quick because it stays there, whatever it is called. Three
 * ways to read 256 numbers, over and over: *stack* has one in each frame of a recursion and reads it after the return; *heap, in one
 * place* has them in 256 objects that lie side by side and lead from one to the next; *heap, all over* walks objects of the same kind
 * that are spread over 20 MiB.
 *
 * What to expect: the two that stay in place cost a few ns, one for its call and return, the other for following a pointer, which turns
 * out to be the cheaper. Objects that have been evicted cost the way to a farther cache or to memory, every time.
 *
 * This carries over to Go as it stands: it is about caches, and the stack of a goroutine lies in the same memory as its heap.
 *
 * How you could be fooled: by numbers that the compiler keeps in registers (a frame's number is needed after a call, which overwrites
 * them); by comparing access with allocation (every object was made before); by a collector that moves objects in the order in which
 * they are linked (they are made in the order of their addresses and linked at random); and by objects that are cold only the first
 * time (the walk goes on where it stopped, so each is visited once in half a million reads).
 */
import { counting, experiment, ratio, shuffled } from "#lab";
import article from "./article.ts";

const NUMBERS = 256;
const ROUNDS = 64;
/** Each takes 40 bytes: three words of header and two fields. */
const EVERYWHERE = 2 ** 19;

interface Item {
  readonly number: number;
  next: Item;
}

interface Data {
  at: Item;
}

/** A ring of objects, linked in this order; each holds its place in the walk, modulo 256. */
function linked(order: Int32Array): Data {
  const place = new Int32Array(order.length);
  for (let step = 0; step < order.length; step++) place[order[step]!] = step;
  const items = Array.from(place, (step): Item => ({ number: step % NUMBERS, next: undefined as never }));
  for (let step = 0; step < order.length; step++) items[order[step]!]!.next = items[order[(step + 1) % order.length]!]!;
  return { at: items[order[0]!]! };
}

function descend(number: number): number {
  if (number === NUMBERS) return 0;
  return (descend(number + 1) + number) | 0;
}

function stack(): number {
  let sum = 0;
  for (let round = 0; round < ROUNDS; round++) sum = (sum + descend(0)) | 0;
  return sum;
}

function follow(data: Data): number {
  let sum = 0;
  let item = data.at;
  for (let read = 0; read < ROUNDS * NUMBERS; read++) {
    sum = (sum + item.number) | 0;
    item = item.next;
  }
  data.at = item;
  return sum;
}

export default experiment(article, {
  question: "Is data quick to reach because it is on the stack, or because it is in the cache?",
  setup: (_point, { variant, random }) => linked(variant === "heap, all over" ? shuffled(counting(EVERYWHERE), random) : counting(NUMBERS)),
  variants: { stack, "heap, in one place": follow, "heap, all over": follow },
  operations: ROUNDS * NUMBERS,
  per: "read",
  claims: {
    "mem-mech-08": [
      {
        says: "what makes it quick is the stack: reading from 256 objects that stay in place takes at least 1.5 times as long as from as many frames",
        holds: ratio("heap, in one place", "stack").atLeast(1.5),
      },
      {
        says: "what makes it quick is the cache: objects spread over 20 MiB take at least three times as long to read as 256 side by side",
        holds: ratio("heap, all over", "heap, in one place").atLeast(3),
      },
    ],
  },
});
