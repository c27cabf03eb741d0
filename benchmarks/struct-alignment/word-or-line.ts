/**
 * Does memory hand out words of 8 bytes, as the post's picture of alignment has it, or whole lines of 64? Two walks through the same
 * memory run the same kernel and make the same number of reads. One takes word after word, the other the first word of line after line,
 * eight times over. If it were words that are fetched, each read of either walk would fetch one, and both would cost the same.
 *
 * What to expect: the same indeed while everything is in L1, where nothing has to be fetched. Out of memory the walk by lines has to wait
 * for a line at each read, the walk by words at every eighth. That is why the size of a record matters at all to a loop that reads one of
 * its fields: the rest of the line comes along, wanted or not.
 *
 * How you could be fooled: by dividing the time by lines, which counts the seven extra loads as if they had been fetched; by an order that
 * one walk's prefetcher cannot follow (both go straight on); by pages that nobody has written, which the system maps to one page of zeros
 * (every word is written); and by a last cache of hundreds of megabytes, as some servers have and the host card shows: then it is that
 * cache which hands out the lines.
 */
import { experiment, KiB, MiB, ratio, stridedSum } from "#lab";
import article from "./article.ts";

const LINE = 64;
const WORD = 8;
/** A call makes at least this many reads, so that entering WebAssembly costs nothing beside it. */
const READS = 65_536;
const passes = (bytes: number): number => Math.ceil(READS / (bytes / WORD));

export default experiment(article, {
  question: "What does a read cost when the next one is in the same line, and when it is in the next?",
  sweep: { bytes: [16 * KiB, 256 * KiB, 1 * MiB, 4 * MiB, 16 * MiB, 64 * MiB, 256 * MiB] },
  quick: { bytes: [64 * MiB] },
  flags: ["--no-liftoff"],
  needs: { memory: ({ bytes }) => 64 * MiB + bytes },
  setup({ bytes }) {
    const { memory, sum64 } = stridedSum(bytes);
    // All words alike, so that both walks come to the same sum.
    new Uint8Array(memory.buffer).fill(1);
    return { bytes, sum64 };
  },
  together: true,
  variants: {
    "word by word": ({ bytes, sum64 }) => sum64(0, WORD, bytes / WORD, passes(bytes)),
    "line by line": ({ bytes, sum64 }) => sum64(0, LINE, bytes / LINE, passes(bytes) * (LINE / WORD)),
  },
  operations: ({ bytes }) => (bytes / WORD) * passes(bytes),
  per: "read",
  claims: {
    "struct-align-08": [
      {
        says: "memory hands out single words: in 64 MiB a read costs the same (at most 1.1 times) whether the words between are read or skipped",
        holds: ratio("line by line", "word by word").atMost(1.1),
        at: { bytes: 64 * MiB },
      },
    ],
  },
});
