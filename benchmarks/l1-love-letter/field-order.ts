/**
 * Ten million records of two flags and one 64-bit number, and a loop that adds up the numbers. Declared as A bool, B int64, C bool
 * a record takes 24 bytes; with B first it takes 16; with the numbers in a column of their own it takes 8. Only the distance from one
 * number to the next differs: all three variants run the same kernel (64-bit loads in WebAssembly, as a Go loop would).
 *
 * What to expect: once the records have far outgrown L2, the loop waits for memory (or for a last cache of hundreds of
 * megabytes, as some servers have and the host card shows), and memory moves whole lines of 64 bytes.
 * Then traffic alone predicts 24/16 = 1.5 times and 24/8 = 3 times. While everything fits L1 no line is waited for, and the order
 * should not matter at all.
 *
 * How you could be fooled: by a loop so slow that it hides the memory (one floating-point sum waits four cycles per addition; this
 * kernel keeps four integer sums); by pages that were never written, which the system maps to one page of zeros (every record is
 * written first); and by "30 % faster" and "30 % slower", which are not the same ratio: one is tested as 0.7, the other as 1.3.
 *
 * V8 lays out the fields of an object in its own way and pads none of them, so a Go struct has no counterpart among objects; what
 * carries over is records in a buffer, which is what this file measures.
 */
import { experiment, layoutOf, MiB, ratio, stridedSum, type Field } from "#lab";
import article from "./article.ts";

const A: Field = { name: "A", type: "bool" };
const B: Field = { name: "B", type: "int64" };
const C: Field = { name: "C", type: "bool" };
const layouts = { declared: layoutOf([A, B, C]), sorted: layoutOf([B, A, C]), columns: layoutOf([B]) };

/** A call reads at least this many numbers, so that entering WebAssembly costs nothing beside it. */
const READS = 65_536;
const passes = (records: number): number => Math.ceil(READS / records);

function filled(records: number, layout: keyof typeof layouts): { sum: () => bigint } {
  const { size, fields } = layouts[layout];
  const start = fields.find(({ name }) => name === "B")!.offset;
  const { memory, sum64 } = stridedSum(records * size);
  const words = new Int32Array(memory.buffer);
  for (let record = 0, at = start / 4; record < records; record++, at += size / 4) words[at] = record & 0xffff;
  return { sum: () => sum64(start, size, records, passes(records)) };
}

export default experiment(article, {
  question: "What does one record of a long loop cost when its fields are declared in a wasteful order?",
  sweep: { records: [128, 1_024, 8_192, 32_768, 131_072, 524_288, 2_097_152, 10_000_000, 22_369_621] },
  quick: { records: [1_024, 32_768, 10_000_000] },
  flags: ["--no-liftoff"], // one compiler for the kernel, from its first call
  needs: { memory: ({ records }) => 64 * MiB + records * layouts.declared.size },
  setup: ({ records }, { variant }) => filled(records, variant as keyof typeof layouts),
  variants: {
    declared: (array) => array.sum(),
    sorted: (array) => array.sum(),
    columns: (array) => array.sum(),
  },
  operations: ({ records }) => records * passes(records),
  per: "record",
  claims: {
    "l1-love-01": [
      {
        says: "with B declared first the loop over ten million records takes at least 30 % less time",
        holds: ratio("sorted", "declared").atMost(0.7),
        at: { records: 10_000_000 },
      },
    ],
    "l1-love-02": [
      {
        says: "in the declared order the loop over ten million records takes at least 1.3 times as long",
        holds: ratio("declared", "sorted").atLeast(1.3),
        at: { records: 10_000_000 },
      },
    ],
    "l1-love-05": [
      {
        says: "records with the same contents cost at least 5 % more in one order than in the other",
        holds: ratio("declared", "sorted").atLeast(1.05),
        at: { records: 10_000_000 },
      },
    ],
    "l1-love-06": [
      {
        says: "memory moves word by word, so bytes that are never read cost nothing: records of 24 B take no longer than bare numbers of 8 B",
        holds: ratio("declared", "columns").atMost(1.1),
        at: { records: 10_000_000 },
      },
    ],
    "l1-love-09": [
      {
        says: "the loss is there as soon as the records have outgrown L1: 1.3 times at 32,768 records (768 KiB against 512 KiB)",
        holds: ratio("declared", "sorted").atLeast(1.3),
        at: { records: 32_768 },
      },
      {
        says: "while the records fit L1 (1,024 of them, 24 KiB) the order makes no difference of more than 10 %",
        holds: ratio("declared", "sorted").between(0.9, 1.1),
        at: { records: 1_024 },
      },
    ],
  },
});
