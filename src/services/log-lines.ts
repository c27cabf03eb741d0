import { createHash } from "node:crypto";
import { existsSync, renameSync, rmSync } from "node:fs";
import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { room } from "../host/room.ts";
import { logRecords, type LogOptions } from "../inputs/log-records.ts";
import { inChunks, tabLine } from "../inputs/log-records/lines.ts";
import type { Engine } from "./engine.ts";
import { ServiceFailed } from "./failed.ts";

/** A log as a file that every engine loads: the same bytes for each. */
export interface LogLines {
  /** Path of the file: tab-separated, one record a line, the columns those of `createLogTable`. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly digest: string;
}

/**
 * The log of `logRecords` as a file, made once a run and streamed: however many rows, it takes a few megabytes of memory. 1 million rows
 * are 132 MB and take two to four seconds.
 * @throws {ServiceFailed} the disk is full.
 */
export async function logLines(rows: number, options: LogOptions = {}): Promise<LogLines> {
  const { seed = 1, perSecond, from } = options;
  const name = ["log", rows, seed, ...(perSecond === undefined && from === undefined ? [] : [perSecond ?? "", from ?? ""])].join("-");
  const path = join(await room(), `${name}.tsv`);
  const about = `${path}.json`;
  if (existsSync(about)) return JSON.parse(await readFile(about, "utf8")) as LogLines;
  const partial = `${path}.${process.pid}`;
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    await using file = await open(partial, "w", 0o600);
    for (const chunk of inChunks(logRecords(rows, { ...options, seed }), tabLine, 1 << 20)) {
      hash.update(chunk);
      bytes += chunk.length;
      await file.write(chunk);
    }
  } catch (error) {
    rmSync(partial, { force: true });
    throw (error as NodeJS.ErrnoException).code === "ENOSPC" ? new ServiceFailed("the log could not be written: the disk is full") : error;
  }
  renameSync(partial, path);
  const lines: LogLines = { path, rows, bytes, digest: hash.digest("hex") };
  await writeFile(about, JSON.stringify(lines), { mode: 0o600 });
  return lines;
}

/** The columns of a log record in each engine's own types: as narrow as the values allow, as its manual advises, and nothing else tuned. */
const columns = {
  Postgres: `id bigint NOT NULL, time timestamptz NOT NULL, service text NOT NULL, level text NOT NULL, status smallint NOT NULL,
    "user" integer NOT NULL, latency integer NOT NULL, trace text NOT NULL, message text NOT NULL`,
  ClickHouse: `id UInt64, time DateTime64(3, 'UTC'), service LowCardinality(String), level LowCardinality(String), status UInt16,
    "user" UInt32, latency UInt32, trace String, message String`,
  DuckDB: `id BIGINT NOT NULL, time TIMESTAMP_MS NOT NULL, service VARCHAR NOT NULL, level VARCHAR NOT NULL, status USMALLINT NOT NULL,
    "user" UINTEGER NOT NULL, latency UINTEGER NOT NULL, trace VARCHAR NOT NULL, message VARCHAR NOT NULL`,
} as const;

/** How ClickHouse sorts a log unless told otherwise: by what most questions choose by first, then by time. */
const SORT_KEY = "(service, time)";

/**
 * Makes an empty table for log records, without indexes. Text is sorted by code point in all three; latencies are microseconds; times are
 * in UTC to the millisecond.
 * @param sortKey ClickHouse keeps a table sorted and must be told by what; the others ignore it.
 */
export async function createLogTable(engine: Engine, table = "logs", sortKey: string = SORT_KEY): Promise<void> {
  const kind = engine.engine === "ClickHouse" ? ` ENGINE = MergeTree ORDER BY ${sortKey}` : "";
  await engine.query(`CREATE TABLE ${table} (${columns[engine.engine]})${kind}`);
}
