/** The table of `_layouts.ts` in a file of blocks. */
import { blockFile, BLOCK, type BlockFile } from "./_block-file.ts";
import { filled, tableOf, type Layout, type Shape, type Table } from "./_layouts.ts";

const VALUES_PER_BLOCK = BLOCK / Int32Array.BYTES_PER_ELEMENT;

/** A table in a file, and the row at which the next call begins. */
export interface OnFile extends Disposable {
  readonly table: Table;
  readonly file: BlockFile;
  /** The values of the block that was read last. */
  readonly words: Int32Array;
  row: number;
}

/**
 * Writes a table to a file. Every column begins with a block of its own, and no row straddles two.
 * @throws {RangeError} unless a block holds a whole number of rows.
 */
export function onFile(layout: Layout, shape: Shape): OnFile {
  if (VALUES_PER_BLOCK % shape.columns !== 0) throw new RangeError(`a block holds no whole number of rows of ${shape.columns} columns`);
  const table = tableOf(layout, shape, VALUES_PER_BLOCK);
  const file = blockFile(new Uint8Array(filled(table).buffer));
  return { table, file, words: new Int32Array(file.contents.buffer), row: 0, [Symbol.dispose]: () => file[Symbol.dispose]() };
}

/** As `fetchEntities` in memory. */
export function fetchEntities(store: OnFile, entities: number): number {
  const { columns, rowStride, columnStride } = store.table;
  let sum = 0;
  for (let entity = 0; entity < entities; entity++) {
    store.row = sumOf(store, store.row * rowStride, columnStride, columns);
    sum = (sum + store.row) | 0;
  }
  return sum;
}

/** As `sumColumn` in memory. */
export function sumColumn(store: OnFile, column: number, values: number): number {
  const { rows, rowStride, columnStride } = store.table;
  let sum = 0;
  for (let left = values; left > 0;) {
    const run = Math.min(left, rows - store.row);
    sum = (sum + sumOf(store, column * columnStride + store.row * rowStride, rowStride, run)) | 0;
    store.row = store.row + run === rows ? 0 : store.row + run;
    left -= run;
  }
  return sum;
}

/** Adds up so many values that lie `stride` apart, block by block. */
function sumOf({ file, words }: OnFile, from: number, stride: number, count: number): number {
  let sum = 0;
  let block = Math.floor(from / VALUES_PER_BLOCK);
  let at = from % VALUES_PER_BLOCK;
  for (let left = count; left > 0;) {
    file.read(block);
    for (; at < VALUES_PER_BLOCK && left > 0; at += stride, left--) sum = (sum + words[at]!) | 0;
    block += Math.floor(at / VALUES_PER_BLOCK);
    at %= VALUES_PER_BLOCK;
  }
  return sum;
}
