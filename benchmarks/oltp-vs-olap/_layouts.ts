/**
 * One table of whole numbers, in either layout. Only two distances tell them apart, how far it is from a row to the next and how far from a
 * column to the next, so both are read by the same code.
 */

export type Layout = "rows" | "columns";

export interface Shape {
  readonly rows: number;
  readonly columns: number;
}

/** Where things lie; distances and positions count values, of four bytes each. */
export interface Table extends Shape {
  readonly layout: Layout;
  readonly rowStride: number;
  readonly columnStride: number;
  /** Positions, those included that pad a column. */
  readonly size: number;
  /** How many rows farther on the next entity of a walk lies. */
  readonly step: number;
  /** What a row's number is multiplied by in each column. Odd, so that none holds a value twice; in the first column what all others add up to. */
  readonly multipliers: Int32Array;
}

/** @param alignment where columns may begin: at multiples of so many values. Unless given they lie end to end. */
export function tableOf(layout: Layout, { rows, columns }: Shape, alignment: number = 1): Table {
  const columnStride = layout === "rows" ? 1 : Math.ceil(rows / alignment) * alignment;
  return {
    layout,
    rows,
    columns,
    rowStride: layout === "rows" ? columns : 1,
    columnStride,
    size: layout === "rows" ? rows * columns : columnStride * columns,
    step: stepOf(rows),
    multipliers: multipliersOf(columns),
  };
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * About 0.618 of the table, and without a common divisor with it, so that a walk meets every row once before it comes back and never the
 * neighbour of one that it has just met.
 */
export function stepOf(rows: number): number {
  let step = Math.max(1, Math.round(rows * GOLDEN));
  while (divisor(step, rows) > 1) step++;
  return step;
}

function divisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

function multipliersOf(columns: number): Int32Array {
  const multipliers = new Int32Array(columns);
  for (let column = 1; column < columns; column++) {
    multipliers[column] = 0x9e3779b1 + 0x3c6ef372 * column;
    multipliers[0]! += multipliers[column]!;
  }
  return multipliers;
}

/** The row that the walk meets after this one. */
export const nextRow = ({ rows, step }: Table, row: number): number => (row + step < rows ? row + step : row + step - rows);

/**
 * The values in the order in which they lie; padding is 0. The fields of a row add up to the number of the next row of the walk, modulo 2^32:
 * all but the first are scattered over the whole range, and that one makes the sum come out.
 */
export function filled(table: Table): Int32Array {
  const { rows, columns, rowStride, columnStride, multipliers, size } = table;
  const words = new Int32Array(size);
  for (let row = 0; row < rows; row++) {
    let at = row * rowStride;
    words[at] = nextRow(table, row) - Math.imul(row + 1, multipliers[0]!);
    for (let column = 1; column < columns; column++) {
      at += columnStride;
      words[at] = Math.imul(row + 1, multipliers[column]!);
    }
  }
  return words;
}

/** A table in memory and the row at which the next call begins: calls carry on, or the first rows would stay warm. */
export interface InMemory {
  readonly table: Table;
  readonly words: Int32Array;
  row: number;
}

export const inMemory = (table: Table): InMemory => ({ table, words: filled(table), row: 0 });

/**
 * Fetches entities, all fields of each. Which one comes next only their sum tells, so each waits for every field of the one before.
 * Returns the sum of the rows' numbers, modulo 2^32.
 */
export function fetchEntities(store: InMemory, entities: number): number {
  const { words, table } = store;
  const { columns, rowStride, columnStride } = table;
  let { row } = store;
  let sum = 0;
  for (let entity = 0; entity < entities; entity++) {
    let next = 0;
    for (let field = 0, at = row * rowStride; field < columns; field++, at += columnStride) next = (next + words[at]!) | 0;
    row = next;
    sum = (sum + row) | 0;
  }
  store.row = row;
  return sum;
}

/** Adds up one field of the next so many rows in the order in which they lie, modulo 2^32; behind the last one comes the first. */
export function sumColumn(store: InMemory, column: number, values: number): number {
  const { words, table } = store;
  const { rows, rowStride, columnStride } = table;
  let sum = 0;
  for (let left = values; left > 0;) {
    const run = Math.min(left, rows - store.row);
    for (let value = 0, at = column * columnStride + store.row * rowStride; value < run; value++, at += rowStride)
      sum = (sum + words[at]!) | 0;
    store.row = store.row + run === rows ? 0 : store.row + run;
    left -= run;
  }
  return sum;
}
