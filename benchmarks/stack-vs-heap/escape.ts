/**
 * In Go the compiler decides whether a value lives on the stack or has escaped to the heap. V8 has one place for objects, the heap,
 * but its optimising compiler asks the same question: an object that provably never leaves is taken apart, its fields become
 * registers, and nothing is allocated. Six ways of passing a small record on:
 *
 * - *local*: made, added up and forgotten in one function;
 * - *returned*: made by a function that the compiler inlines, so it has not left either;
 * - *out-parameter*: one record for all, which a function fills (a pointer, handed down);
 * - *pooled*: taken from a pool of sixteen, filled, put back;
 * - *stored*: kept among the 256 newest, so it must exist;
 * - *not inlined*: made by one of four functions behind one call, so the compiler cannot look inside.
 *
 * The bytes per record are the proof: next to none where the object was taken apart; a header of 24 bytes and 8 for every field where
 * it was not (12 and 4 in a V8 that compresses pointers). What to expect: the gap is widest for one field, where *local* is almost no
 * work; it closes as the work on the fields grows; and somewhere below 64 fields the functions become too large to inline, so that
 * even *local* is allocated.
 *
 * How you could be fooled: by a loop that vanishes (every record follows from an input, and each field is part of the returned sum); by a
 * "function call" that was inlined (four callees), or that the processor guesses wrong (they take turns in one order); by reading the time
 * between collections only (the time of a trial is the mean of its batches, collections included); and by taking V8 for Go: here "by value"
 * means that the object was removed, while Go copies a struct, and a large one costs more to copy than to point at.
 */
import { counting, experiment, ratio, shuffled } from "#lab";
import { passing, type Passing, type Way } from "./_records.ts";
import article from "./article.ts";

const RECORDS = 2_048;

const pass = ({ run, seeds }: Passing): number => run(seeds);

export default experiment(article, {
  question: "What does it cost to pass a small record on, and when does it cost nothing?",
  sweep: { fields: [1, 2, 4, 8, 16, 32, 64] },
  quick: { fields: [1, 64] },
  setup: ({ fields }, { variant, random }): Passing => passing(variant as Way, fields, shuffled(counting(RECORDS), random)),
  // Stored first: a null control of the one that is hardly anything would be hardly anything but noise.
  variants: { stored: pass, local: pass, returned: pass, "out-parameter": pass, pooled: pass, "not inlined": pass },
  operations: RECORDS,
  per: "record",
  centre: "mean",
  chart: "time",
  claims: {
    "mem-mech-01": [
      {
        says: "a record of one field that is stored takes at least 40 times as long as one that never leaves",
        holds: ratio("stored", "local").atLeast(40),
        at: { fields: 1 },
      },
      {
        says: "a record of one field that comes out of a function which cannot be inlined takes at least 40 times as long as one that never leaves",
        holds: ratio("not inlined", "local").atLeast(40),
        at: { fields: 1 },
      },
      {
        says: "a pointer that does not escape costs as much: filling one record of one field over and over takes at least 40 times as long as making one that never leaves",
        holds: ratio("out-parameter", "local").atLeast(40),
        at: { fields: 1 },
      },
      {
        says: "a large record makes the same difference: with 64 fields one that is stored takes at least 40 times as long as one that never leaves",
        holds: ratio("stored", "local").atLeast(40),
        at: { fields: 64 },
      },
      {
        says: "the compiler removes a record of one field that never leaves: it allocates at most a hundredth of the bytes of a stored one",
        holds: ratio("local", "stored", "bytes").atMost(0.01),
        at: { fields: 1 },
      },
      {
        says: "the compiler removes a record of 64 fields as well: if it never leaves it allocates at most a hundredth of the bytes of a stored one",
        holds: ratio("local", "stored", "bytes").atMost(0.01),
        at: { fields: 64 },
      },
    ],
    "mem-mech-11": [
      {
        says: "with one field, handing down a record to be filled saves less than a quarter of the time of returning a new one",
        holds: ratio("out-parameter", "returned").atLeast(0.75),
        at: { fields: 1 },
      },
      {
        says: "keeping records of one field in a pool takes at least twice as long as making them anew",
        holds: ratio("pooled", "returned").atLeast(2),
        at: { fields: 1 },
      },
      {
        says: "with 64 fields, handing down a record to be filled saves less than a quarter of the time of returning a new one",
        holds: ratio("out-parameter", "returned").atLeast(0.75),
        at: { fields: 64 },
      },
    ],
  },
});
