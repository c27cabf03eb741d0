/**
 * The table of `row-or-column`, and the same two questions, on file. Both layouts are read as a database reads its own file: 4 KiB at a
 * time with `pread`, and nothing is kept but the block that was read last. In rows an entity lies in one block; in columns its fields lie
 * in as many blocks as it has fields. One column is in every block of a file of rows, and in one block of every so many in a file of columns.
 *
 * What to expect: the number of blocks is all there is to it. With 16 columns that is 1 against 16 for an entity, and 16 against 1 for a
 * column, and each block costs a system call and a copy of 4 KiB, about a microsecond. In memory a processor may fetch the
 * lines of several fields at once; here one block is read after the other, so the ratios come nearer to 16 than they do in memory.
 * `physics-or-product` counts the bytes that databases read for these questions.
 *
 * How you could be fooled: by the disk. There is none here: the file has just been written, so it is read from the system's cache, which
 * is the kindest case for whoever reads many blocks (a cold one adds a wait for each leap, a hundred microseconds on flash and
 * ten milliseconds under a moving head, and one column in columns would be read ahead); by a cache of its own that a real store has (with
 * all of it in there, this is the experiment in memory); by rows that straddle two blocks (none does) and columns that share one
 * (none do); by the entities of one block (each look-up leaps over 0.62 of the table, and the sum of an entity's fields says where to).
 */
import { experiment, MiB, ratio } from "#lab";
import { type Layout } from "./_layouts.ts";
import { fetchEntities, onFile, sumColumn, type OnFile } from "./_table-file.ts";
import article from "./article.ts";

/** Of one call: few, so that the compiler has seen many calls before any is timed. The next call goes on where this one stopped. */
const ENTITIES = 16;
const VALUES = 16_384;
const ASKED_FOR = 1;

type Question = "one entity" | "one column";
type Asked = OnFile & { readonly asks: Question };

const answer = (store: Asked): number =>
  store.asks === "one entity" ? fetchEntities(store, ENTITIES) : sumColumn(store, ASKED_FOR, VALUES);

export default experiment(article, {
  question: "What does a value cost on file when all of one entity is wanted, and when one field of all is?",
  sweep: {
    rows: [10_000, 100_000, 1_000_000],
    columns: [4, 16, 64],
    asks: ["one entity", "one column"],
  },
  quick: { rows: [100_000], columns: [16] },
  together: true,
  needs: { memory: ({ rows, columns }) => 64 * MiB + 4 * rows * columns },
  setup: ({ rows, columns, asks }, { variant }): Asked => ({ ...onFile(variant as Layout, { rows, columns }), asks: asks as Question }),
  variants: { rows: answer, columns: answer },
  operations: ({ columns, asks }) => (asks === "one entity" ? ENTITIES * columns : VALUES),
  per: "value",
  // As many as it takes to meet every row of a column.
  agree: (call, { rows }) => Array.from({ length: Math.ceil(rows / VALUES) }, call),
  claims: {
    "oltp-olap-03": [
      {
        says: "without any product, one entity of 16 fields costs at least twice as much in a file of columns as in a file of rows",
        holds: ratio("columns", "rows").atLeast(2),
        at: { rows: 100_000, columns: 16, asks: "one entity" },
      },
      {
        says: "without any product, one of 16 columns costs at least twice as much in a file of rows as in a file of columns",
        holds: ratio("rows", "columns").atLeast(2),
        at: { rows: 100_000, columns: 16, asks: "one column" },
      },
    ],
  },
});
