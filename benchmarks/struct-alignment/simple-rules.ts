/**
 * Is a simple rule enough? Every record of one to six fields of five types (bool, int16, int32, int64, string) is laid out in every order:
 * 461 sets of fields, 19,530 records. A rule picks one order of each set; *as it comes* picks them all. `wasteful` is the share of the orders
 * picked that are larger than another order of the same set.
 *
 * What to expect: most strictly aligned first never wastes anything, and neither does its reverse: what matters is that alignments only
 * fall or only rise, because then all gaps together are no more than it takes to round the record up, which no order escapes. Neither needs
 * the brute force that finds the minimum here. At the other end stands a record of bool, int32, bool, int64, bool: 32 bytes, where 16 would
 * do.
 *
 * How you could be fooled: by random samples, which miss the one bad case (nothing is sampled here), and by a rule that sorts by size
 * where it should sort by alignment: a string is the largest field, but no more strictly aligned than an int64. What the enumeration
 * leaves out: arrays and structs as fields, for which sorting by size does fail and by alignment does not, and Go's fields of size zero,
 * of which one at the very end is given padding of its own.
 */
import { exact, fraction, largestFirst, layoutOf, scenario, value, type Field, type FieldType } from "#lab";
import article from "./article.ts";

const kinds: readonly FieldType[] = ["bool", "int16", "int32", "int64", "string"];
const MOST_FIELDS = 6;

/** Every list of up to so many fields, by the set of fields that it orders. */
function everyRecord(): Map<string, Field[][]> {
  const sets = new Map<string, Field[][]>();
  let longest: Field[][] = [[]];
  for (let fields = 1; fields <= MOST_FIELDS; fields++) {
    longest = longest.flatMap((record) => kinds.map((type) => [...record, { name: "field", type }]));
    for (const record of longest) {
      const set = record
        .map(({ type }) => type)
        .toSorted()
        .join();
      const orders = sets.get(set);
      if (orders) orders.push(record);
      else sets.set(set, [record]);
    }
  }
  return sets;
}

/** What a rule, which picks some of the orders of each set, makes of them. */
async function judged(sets: Map<string, Field[][]>, rule: (orders: Field[][]) => Field[][]) {
  let [records, wasteful, padding, saved] = [0, 0, 0, 0];
  for (const orders of sets.values()) {
    const smallest = orders.reduce((least, order) => Math.min(least, layoutOf(order).size), Infinity);
    for (const order of rule(orders)) {
      const layout = layoutOf(order);
      records++;
      if (layout.size > smallest) wasteful++;
      padding = Math.max(padding, layout.padding / layout.size);
      saved = Math.max(saved, 1 - smallest / layout.size);
    }
  }
  return { wasteful: wasteful / records, padding, saved };
}

export default scenario(article, {
  question: "How often does a simple rule for the order of fields miss the smallest record?",
  metrics: {
    wasteful: exact(fraction("lower", "records larger than they need be")),
    padding: exact(fraction("lower", "largest share of a record that is padding")),
    saved: exact(fraction("lower", "largest share of a record that another order saves")),
  },
  setup: everyRecord,
  variants: {
    "as it comes": (sets) => judged(sets, (orders) => orders),
    "largest first": (sets) => judged(sets, ([any]) => [largestFirst(any!)]),
    "smallest first": (sets) => judged(sets, ([any]) => [largestFirst(any!).toReversed()]),
  },
  claims: {
    "struct-align-01": [
      { says: "padding never takes more than 32 % of a record", holds: value("as it comes", "padding").atMost(0.32) },
      { says: "another order never saves more than 32 % of a record", holds: value("as it comes", "saved").atMost(0.32) },
    ],
    "struct-align-05": [
      {
        says: "most strictly aligned first: not one set of up to six fields has a smaller order",
        holds: value("largest first", "wasteful").between(0, 0),
      },
      {
        says: "least strictly aligned first is as good a rule: not one set of up to six fields has a smaller order",
        holds: value("smallest first", "wasteful").between(0, 0),
      },
      {
        says: "a rule is needed: at least half of the orders that fields can come in are larger than need be",
        holds: value("as it comes", "wasteful").atLeast(0.5),
      },
    ],
  },
});
