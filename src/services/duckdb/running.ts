import type { DuckDBConnection, DuckDBResultReader } from "@duckdb/node-api";
import { inTurn } from "../in-turn.ts";

/** Puts one statement; one that is given no seconds takes as long as it takes. */
export type Run = (sql: string, seconds: number) => Promise<DuckDBResultReader>;

/** A statement that was given up because it took too long. */
export class TookTooLong extends Error {}

/** Puts statements to a connection, one after the other: giving one up gives up whatever runs there. */
export function running(connection: DuckDBConnection): Run {
  const turn = inTurn();
  return (sql, seconds) => turn(() => within(connection, sql, seconds));
}

async function within(connection: DuckDBConnection, sql: string, seconds: number): Promise<DuckDBResultReader> {
  if (seconds === 0) return connection.runAndReadAll(sql);
  let late = false;
  const clock = setTimeout(() => {
    late = true;
    connection.interrupt();
  }, seconds * 1000);
  try {
    return await connection.runAndReadAll(sql);
  } catch (error) {
    throw late ? new TookTooLong() : error;
  } finally {
    clearTimeout(clock);
  }
}
