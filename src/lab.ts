/** Everything that a benchmark file may import from the lab. */
import type { LogOptions } from "./inputs/log-records.ts";
import type { Companion, CompanionOrder, OpenCompanion } from "./load/companion.ts";
import type { Generation } from "./load/generator.ts";
import type { Listening } from "./load/listen.ts";
import type { Relay, RelayOptions } from "./load/relay.ts";
import type { Load } from "./load/tally.ts";
import type { ClickHouse, ClickHouseOptions } from "./services/clickhouse.ts";
import type { DuckDB, DuckDBOptions } from "./services/duckdb.ts";
import type { Engine } from "./services/engine.ts";
import type { LogLines } from "./services/log-lines.ts";
import type { Postgres, PostgresOptions } from "./services/postgres.ts";
import type { Followed, Following, Transaction } from "./services/postgres/changes.ts";
import type { Connection } from "./services/postgres/keeper-protocol.ts";
import type { Scratch } from "./services/private-directory.ts";

export { article } from "./model/article.ts";
export type { Article } from "./model/article.ts";
export { across, beside, histogram, pareto, relative, staircase } from "./model/chart.ts";
export { crossover, extrapolated, growth, ratio, step, value } from "./model/claim.ts";
export { experiment, scenario } from "./model/experiment.ts";
export type { Stage } from "./model/experiment.ts";
export { bytes, bytesPerSecond, count, exact, fraction, perSecond, seconds } from "./model/metric.ts";
export { LINE, chase, chaseOver, pageByPage, readsOf, scattered } from "./inputs/chase.ts";
export type { Chase } from "./inputs/chase.ts";
export { alignmentOf, largestFirst, layoutOf, ordersOf, packedLayoutOf } from "./inputs/layout.ts";
export type { Field, FieldType, Layout, PlacedField } from "./inputs/layout.ts";
export { logRecords } from "./inputs/log-records.ts";
export type { LogEntry, LogOptions, LogRecord } from "./inputs/log-records.ts";
export { inChunks, jsonLine, tabLine, textLine } from "./inputs/log-records/lines.ts";
export { matrixSum } from "./inputs/matrix-sum.ts";
export { counting, ring, shuffled } from "./inputs/order.ts";
export { seeded } from "./inputs/random.ts";
export { stridedSum } from "./inputs/strided-sum.ts";
export { GiB, KiB, MiB, doubling } from "./inputs/sizes.ts";
export { constant, poisson } from "./load/arrivals.ts";
export type { Arrivals } from "./load/arrivals.ts";
export { burst } from "./load/burst.ts";
export type { Burst, BurstTally } from "./load/burst.ts";
export { watchCollections } from "./load/collections.ts";
export type { Collections } from "./load/collections.ts";
export type { Companion, OpenCompanion } from "./load/companion.ts";
export type { Generation } from "./load/generator.ts";
export { Histogram, highestHonest } from "./load/histogram.ts";
export type { Percentiles } from "./load/histogram.ts";
export type { HttpOptions } from "./load/http-target.ts";
export { listen } from "./load/listen.ts";
export type { Listening } from "./load/listen.ts";
export { peakMemory } from "./load/peak-memory.ts";
export type { Relay, RelayOptions } from "./load/relay.ts";
export { Refused } from "./load/target.ts";
export type { OpenTarget, Target } from "./load/target.ts";
export type { Load } from "./load/tally.ts";
export { saturate } from "./load/saturate.ts";
export { watchStalls } from "./load/stall.ts";
export { timed } from "./load/stopwatch.ts";
export type { ClickHouse, ClickHouseOptions } from "./services/clickhouse.ts";
export type { DuckDB, DuckDBOptions } from "./services/duckdb.ts";
export type { Engine, QueryOptions, Row } from "./services/engine.ts";
export { ServiceFailed } from "./services/failed.ts";
export type { LogLines } from "./services/log-lines.ts";
export type { Postgres, PostgresOptions } from "./services/postgres.ts";
export type { Change, Followed, Following, Transaction, Values } from "./services/postgres/changes.ts";
export type { Stored } from "./services/stored.ts";
export { ServiceUnavailable } from "./services/unavailable.ts";

/*
 * What follows starts processes, sockets or servers. It is loaded when it is asked for: hundreds of trials need none of it, and each
 * would wait for it.
 */

/** `module` for a load over HTTP; its options are `HttpOptions`. */
export const httpTarget = new URL("./load/http-target.ts", import.meta.url).href;

/** Drives a target with scheduled arrivals from a process of its own. See `load/generator`. */
export const generate = async <Options>(order: Generation<Options> & { readonly signal?: AbortSignal }): Promise<Load> =>
  (await import("./load/generator.ts")).generate(order);

/** One of our modules in a process of its own. See `load/companion`. */
export const companion = async <Open extends OpenCompanion<never>>(order: CompanionOrder<Open>): Promise<Companion<Open>> =>
  (await import("./load/companion.ts")).companion(order);

/** A TCP relay on 127.0.0.1 that adds a delay each way. See `load/relay`. */
export const relay = async (options: RelayOptions): Promise<Relay> => (await import("./load/relay.ts")).relay(options);

/** The null of every load: servers that answer at once. */
export const idleHttp = async (): Promise<Listening> => (await import("./load/idle.ts")).idleHttp();
export const idleEcho = async (): Promise<Listening> => (await import("./load/idle.ts")).idleEcho();

/** A private directory of this process, gone when it is disposed or the process has ended. See `services/private-directory`. */
export const privateDirectory = async (): Promise<Scratch> => (await import("./services/private-directory.ts")).privateDirectory();

/** A real Postgres to work on; nothing of it is loaded before it is asked for. See `services/postgres`. */
export const postgres = async (options?: PostgresOptions): Promise<Postgres> => (await import("./services/postgres.ts")).postgres(options);

/** Hands over what is committed to tables of a Postgres, by logical replication. See `services/postgres/changes`. */
export const followChanges = async (
  connection: Connection,
  followed: Followed,
  apply: (transactions: readonly Transaction[]) => void | Promise<void>,
): Promise<Following> => (await import("./services/postgres/changes.ts")).followChanges(connection, followed, apply);

/** A real ClickHouse, in this process or on a server that the reader named. See `services/clickhouse`. */
export const clickhouse = async (options?: ClickHouseOptions): Promise<ClickHouse> =>
  (await import("./services/clickhouse.ts")).clickhouse(options);

/** A DuckDB in this process, its tables in a file. See `services/duckdb`. */
export const duckdb = async (options?: DuckDBOptions): Promise<DuckDB> => (await import("./services/duckdb.ts")).duckdb(options);

/** A log as a file of tab-separated lines, made once a run: the same bytes for every engine. See `services/log-lines`. */
export const logLines = async (rows: number, options?: LogOptions): Promise<LogLines> =>
  (await import("./services/log-lines.ts")).logLines(rows, options);

/** Makes an empty table for log records in an engine. See `services/log-lines`. */
export const createLogTable = async (engine: Engine, table?: string, sortKey?: string): Promise<void> =>
  (await import("./services/log-lines.ts")).createLogTable(engine, table, sortKey);
