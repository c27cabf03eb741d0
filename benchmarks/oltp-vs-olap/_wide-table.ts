/** One table of numbers as every store of `physics-or-product` holds it, and the two questions that are put to it. */
import type { Shape } from "./_layouts.ts";

export const MODULUS = 2_147_483_647;

/** Numbers of a column are multiples of one that is its own, so that no engine finds a pattern to press them with. */
const multiplierOf = (column: number): number => 2_654_435_761 + 15_838 * column;

/** What the table holds; ids count from 1. Exact in a double up to three million rows. */
export const valueOf = (id: number, column: number): number => (id * multiplierOf(column)) % MODULUS;

const names = ({ columns }: Shape): string[] => Array.from({ length: columns }, (_, column) => `c${column}`);

/** `type` is what an engine calls a whole number of four bytes. */
export const columnsOf = (shape: Shape, type: string): string =>
  names(shape)
    .map((name) => `${name} ${type}`)
    .join(", ");

/** The values of a row as every engine works them out for itself; `id` must be 64 bits wide there. */
export const valuesOf = (shape: Shape): string =>
  names(shape)
    .map((_, column) => `(id * ${multiplierOf(column)}) % ${MODULUS}`)
    .join(", ");

/** One of the middle. */
const ASKED_FOR = 1;
export const entityOf = ({ rows }: Shape): number => Math.floor(rows / 3);

export const oneEntity = (shape: Shape): string => `SELECT ${names(shape).join(", ")} FROM wide WHERE id = ${entityOf(shape)}`;
export const oneColumn = `SELECT sum(c${ASKED_FOR}) FROM wide`;

/** @throws {Error} unless these are the fields of the entity that was asked for. */
export function mustBeEntity(told: readonly unknown[] | undefined, shape: Shape): void {
  const truth = names(shape).map((_, column) => valueOf(entityOf(shape), column));
  if (told?.join() !== truth.join()) throw new Error(`the entity came back as ${told?.join(" ")} and ought to be ${truth.join(" ")}`);
}

/** @throws {Error} unless this is the sum of the column that was asked for. */
export function mustBeSum(told: unknown, { rows }: Shape): void {
  let truth = 0;
  for (let id = 1; id <= rows; id++) truth += valueOf(id, ASKED_FOR);
  if (told !== truth) throw new Error(`the column adds up to ${String(told)} and ought to be ${truth}`);
}
