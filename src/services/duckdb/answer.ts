import type { DuckDBResultReader } from "@duckdb/node-api";
import type { Row } from "../engine.ts";
import { numberOf } from "../whole-number.ts";
import type { Library } from "./library.ts";

type Value = Exclude<Row[number], null>;
type Ids = Library["DuckDBTypeId"];

/**
 * Rows of an answer. What the library would make objects of (lists, structs, intervals) becomes text.
 * @throws {RangeError} a whole number beyond 2^53.
 */
export function rowsOf(reader: DuckDBResultReader, ids: Ids): Row[] {
  const readers = Array.from({ length: reader.columnCount }, (_, i) => readerOf(reader.columnTypeId(i), ids));
  // A load or a definition answers with how many rows it changed, which nobody asked.
  if (reader.returnType !== QUERY_RESULT) return [];
  return reader.getRowsJson().map((row) => row.map((value, i) => (value === null ? null : readers[i]!(value))));
}

/** `ResultReturnType.QUERY_RESULT` of the library. */
const QUERY_RESULT = 3;

function readerOf(type: number, ids: Ids): (value: unknown) => Value {
  if (type === ids.BIGINT || type === ids.UBIGINT || type === ids.HUGEINT || type === ids.UHUGEINT)
    return (value) => numberOf(value as string);
  // What is no number comes as a word: NaN, Infinity, -Infinity.
  if (type === ids.DOUBLE || type === ids.FLOAT) return Number;
  return (value) => (typeof value === "object" ? JSON.stringify(value) : (value as Value));
}
