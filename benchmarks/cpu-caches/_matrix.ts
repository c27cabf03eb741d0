import { matrixSum } from "#lab";

/** A number takes eight bytes, as Go's `int` does. */
const NUMBER = 8;
/** Numbers in a line of 64 bytes. */
const WIDTH = 8;
/** Rows of a tile: with its lines it takes 4 KiB, an eighth of the smallest L1. */
const HEIGHT = 64;

/** Sums numbers at an offset each from `base`, so many times over, the base moving on. */
interface Pass {
  readonly base: number;
  readonly stride: number;
  readonly walks: number;
  readonly table: number;
  readonly count: number;
}

/** A walk over a square of 64-bit integers, in parts of equal length; a call does the next part. */
export interface Walk {
  readonly sumAt: ReturnType<typeof matrixSum>["sumAt"];
  readonly parts: readonly (readonly Pass[])[];
  next: number;
}

export type Order = "by row" | "by column" | "tiled" | "by column, rows shuffled";

/** Calls that a walk over the whole matrix takes: large matrices are walked in eight. */
export const partsOf = (size: number): number => (size * size > 2 ** 21 ? 8 : 1);

/** @param rows the numbers of the rows in a shuffled order, for the walk that wants it. */
export function walkOver(size: number, order: Order, rows: Int32Array): Walk {
  const row = size * NUMBER;
  const matrix = matrixSum(size * row, 8 * size + 4 * HEIGHT * (2 * WIDTH));
  // Every page is written: pages that never were are one page of zeros to the system.
  const words = new Int32Array(matrix.memory.buffer);
  for (let number = 0; number < size * size; number++) words[2 * number] = number & 0xffff;

  const offsets = (count: number, offset: (index: number) => number): number =>
    matrix.table(Int32Array.from({ length: count }, (_, index) => offset(index)));
  const share = size / partsOf(size);
  const perPart = (passes: (from: number) => Pass[]): Pass[][] => Array.from({ length: partsOf(size) }, (_, part) => passes(part * share));

  const byRow = (): Pass[][] => {
    const table = offsets(size, (column) => column * NUMBER);
    return perPart((from) => [{ base: from * row, stride: row, walks: share, table, count: size }]);
  };
  const byColumn = (rowAt: (index: number) => number): Pass[][] => {
    const table = offsets(size, (index) => rowAt(index) * row);
    return perPart((from) => [{ base: from * NUMBER, stride: NUMBER, walks: share, table, count: size }]);
  };
  const tiled = (): Pass[][] => {
    const whole = Math.floor(size / WIDTH);
    const rest = size % WIDTH;
    const tile = (width: number): number => offsets(HEIGHT * width, (index) => Math.floor(index / width) * row + (index % width) * NUMBER);
    const tables = { whole: tile(WIDTH), rest: tile(Math.max(1, rest)) };
    return perPart((from) => {
      const passes: Pass[] = [];
      for (let top = from; top < from + share; top += HEIGHT) {
        const height = Math.min(HEIGHT, from + share - top);
        passes.push({ base: top * row, stride: WIDTH * NUMBER, walks: whole, table: tables.whole, count: height * WIDTH });
        if (rest > 0)
          passes.push({ base: top * row + whole * WIDTH * NUMBER, stride: 0, walks: 1, table: tables.rest, count: height * rest });
      }
      return passes;
    });
  };
  const parts = {
    "by row": byRow,
    "by column": () => byColumn((index) => index),
    tiled,
    "by column, rows shuffled": () => byColumn((index) => rows[index]!),
  };
  return { sumAt: matrix.sumAt, parts: parts[order](), next: 0 };
}

export function walk(it: Walk): bigint {
  let sum = 0n;
  for (const { base, stride, walks, table, count } of it.parts[it.next]!) sum += it.sumAt(base, stride, walks, table, count);
  it.next = (it.next + 1) % it.parts.length;
  return sum;
}
