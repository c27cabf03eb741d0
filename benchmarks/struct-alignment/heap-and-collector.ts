/**
 * Many of the post's records are alive at once: what do they weigh, and how long does one full collection take that must keep them all? In
 * one buffer, as a Go slice of structs would be laid out, in either order or *packed* without padding; in *columns*, a buffer for each
 * field; and as objects with their properties in either order.
 *
 * What to expect: the buffer weighs what the layout says, 56 or 40 bytes a record, and 35 without padding, packed as well as in columns.
 * The collector never looks into it (V8 knows that a buffer holds no pointers), so that its pause is that of an empty program, whatever the
 * order. The objects it must visit one by one, pointer by pointer, and in V8 neither their size nor their number of pointers depends on the
 * order of their properties. What carries over from Go to here is therefore the weight of records in a buffer and not the collector's work.
 * (How far Go's collector reads into a record is computed in `every-order`, as `scanned`.)
 *
 * How you could be fooled: by pausing over garbage (everything dead is collected before the clock starts, so that the pauses are all for
 * what stays); by what others do to the machine meanwhile (the work is the same each time, so the shortest of several pauses is the one
 * that nobody disturbed); by the first collection after the objects were made, which moves them (two come before); by an array that grew
 * by pushing and is half empty (it is made in full length); by a collector on several threads, whose pause tells how many cores were idle
 * (here it has one, and its pause is all of its work); and by a pause that is the same everywhere because collecting costs nothing yet:
 * the claims on it stand only where objects take at least twice what a buffer takes.
 */
import { bytes, largestFirst, layoutOf, MiB, packedLayoutOf, ratio, scenario, seconds, timed, type Layout } from "#lab";
import { held } from "./_held.ts";
import { declared } from "./_record.ts";
import article from "./article.ts";

/** Collections, and the seconds that they take together, at least: of short ones more are needed until one is undisturbed. */
const COLLECTIONS = 5;
const COLLECTING = 0.05;

/** Every byte is written: pages that never were weigh nothing. */
const inBuffer = (records: number, { size }: Layout): Uint8Array => new Uint8Array(records * size).fill(1);

const inColumns = (records: number): Uint8Array[] => declared.map((field) => inBuffer(records, layoutOf([field])));

/** Every record gets a `Score` of its own, as different users have; they share a name. */
function filled<T>(records: number, make: (record: number) => T): T[] {
  const all = Array<T>(records);
  for (let record = 0; record < records; record++) all[record] = make(record);
  return all;
}

async function measured<T extends { readonly length: number }>(records: number, make: () => T) {
  const { bytes: weight, kept } = await held(make);
  const pauses: number[] = [];
  for (let spent = 0; pauses.length < COLLECTIONS || spent < COLLECTING; spent += pauses.at(-1)!) {
    pauses.push((await timed(async () => globalThis.gc!())).seconds);
  }
  // Still needed here, so alive during all of them.
  if (kept.length === 0) throw new Error("no records");
  return { held: weight / records, pause: Math.min(...pauses) };
}

export default scenario(article, {
  question: "What do records weigh, and what do they cost the garbage collector?",
  sweep: { records: [1_000, 10_000, 100_000, 300_000, 1_000_000, 10_000_000] },
  quick: { records: [300_000] },
  flags: ["--expose-gc", "--single-threaded-gc"],
  needs: { memory: ({ records }) => 256 * MiB + 300 * records },
  timeout: 120,
  metrics: {
    held: bytes("lower", "memory held by a record"),
    pause: seconds("lower", "shortest of several full collections"),
  },
  setup: ({ records }) => records,
  // Objects first: the null control is of what the collector has work with.
  variants: {
    "objects, declared": (records) =>
      measured(records, () =>
        filled(records, (record) => ({
          IsActive: true,
          ID: record,
          IsVerified: false,
          Name: "somebody",
          IsAdmin: false,
          Score: record + 0.5,
        })),
      ),
    "objects, sorted": (records) =>
      measured(records, () =>
        filled(records, (record) => ({
          ID: record,
          Name: "somebody",
          Score: record + 0.5,
          IsActive: true,
          IsVerified: false,
          IsAdmin: false,
        })),
      ),
    "buffer, declared": (records) => measured(records, () => inBuffer(records, layoutOf(declared))),
    "buffer, sorted": (records) => measured(records, () => inBuffer(records, layoutOf(largestFirst(declared)))),
    "buffer, packed": (records) => measured(records, () => inBuffer(records, packedLayoutOf(declared))),
    columns: (records) => measured(records, () => inColumns(records)),
  },
  claims: {
    "struct-align-02": [
      {
        says: "sorted, 300,000 records in a buffer hold at most 80 % of the memory that they hold as declared",
        holds: ratio("buffer, sorted", "buffer, declared", "held").atMost(0.8),
        at: { records: 300_000 },
      },
    ],
    "struct-align-03": [
      {
        says: "with the records of a buffer in sorted order a full collection is at least 10 % shorter than as declared",
        holds: ratio("buffer, sorted", "buffer, declared", "pause").atMost(0.9),
        at: { records: 300_000 },
        given: {
          says: "records can cost the collector something: as objects they make it take at least twice as long",
          holds: ratio("objects, declared", "buffer, declared", "pause").atLeast(2),
        },
      },
      {
        says: "with the properties of objects in sorted order a full collection is at least 10 % shorter than as declared",
        holds: ratio("objects, sorted", "objects, declared", "pause").atMost(0.9),
        at: { records: 300_000 },
        given: {
          says: "records can cost the collector something: as objects they make it take at least twice as long",
          holds: ratio("objects, declared", "buffer, declared", "pause").atLeast(2),
        },
      },
    ],
    "struct-align-06": [
      {
        says: "as declared, records in a buffer take at least 30 % more memory than in sorted order",
        holds: ratio("buffer, declared", "buffer, sorted", "held").atLeast(1.3),
        at: { records: 300_000 },
      },
    ],
  },
});
