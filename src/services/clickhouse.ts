import { chdbVersion } from "./clickhouse/library.ts";
import type { Engine } from "./engine.ts";
import type { Resolve } from "./package.ts";
import { holding, type Stored } from "./stored.ts";

export interface ClickHouseOptions {
  /** What it holds when it starts; nothing unless given. */
  readonly stored?: Stored<ClickHouse>;
}

/** A ClickHouse to work on: an empty database of its own, in UTC. Dispose it when done. */
export interface ClickHouse extends Engine {
  readonly engine: "ClickHouse";
  readonly source: "own" | "CLICKHOUSE_URL";
  /**
   * Bytes of the active parts, all files in them. `indexes` are the sparse primary index and the skipping indexes; `table` is the rest:
   * columns, marks, checksums.
   */
  size(table: string): Promise<{ readonly table: number; readonly indexes: number }>;
  /** Always 0: a MergeTree has no log. Each insert becomes a part of its own, written once, and is not forced to the disk by default. */
  wal(): Promise<number>;
  /** Active parts of a table: what a query has to read from, and what merges have left of one part for each insert. */
  parts(table: string): Promise<number>;
  /** Merges a table to one part (of each partition), which the engine would do by itself in its own time. */
  settle(table: string): Promise<void>;
}

/**
 * Starts a ClickHouse in this process, from the optional package `chdb`, on a private directory; or makes a private database on the server
 * that `CLICKHOUSE_URL` names (`https://user:password@host:port/database`), and drops it at the end.
 *
 * All is ClickHouse's own default, the number of threads (one for each processor) and the share of the memory that it may use included,
 * but for what would differ between machines for no reason: times without a zone are in UTC. Ours writes no log, its tables of its own
 * doings (`system.query_log`, …) do not exist, and a statement goes to it without a network: what a query takes is what the engine takes.
 * On a server all of that is as its owner set it.
 *
 * Statements run one after the other. Loading the library takes 0.4 s, opening a database 0.1 s.
 *
 * A process has room for one of ours at a time. Its directory goes with it, or, if the process was killed, at the next start of a run.
 * A private database on a server that a killed process left there is dropped by the first start that finds it to be older than a day.
 * @throws {ServiceUnavailable} this host has none: the package is not installed, has no library for this platform (Windows, Alpine), or
 *   the library does not load here; or the server that `CLICKHOUSE_URL` names is older than version 25.
 * @throws {ServiceFailed} it did not start, or this process has one already; `CLICKHOUSE_URL` is wrong, or its server does not answer
 *   within 2 s or refuses its user.
 */
export async function clickhouse(options: ClickHouseOptions = {}, { resolve }: { readonly resolve?: Resolve } = {}): Promise<ClickHouse> {
  const address = process.env.CLICKHOUSE_URL;
  if (address) {
    const { shared } = await import("./clickhouse/shared.ts");
    return holding("clickhouse-shared", () => shared(address), options.stored);
  }
  const { embedded } = await import("./clickhouse/embedded.ts");
  return holding(`clickhouse-${chdbVersion(resolve)}`, (data) => embedded(data, resolve), options.stored);
}
