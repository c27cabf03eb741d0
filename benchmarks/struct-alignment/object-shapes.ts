/**
 * The trio of two flags and a number, for which Go wants 24 bytes or 16 depending on the order, as objects of V8: what does one hold?
 *
 * What to expect: V8 pads nothing, because it packs nothing. Every property is one word of 8 bytes, a flag as much as a number: a pointer
 * to `true` or `false`, a small integer in place, or a pointer to a box that holds the double, which costs a header and its 8 bytes on
 * top. With three words in front (shape, properties that do not fit, elements) the trio takes 48 bytes, with a double 64, and the order of
 * its properties does not come into it. `number alone` shows what the two flags cost: 16 bytes, where Go's take 2 and up to 14 of padding.
 * To hold many small records in less, lay them out in a buffer. (A V8 with compressed pointers, as browsers have, takes half; Node's has
 * none.)
 *
 * No claim of the post rests on this: it speaks of Go, and what carries over from Go are records in a buffer. It is here because a reader
 * who reorders the properties of objects for the sake of memory should know that there is nothing to be had.
 *
 * How you could be fooled: by objects whose shape was learned from a class or grew a property at a time, which have spare room at first
 * (these are literals, which V8 sizes exactly); by doubles that happen to be whole, which V8 keeps as small integers (these end in .5);
 * and by the array that holds the objects, which is made in full length beforehand and not counted. Objects are made of whole words, so
 * whole words are what is read, and a reading more than a byte away from them fails: then something else was counted too.
 */
import { bytes, exact, scenario } from "#lab";
import { held } from "./_held.ts";
import article from "./article.ts";

const OBJECTS = 40_000;
/** The middle one counts: now and then the runtime keeps something of its own, code that it has just compiled. */
const HERDS = 3;
const WORD = 8;

type Value = number | boolean;

const values: Readonly<Record<string, (object: number) => Value>> = {
  "small integer": (object) => object,
  double: (object) => object + 0.5,
  boolean: (object) => object % 2 === 0,
};

async function measured(valueOf: (object: number) => Value, make: (value: Value, flag: boolean) => object) {
  const all = Array<object | undefined>(HERDS * OBJECTS).fill(undefined);
  const each: number[] = [];
  for (let herd = 0; herd < HERDS; herd++) {
    const { bytes: weight } = await held(() => {
      for (let object = herd * OBJECTS; object < (herd + 1) * OBJECTS; object++) all[object] = make(valueOf(object), object % 3 === 0);
    });
    each.push(weight / OBJECTS);
  }
  if (all.includes(undefined)) throw new Error("an object was never made");
  const middle = each.toSorted((a, b) => a - b)[(HERDS - 1) / 2]!;
  const words = Math.round(middle / WORD);
  if (Math.abs(middle - words * WORD) > 1) throw new Error(`an object holds ${middle} bytes, which are no whole words`);
  return { held: words * WORD };
}

export default scenario(article, {
  question: "What does an object of two flags and one other value hold, in either order?",
  sweep: { value: ["small integer", "double", "boolean"] },
  flags: ["--expose-gc", "--single-threaded-gc"],
  metrics: { held: exact(bytes("lower", "memory held by an object")) },
  setup: ({ value }) => values[value]!,
  variants: {
    "between the flags": (valueOf) => measured(valueOf, (B, flag) => ({ A: flag, B, C: flag })),
    "before the flags": (valueOf) => measured(valueOf, (B, flag) => ({ B, A: flag, C: flag })),
    "number alone": (valueOf) => measured(valueOf, (B) => ({ B })),
  },
  claims: {},
});
