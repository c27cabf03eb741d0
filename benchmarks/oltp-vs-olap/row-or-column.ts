/**
 * One table of numbers in memory, its values in the order of its rows or in the order of its columns, and the two questions that an
 * application and an analyst ask: all fields of one entity, and one field of all entities. No database takes part. Only two distances
 * differ, from a row to the next and from a column to the next, and the same code walks over them, so what remains between the
 * layouts is memory. The time is that of one value that was asked for, so both questions have one scale.
 *
 * What to expect: memory moves lines of 64 bytes. In columns one line brings 16 values of the field that is asked for; in rows of 16 fields
 * every value takes a line of its own, of which 60 bytes are not wanted. So once the table has outgrown the caches one column should cost
 * up to 16 times as much in rows. An entity of 16 fields fills one or two lines in rows and lies in 16 lines in columns, but a processor
 * fetches about a dozen lines at once, so here columns should lose by less than the count of lines says, and by more the wider the
 * table is. While all of it is in a near cache, neither layout should matter. No compiler, planner or protocol could change
 * that: this is what "physics" means here.
 *
 * A Go program with slices of structs against a struct of slices does the same. The numbers lie in a typed array, because a JavaScript
 * object keeps its fields behind a pointer, in neither layout.
 *
 * How you could be fooled: by look-ups that overlap (a processor fetches a dozen lines at once if it knows where they are; here the fields
 * of an entity add up to the number of the next one, so nobody can hurry ahead, and only the fields of one entity are fetched
 * together, which favours columns); by the same few entities again and again (the walk goes on from call to call and meets all rows before
 * it returns to the first); by neighbours (it leaps over 0.62 of the table each time); by memory that was never written (every value
 * is); by an adding loop slower than memory (for one column in columns it is, so the advantage of columns is rather too small here); and by a
 * last cache of hundreds of megabytes, as some servers have and the host card shows: then it takes the largest tables to outgrow it.
 */
import { experiment, MiB, ratio } from "#lab";
import { fetchEntities, inMemory, sumColumn, tableOf, type InMemory, type Layout } from "./_layouts.ts";
import article from "./article.ts";

/** Of one call: few, so that the compiler has seen many calls before any is timed. The next call goes on where this one stopped. */
const ENTITIES = 128;
const VALUES = 16_384;
/** Any but the first one, which is not like the others. */
const ASKED_FOR = 1;

type Question = "one entity" | "one column";
type Asked = InMemory & { readonly asks: Question };

const answer = (store: Asked): number =>
  store.asks === "one entity" ? fetchEntities(store, ENTITIES) : sumColumn(store, ASKED_FOR, VALUES);

export default experiment(article, {
  question: "What does a value cost in memory when all of one entity is wanted, and when one field of all is?",
  sweep: {
    rows: [10_000, 100_000, 1_000_000, 10_000_000],
    columns: [4, 16, 64],
    asks: ["one entity", "one column"],
  },
  quick: { rows: [1_000_000], columns: [16] },
  together: true,
  needs: { memory: ({ rows, columns }) => 64 * MiB + 4 * rows * columns },
  setup: ({ rows, columns, asks }, { variant }): Asked => ({
    ...inMemory(tableOf(variant as Layout, { rows, columns })),
    asks: asks as Question,
  }),
  variants: { rows: answer, columns: answer },
  operations: ({ columns, asks }) => (asks === "one entity" ? ENTITIES * columns : VALUES),
  per: "value",
  // As many as it takes to meet every row of a column.
  agree: (call, { rows }) => Array.from({ length: Math.ceil(rows / VALUES) }, call),
  claims: {
    "oltp-olap-03": [
      {
        says: "without any product, one entity out of a million, of 16 fields, costs at least twice as much in columns as in rows",
        holds: ratio("columns", "rows").atLeast(2),
        at: { rows: 1_000_000, columns: 16, asks: "one entity" },
      },
      {
        says: "without any product, one of 16 columns, a million values long, costs at least twice as much in rows as in columns",
        holds: ratio("rows", "columns").atLeast(2),
        at: { rows: 1_000_000, columns: 16, asks: "one column" },
      },
      {
        says: "the same for one entity out of ten million (640 MB, more than nearly every cache holds)",
        holds: ratio("columns", "rows").atLeast(2),
        at: { rows: 10_000_000, columns: 16, asks: "one entity" },
      },
      {
        says: "the same for one column of ten million values",
        holds: ratio("rows", "columns").atLeast(2),
        at: { rows: 10_000_000, columns: 16, asks: "one column" },
      },
    ],
  },
});
