import type { Row } from "../engine.ts";
import { numberOf } from "../whole-number.ts";

/** An answer with the types of its columns. */
export const FORMAT = "JSONCompact";

interface Answer {
  readonly meta: readonly { readonly type: string }[];
  readonly data: readonly (readonly unknown[])[];
}

/**
 * Rows of an answer in JSONCompact, for which whole numbers of 64 bits and more, decimals and what is no number were asked for in quotes:
 * nothing is lost in reading them. Lists, maps and tuples become text. A statement without an answer has no rows.
 * @throws {RangeError} a whole number beyond 2^53.
 * @throws {TypeError} the statement asks for a format of its own.
 */
export function rowsOf(text: string): Row[] {
  if (text === "") return [];
  let answer: Answer;
  try {
    answer = JSON.parse(text) as Answer;
  } catch {
    throw new TypeError("a question to ClickHouse names no FORMAT: the lab reads the answer in its own");
  }
  if (!Array.isArray(answer?.meta)) throw new TypeError("a question to ClickHouse names no FORMAT: the lab reads the answer in its own");
  const readers = answer.meta.map(({ type }) => readerOf(type));
  return answer.data.map((row) => row.map((value, i) => (value === null ? null : readers[i]!(value))));
}

type Value = Exclude<Row[number], null>;

function readerOf(type: string): (value: unknown) => Value {
  const bare = type.replace(/^LowCardinality\((.*)\)$/, "$1").replace(/^Nullable\((.*)\)$/, "$1");
  if (/^U?Int\d+$/.test(bare)) return (value) => numberOf(String(value));
  if (/^B?Float\d+$/.test(bare)) return floatOf;
  return (value) => (typeof value === "object" ? JSON.stringify(value) : (value as Value));
}

/** As JSON has no word for them, these three come in quotes, written as C writes them. */
const floatOf = (value: unknown): number =>
  typeof value === "number" ? value : ({ inf: Infinity, "-inf": -Infinity }[value as string] ?? Number(value));
