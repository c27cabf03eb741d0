/**
 * A square of 64-bit integers, summed row by row, column by column, and in tiles of 64 rows by one line. The post walks 1000 × 1000 of them on an Apple
 * M4, finds columns as cheap as rows, and thanks the prefetcher. Three things are mixed up there. The matrix takes 8 MB, and an L2 of 16 MB,
 * as a cluster of that processor has, holds all of it. The reads of a column do not wait for each other, so a core that looks far ahead has a
 * dozen of them under way at once, whoever predicts them. And a row of 1000 numbers is no power of two: its columns are spread over
 * all sets of a cache, while those of 1024 meet in a few.
 *
 * So there is a fourth walk: by column, with the rows in a shuffled order, always the same one. It touches what the column walk touches,
 * as often and column after column, and overlaps as well; only there is no stride left to recognise. What it costs more is what recognising the stride
 * was worth, translation of addresses included.
 *
 * How you could be fooled: by a loop that is slower than the memory (one floating-point sum waits four cycles per addition; this kernel has
 * four integer sums); by orders that run different code (all of them are tables of offsets for one kernel; from 1000 rows on the lines of a
 * column push its table out of L1, but the table's own reads go straight on, so a prefetcher has them ready); and by one size: at 1000,
 * 1023, 1024 and 1025 the same walk meets other sets.
 *
 * The kernel is WebAssembly: it is where V8 loads 64-bit integers as Go does. Reading its table costs a load beside each number, which can
 * make a row dearer than in Go and the distance of the orders smaller.
 */
import { counting, experiment, ratio, shuffled } from "#lab";
import { partsOf, walk, walkOver, type Order } from "./_matrix.ts";
import article from "./article.ts";

/** Sizes are kinds and no scale: 1023, 1024 and 1025 stand beside each other. */
const rowsOf = (matrix: string): number => Number.parseInt(matrix);

export default experiment(article, {
  question: "What does the order of a walk over a matrix cost?",
  sweep: {
    matrix: [
      "500 × 500",
      "1000 × 1000",
      "1023 × 1023",
      "1024 × 1024",
      "1025 × 1025",
      "2048 × 2048",
      "2056 × 2056",
      "4096 × 4096",
      "4104 × 4104",
    ],
  },
  quick: { matrix: ["1000 × 1000", "1024 × 1024", "2048 × 2048"] },
  flags: ["--no-liftoff"], // one compiler for the kernel, from its first call
  needs: { memory: ({ matrix }) => 8 * rowsOf(matrix) ** 2 },
  setup: ({ matrix }, { variant, random }) => walkOver(rowsOf(matrix), variant as Order, shuffled(counting(rowsOf(matrix)), random)),
  together: true,
  variants: { "by row": walk, "by column": walk, tiled: walk, "by column, rows shuffled": walk },
  operations: ({ matrix }) => rowsOf(matrix) ** 2 / partsOf(rowsOf(matrix)),
  per: "number",
  // As many calls as visit every number.
  agree: (call, { matrix }) => {
    let sum = 0n;
    for (let part = 0; part < partsOf(rowsOf(matrix)); part++) sum += call() as bigint;
    return sum;
  },
  claims: {
    "cpu-caches-01": [
      {
        says: "what the caches hold shows in ordinary loops: a matrix of 32 MiB takes at least 1.5 times as long by column as in tiles",
        holds: ratio("by column", "tiled").atLeast(1.5),
        at: { matrix: "2048 × 2048" },
      },
    ],
    "cpu-caches-06": [
      {
        says: "by column costs at least ten times as much as by row at 1000 × 1000",
        holds: ratio("by column", "by row").atLeast(10),
        at: { matrix: "1000 × 1000" },
      },
      {
        says: "by column costs at least ten times as much as by row at 2048 × 2048, which no L2 holds and whose columns meet in a few sets",
        holds: ratio("by column", "by row").atLeast(10),
        at: { matrix: "2048 × 2048" },
      },
    ],
    "cpu-caches-07": [
      {
        says: "at 1000 × 1000 by column takes no longer than by row, to a tenth",
        holds: ratio("by column", "by row").atMost(1.1),
        at: { matrix: "1000 × 1000" },
      },
    ],
    "cpu-caches-08": [
      {
        says: "the stride is what makes columns cheap: at 1000 × 1000 shuffling the rows makes them at least 1.5 times as dear",
        holds: ratio("by column, rows shuffled", "by column").atLeast(1.5),
        at: { matrix: "1000 × 1000" },
      },
    ],
  },
});
