/**
 * Where the bytes go. No clock is involved: the layout follows from the rule by which Go (and C, for these types) places fields, so
 * every number here is exact and one round says everything.
 *
 * How you could be fooled: by reading the sizes off the program that is being judged. The rule is written down once, in the lab's
 * layout calculator, and a test compares it with a C compiler's `offsetof` where there is one.
 */
import { bytes, exact, layoutOf, scenario, value, type Layout } from "#lab";
import article from "./article.ts";

const declared = layoutOf([
  { name: "A", type: "bool" },
  { name: "B", type: "int64" },
  { name: "C", type: "bool" },
]);
const sorted = layoutOf([
  { name: "B", type: "int64" },
  { name: "A", type: "bool" },
  { name: "C", type: "bool" },
]);

async function measured({ size, padding, fields }: Layout) {
  const number = fields.find(({ name }) => name === "B")!;
  return {
    size,
    padding,
    afterFirst: fields[0]!.paddingAfter,
    atEnd: fields.at(-1)!.paddingAfter,
    misalignment: number.offset % number.size,
  };
}

export default scenario(article, {
  question: "Where do the bytes of a record with two flags and a 64-bit number go?",
  metrics: {
    size: exact(bytes("lower", "size of a record")),
    padding: exact(bytes("lower", "bytes lost to padding")),
    afterFirst: exact(bytes("lower", "bytes lost after the first field")),
    atEnd: exact(bytes("lower", "bytes lost at the end")),
    misalignment: exact(bytes("lower", "distance of the number from a multiple of 8")),
  },
  variants: { declared: () => measured(declared), sorted: () => measured(sorted) },
  claims: {
    "l1-love-03": [
      { says: "declared as A, B, C a record takes 24 bytes", holds: value("declared", "size").between(24, 24) },
      { says: "with B first a record takes 16 bytes", holds: value("sorted", "size").between(16, 16) },
    ],
    "l1-love-04": [
      { says: "7 bytes are lost after the first flag", holds: value("declared", "afterFirst").between(7, 7) },
      { says: "7 bytes are lost after the last flag", holds: value("declared", "atEnd").between(7, 7) },
    ],
    "l1-love-06": [{ says: "padding puts the 8-byte number at a multiple of 8", holds: value("declared", "misalignment").between(0, 0) }],
  },
});
