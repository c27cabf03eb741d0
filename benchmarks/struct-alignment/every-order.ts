/**
 * The six fields that the post shows of its struct can be declared in 720 orders. All of them are laid out here. No clock is involved:
 * sizes follow from the rule by which Go places fields, so one round says everything, and the chart shows how often each size occurs.
 *
 * What to expect: 56 bytes as declared and 40 as the sorting rule has it. Two percentages are easily mixed up. *Padding* is the part of a
 * record that holds nothing (21 of 56 bytes, 37.5 %); what another order *saves* is less (16 of 56, 28.6 %), because the best order pads
 * too: five bytes at the end. The post's 32 % belongs to a struct of more fields than it shows, and cannot be computed again.
 *
 * How you could be fooled: by the post's own words. It calls its bad layout "booleans together, then the data", and that layout, `grouped`
 * here, is among the best. The declared one, which its code shows, alternates. And by a rule that is judged by itself: `best` is
 * found by trying all orders and not by sorting, and another experiment of this post asks a C compiler.
 *
 * Two readings are about Go's runtime, which does not run here: `slot` is what its allocator hands out for one record, and `scanned` how
 * far its collector reads into it. Both are computed from the tables and rules of its sources, so what rests on them is a model. Of all
 * this only `size` carries over to V8, and only to records that a program lays out in a buffer.
 */
import { bytes, count, exact, fraction, histogram, largestFirst, layoutOf, ordersOf, ratio, scenario, value, type Field } from "#lab";
import { declared, grouped, leastAfterBool, misalignedOf, runsOf, scannedOf, slotOf, smallestOf } from "./_record.ts";
import article from "./article.ts";

const best = smallestOf(declared);

function measured(order: readonly Field[]) {
  const layout = layoutOf(order);
  const { size, padding, align } = layout;
  return {
    size,
    padding,
    share: padding / size,
    saved: (size - best) / size,
    afterBool: leastAfterBool(layout),
    runs: runsOf(layout),
    align,
    misaligned: misalignedOf(layout),
    slot: slotOf(layout),
    scanned: scannedOf(layout),
  };
}

type Readings = ReturnType<typeof measured>;

/** Each reading as the list of what all orders give. */
function ofAll(orders: Iterable<readonly Field[]>): { [K in keyof Readings]: number[] } {
  const all = Array.from(orders, measured);
  const names = Object.keys(all[0]!) as (keyof Readings)[];
  return Object.fromEntries(names.map((name) => [name, all.map((readings) => readings[name])])) as { [K in keyof Readings]: number[] };
}

export default scenario(article, {
  question: "How many bytes does a record take in each order of its six fields?",
  metrics: {
    size: exact(bytes("lower", "size of a record")),
    padding: exact(bytes("lower", "bytes lost to padding")),
    share: exact(fraction("lower", "share of a record that is padding")),
    saved: exact(fraction("lower", "share of a record that the best order saves")),
    afterBool: exact(bytes("lower", "least padding behind a boolean")),
    runs: exact(count("lower", "groups of neighbouring booleans")),
    align: exact(bytes("lower", "alignment of the record")),
    misaligned: exact(count("lower", "fields off their alignment")),
    slot: exact(bytes("lower", "size of a single record on Go's heap")),
    scanned: exact(bytes("lower", "bytes of a record that Go's collector may scan")),
  },
  chart: histogram("size"),
  variants: {
    "every order": async () => ofAll(ordersOf(declared)),
    declared: async () => measured(declared),
    grouped: async () => measured(grouped),
    sorted: async () => measured(largestFirst(declared)),
  },
  claims: {
    "struct-align-01": [
      {
        says: "another order of the six visible fields saves 28 to 32 % of the record",
        holds: value("declared", "saved").between(0.28, 0.32),
      },
      { says: "no more than 32 % of the declared record is padding", holds: value("declared", "share").atMost(0.32) },
    ],
    "struct-align-02": [
      {
        says: "reordered, a record that is allocated by itself takes at least 20 % less of Go's heap",
        holds: ratio("sorted", "declared", "slot").atMost(0.8),
        model: true,
      },
    ],
    "struct-align-03": [
      {
        says: "reordered, Go's collector scans at most half as far into a record",
        holds: ratio("sorted", "declared", "scanned").atMost(0.5),
        model: true,
      },
    ],
    "struct-align-05": [
      {
        says: "none of the 720 orders is smaller than the one that places the most strictly aligned fields first",
        holds: value("sorted", "saved").between(0, 0),
      },
    ],
    "struct-align-06": [
      {
        says: "unsorted records, each allocated by itself, take at least 30 % more of Go's heap",
        holds: ratio("declared", "sorted", "slot").atLeast(1.3),
        model: true,
      },
    ],
    "struct-align-10": [
      { says: "as declared every field begins at a multiple of its alignment", holds: value("declared", "misaligned").between(0, 0) },
    ],
    "struct-align-12": [
      {
        says: "a record that begins with a bool and holds a uint64 is aligned to 8 bytes",
        holds: value("declared", "align").between(8, 8),
      },
    ],
    "struct-align-13": [
      {
        says: "as declared at least 7 bytes of padding follow each of the three bools",
        holds: value("declared", "afterBool").atLeast(7),
      },
      {
        says: "as declared 21 bytes are padding, and none of them follows another field",
        holds: value("declared", "padding").between(21, 21),
      },
    ],
    "struct-align-14": [
      { says: "the code of the bad layout has its booleans in one group", holds: value("declared", "runs").between(1, 1) },
      {
        says: "booleans together and then the data is a bad layout: it is at least 1 % larger than the best",
        holds: ratio("grouped", "sorted", "size").atLeast(1.01),
      },
    ],
  },
});
