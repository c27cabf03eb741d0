/**
 * Two databases that keep rows (SQLite, Postgres), two that keep columns (DuckDB, ClickHouse), and beside them the two files of
 * `row-or-column-on-file`, which are nobody's product. All hold the same numbers under the same key, and each says how many bytes it reads for
 * all fields of one entity and for the sum of one column. If it is physics, every row store stands on one side of every column store, and for
 * the other question on the other; if it is the product, the four lie anywhere. Products of one layout may well differ, by their block sizes
 * above all: that is seen in the chart, and says nothing against physics as long as the layouts stay apart.
 *
 * What to expect: for one entity a row store reads a page or two and the way through its index, a column store a block of each column, and
 * blocks of column stores are large. For one column a row store reads everything that it has, a column store that column.
 *
 * Bytes and not seconds, because here seconds are the product: a parser, a planner, threads, a socket for one and none for the other. What a byte
 * costs is the question of the two experiments without a product. So this can be counted, and one round says all.
 *
 * How you could be fooled: by caches (every question is put to a store that has just been opened, and Postgres counts the pages that it finds in
 * its cache); by indexes (row stores have to read theirs and it counts against them; the sparse index of ClickHouse is in memory
 * and free); by compression (these numbers hardly compress, real columns often shrink to a fifth and then column stores win the second question by
 * more); by block sizes (4 KiB in SQLite and our files, 8 in Postgres, 64 before compression in ClickHouse, 256 in DuckDB: the distance
 * between the two layouts at one entity is partly that, and partly the 16 columns); and by tables so narrow or so short that all is in one block.
 */
import { bytes, exact, GiB, pareto, ratio, scenario } from "#lab";
import { BLOCK } from "./_block-file.ts";
import type { Layout, Shape } from "./_layouts.ts";
import { inClickHouse, inDuckDB, inPostgres, inSQLite, type Product } from "./_products.ts";
import { fetchEntities, onFile, sumColumn } from "./_table-file.ts";
import { mustBeEntity, mustBeSum } from "./_wide-table.ts";
import article from "./article.ts";

const product = (open: (shape: Shape) => Product | Promise<Product>) => async (shape: Shape) => {
  await using store = await open(shape);
  const entity = await store.entity();
  mustBeEntity(entity.values, shape);
  const column = await store.column();
  mustBeSum(column.values[0], shape);
  return { entity: entity.read, column: column.read, stored: column.stored };
};

const ownFile = (layout: Layout) => async (shape: Shape) => {
  using store = onFile(layout, shape);
  // The whole column first: that ends where it began, and not in the middle of a block.
  sumColumn(store, 1, shape.rows);
  const column = store.file.reads;
  fetchEntities(store, 1);
  return { entity: (store.file.reads - column) * BLOCK, column: column * BLOCK, stored: store.file.bytes };
};

const at = { rows: 200_000, columns: 16 } as const;

type Store = "SQLite" | "Postgres" | "DuckDB" | "ClickHouse";

/** What it means that one store keeps rows and the other columns. */
const differ = <const R extends Store, const C extends Store>(rows: R, columns: C) =>
  [
    {
      says: `for one entity of 16 fields ${columns} reads at least twice as much as ${rows}`,
      holds: ratio(columns, rows, "entity").atLeast(2),
      at,
    },
    {
      says: `for one of 16 columns ${rows} reads at least twice as much as ${columns}`,
      holds: ratio(rows, columns, "column").atLeast(2),
      at,
    },
  ] as const;

export default scenario(article, {
  question: "How much does a store read for one entity, and how much for one column?",
  sweep: { rows: [200_000, 2_000_000], columns: [4, 16, 64] },
  quick: { rows: [200_000], columns: [16] },
  needs: { platforms: ["linux"] },
  memory: 6 * GiB,
  timeout: 240,
  metrics: {
    entity: exact(bytes("lower", "bytes read for one entity")),
    column: exact(bytes("lower", "bytes read for one column")),
    stored: exact(bytes("lower", "bytes of the whole table")),
  },
  chart: pareto("entity", "column"),
  setup: (shape) => shape,
  variants: {
    "file of rows": ownFile("rows"),
    SQLite: product(inSQLite),
    Postgres: product(inPostgres),
    "file of columns": ownFile("columns"),
    DuckDB: product(inDuckDB),
    ClickHouse: product(inClickHouse),
  },
  claims: {
    "oltp-olap-03": [
      ...differ("SQLite", "DuckDB"),
      ...differ("SQLite", "ClickHouse"),
      ...differ("Postgres", "DuckDB"),
      ...differ("Postgres", "ClickHouse"),
    ],
  },
});
