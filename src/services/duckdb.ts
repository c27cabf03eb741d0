import { apiVersion } from "./duckdb/library.ts";
import type { Engine } from "./engine.ts";
import type { Resolve } from "./package.ts";
import { holding, type Stored } from "./stored.ts";

export interface DuckDBOptions {
  /** What it holds when it starts; nothing unless given. */
  readonly stored?: Stored<DuckDB>;
}

/** A DuckDB to work on: an empty database in a file of its own, in UTC. Dispose it when done. */
export interface DuckDB extends Engine {
  readonly engine: "DuckDB";
  readonly source: "own";
  /**
   * `table`: the blocks (of 256 KiB) of the database's file in which segments of the table's columns lie, after a checkpoint; a block that
   * it shares with other tables counts in full. `indexes`: the blocks in use that hold neither columns nor the engine's accounts of what
   * lies where, which are those of indexes, a primary key's included; 0 if the table has none.
   * @throws {ServiceFailed} there is no such table, or it has an index and another table has one too: whose a block is cannot be told.
   */
  size(table: string): Promise<{ readonly table: number; readonly indexes: number }>;
  /**
   * Bytes by which the file of the write-ahead log has grown, looked at after each statement, so nothing that a checkpoint cuts off is
   * lost. A commit with which the log would pass 16 MB is not written to it: the engine writes a checkpoint in its place. Nor are the rows of
   * a large load: they go to the database's file at once, and the log says only where they are.
   */
  wal(): Promise<number>;
}

/**
 * Opens a DuckDB in this process, on a file in a private directory.
 *
 * All is DuckDB's own default, the number of threads (one for each processor) and the share of the memory that it may use included, but
 * for what would differ between machines for no reason: times are in UTC, and it neither fetches extensions from the network nor loads
 * what its user has installed. A commit is on disk when it returns.
 *
 * Statements run one after the other. Loading the library takes 0.2 s, opening a database 0.03 s.
 *
 * Its directory goes with it, or, if the process was killed, at the next start of a run.
 * @throws {ServiceUnavailable} this host has none: there is no library for this platform, or it does not load here.
 * @throws {ServiceFailed} it did not start, or on disposing, could not write what it holds to its file.
 */
export async function duckdb(options: DuckDBOptions = {}, { resolve }: { readonly resolve?: Resolve } = {}): Promise<DuckDB> {
  const { embedded } = await import("./duckdb/embedded.ts");
  return holding(`duckdb-${apiVersion(resolve)}`, (data) => embedded(data, resolve), options.stored);
}
