import { describe, expect, test } from "vitest";
import { fetchEntities, inMemory, nextRow, stepOf, sumColumn, tableOf } from "../../../benchmarks/oltp-vs-olap/_layouts.ts";
import * as onFile from "../../../benchmarks/oltp-vs-olap/_table-file.ts";

const shape = { rows: 1_000, columns: 16 };
const layouts = ["rows", "columns"] as const;

/** A column added up by other means than those of the benchmark. */
function columnSum(column: number): number {
  const { words } = inMemory(tableOf("rows", shape));
  const sum = Array.from(words)
    .filter((_, at) => at % shape.columns === column)
    .reduce((sum, value) => sum + BigInt(value), 0n);
  return Number(BigInt.asIntN(32, sum));
}

describe("a table", () => {
  test("holds the same values in either layout, a row's side by side or a column's", () => {
    const rows = inMemory(tableOf("rows", shape)).words;
    const columns = inMemory(tableOf("columns", shape)).words;
    for (let row = 0; row < shape.rows; row++) {
      const own = Array.from(rows.subarray(16 * row, 16 * row + 16));
      expect(own).toEqual(Array.from({ length: 16 }, (_, column) => columns[1_000 * column + row]));
    }
  });

  test("has no value twice in a column but the first", () => {
    const { words } = inMemory(tableOf("columns", shape));
    for (let column = 1; column < 16; column++) expect(new Set(words.subarray(1_000 * column, 1_000 * (column + 1))).size).toBe(1_000);
  });

  test("pads every column to where the next one may begin", () => {
    const { columnStride, size } = tableOf("columns", shape, 1_024);
    expect([columnStride, size]).toEqual([1_024, 16_384]);
  });
});

describe("the walk", () => {
  test.each([1, 2, 3, 10, 1_000, 10_000, 65_536, 1_000_000])("meets every one of %d rows once before it returns", (rows) => {
    const table = tableOf("rows", { rows, columns: 4 });
    const met = new Uint8Array(rows);
    let row = 0;
    for (let visit = 0; visit < rows; visit++) {
      met[row]!++;
      row = nextRow(table, row);
    }
    expect(met.every((times) => times === 1)).toBe(true);
    expect(row).toBe(0);
  });

  test("leaps over about 0.62 of the table", () => {
    expect(stepOf(1_000_000) / 1_000_000).toBeCloseTo(0.618, 3);
  });

  test("goes on from call to call, and comes to the sum of all rows' numbers once around", () => {
    for (const layout of layouts) {
      const store = inMemory(tableOf(layout, shape));
      const parts = fetchEntities(store, 400) + fetchEntities(store, 600);
      expect(parts).toBe((999 * 1_000) / 2);
      expect(store.row).toBe(0);
    }
  });
});

describe("in memory and on file", () => {
  test("one column comes to the same sum in both layouts", () => {
    for (const layout of layouts) {
      using file = onFile.onFile(layout, shape);
      for (const column of [0, 1, 15]) {
        expect(sumColumn(inMemory(tableOf(layout, shape)), column, shape.rows)).toBe(columnSum(column));
        expect(onFile.sumColumn(file, column, shape.rows)).toBe(columnSum(column));
      }
    }
  });

  test("a column is added up a part at a time, from call to call, and once more around from its end", () => {
    for (const layout of layouts) {
      using file = onFile.onFile(layout, shape);
      const store = inMemory(tableOf(layout, shape));
      const whole = columnSum(3);
      for (const sum of [(values: number) => sumColumn(store, 3, values), (values: number) => onFile.sumColumn(file, 3, values)]) {
        expect((sum(300) + sum(699) + sum(1)) | 0).toBe(whole);
        expect((sum(2_300) + sum(700)) | 0).toBe((3 * whole) | 0);
      }
      expect([store.row, file.row]).toEqual([0, 0]);
    }
  });

  test("the walk meets the same rows", () => {
    for (const layout of layouts) {
      using file = onFile.onFile(layout, shape);
      const store = inMemory(tableOf(layout, shape));
      expect(onFile.fetchEntities(file, 333)).toBe(fetchEntities(store, 333));
      expect(file.row).toBe(store.row);
    }
  });
});

describe("on file", () => {
  test("an entity is in one block of a file of rows, and in one for each field of a file of columns", () => {
    using rows = onFile.onFile("rows", shape);
    using columns = onFile.onFile("columns", shape);
    onFile.fetchEntities(rows, 50);
    onFile.fetchEntities(columns, 50);
    expect([rows.file.reads, columns.file.reads]).toEqual([50, 50 * 16]);
  });

  test("a column is in every block of a file of rows, and in one out of as many of a file of columns", () => {
    const larger = { rows: 4_096, columns: 16 };
    using rows = onFile.onFile("rows", larger);
    using columns = onFile.onFile("columns", larger);
    onFile.sumColumn(rows, 3, larger.rows);
    onFile.sumColumn(columns, 3, larger.rows);
    expect([rows.file.reads, columns.file.reads]).toEqual([64, 4]);
  });

  test("rows that would straddle two blocks are refused", () => {
    expect(() => onFile.onFile("rows", { rows: 10, columns: 7 })).toThrow("no whole number of rows of 7 columns");
  });

  test("a block that is not there is refused", () => {
    using store = onFile.onFile("rows", shape);
    expect(() => store.file.read(16)).toThrow("no block 16");
  });
});
