/**
 * The post's record in a buffer, and a loop that adds up one of its fields, the ID: as declared (a record every 56 bytes), sorted (40),
 * packed without any padding (35, so that most IDs are not aligned) and with the IDs in a column of their own (8). All four run the same
 * kernel of 64-bit loads in WebAssembly, as a Go loop would; only start and distance differ. Beside them: the objects that a JavaScript
 * program would write instead.
 *
 * What to expect: while all records fit a near cache, a record costs a load and the order nothing. Once they have outgrown every cache the
 * loop waits for lines, a line holds 64 bytes, and traffic alone predicts 56/40 = 1.4, 35/40 = 0.875 and 8/40 = 0.2 of the sorted order's
 * time: the dashed lines of the chart. An object takes more than any of them and is reached through an array of pointers.
 *
 * How you could be fooled: by a loop that is slower than memory (one running sum of floats would be; the kernel keeps four of integers);
 * by pages that were never written (each record is); by objects whose IDs V8 had to box or which lie scattered after a long life (these
 * hold small integers and were made one after the other, the best they can have); and by the field that is read: a loop over *all* fields
 * needs every line in any order, and then only the bytes per record count.
 */
import { experiment, largestFirst, layoutOf, MiB, packedLayoutOf, ratio, relative, stridedSum, type Layout } from "#lab";
import { declared, offsetOf } from "./_record.ts";
import article from "./article.ts";

const layouts: Readonly<Record<string, Layout>> = {
  declared: layoutOf(declared),
  sorted: layoutOf(largestFirst(declared)),
  packed: packedLayoutOf(declared),
  columns: layoutOf(declared.filter(({ name }) => name === "ID")),
};

interface User {
  readonly IsActive: boolean;
  readonly ID: number;
  readonly IsVerified: boolean;
  readonly Name: string;
  readonly IsAdmin: boolean;
  readonly Score: number;
}

/** Small enough that the sum of ten million stays below 2^31, where JavaScript adds as integers. */
const idOf = (record: number): number => record & 0x7f;

/** A call reads at least this many records, so that entering WebAssembly costs nothing beside it. */
const READS = 65_536;
const passes = (records: number): number => Math.ceil(READS / records);

function inBuffer(layout: Layout, records: number): () => bigint {
  const start = offsetOf(layout, "ID");
  const { memory, sum64 } = stridedSum(records * layout.size);
  const view = new DataView(memory.buffer);
  for (let record = 0, at = start; record < records; record++, at += layout.size) view.setInt32(at, idOf(record), true);
  return () => sum64(start, layout.size, records, passes(records));
}

function asObjects(records: number): () => bigint {
  const users = Array<User>(records);
  for (let record = 0; record < records; record++) {
    users[record] = { IsActive: true, ID: idOf(record), IsVerified: false, Name: "somebody", IsAdmin: false, Score: record + 0.5 };
  }
  return () => {
    let sum = 0;
    for (let pass = 0; pass < passes(records); pass++) for (let user = 0; user < records; user++) sum = (sum + users[user]!.ID) | 0;
    return BigInt(sum);
  };
}

const scan = (sum: () => bigint): bigint => sum();

export default experiment(article, {
  question: "What does one record of a long loop cost in each layout?",
  sweep: { records: [1_000, 10_000, 100_000, 500_000, 2_000_000, 10_000_000] },
  quick: { records: [1_000, 500_000] },
  flags: ["--no-liftoff"],
  needs: { memory: ({ records }) => 128 * MiB + 300 * records },
  chart: relative("time", "sorted", { declared: 56 / 40, packed: 35 / 40, columns: 8 / 40 }),
  setup: ({ records }, { variant }) => {
    const layout = layouts[variant];
    return layout ? inBuffer(layout, records) : asObjects(records);
  },
  variants: { declared: scan, sorted: scan, packed: scan, columns: scan, objects: scan },
  operations: ({ records }) => records * passes(records),
  per: "record",
  claims: {
    "struct-align-04": [
      {
        says: "half a million records (28 MB against 20 MB, more than an L2 holds) take at least 1.2 times as long in the declared order as in the sorted one",
        holds: ratio("declared", "sorted").atLeast(1.2),
        at: { records: 500_000 },
      },
    ],
    "struct-align-06": [
      {
        says: "unsorted records use L1 poorly: a thousand of them (56 kB against 40 kB) take at least 1.3 times as long as sorted ones",
        holds: ratio("declared", "sorted").atLeast(1.3),
        at: { records: 1_000 },
      },
    ],
    "struct-align-09": [
      {
        says: "unaligned fields cost several accesses: a thousand packed records take at least 1.5 times as long as sorted ones",
        holds: ratio("packed", "sorted").atLeast(1.5),
        at: { records: 1_000 },
      },
    ],
  },
});
