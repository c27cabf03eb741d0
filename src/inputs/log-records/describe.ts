import { gzipSync } from "node:zlib";
import type { LogRecord } from "../log-records.ts";
import { inChunks, jsonLine } from "./lines.ts";

/** What a log comes to, in numbers. */
export interface LogDescription {
  readonly records: number;
  /** Seconds from the first record to the last. */
  readonly spans: number;
  /** How many different ones there are. */
  readonly distinct: { readonly service: number; readonly user: number; readonly trace: number; readonly message: number };
  /** Shares of the records. */
  readonly levels: { readonly [level: string]: number };
  /** Share of the busiest user, and of the busiest hundred. */
  readonly busiest: { readonly one: number; readonly hundred: number };
  /** Shares of the records whose message holds one. */
  readonly holding: { readonly mail: number; readonly ip: number };
  /** Microseconds. */
  readonly latency: { readonly p50: number; readonly p99: number; readonly p999: number; readonly max: number };
  /** Bytes of a line of JSON on average, line end included. */
  readonly line: number;
  /** How many times smaller the lines of JSON become under gzip. */
  readonly gzip: number;
}

/** Counts everything that a reader could suspect of having been arranged. Holds the whole log. */
export function describeLog(log: Iterable<LogRecord>): LogDescription {
  const records = [...log];
  const share = (holds: (record: LogRecord) => boolean): number => records.filter(holds).length / records.length;
  const distinct = (field: "service" | "user" | "trace" | "message"): number => new Set(records.map((record) => record[field])).size;
  const latencies = Float64Array.from(records, ({ latency }) => latency).toSorted();
  const quantile = (at: number): number => latencies[Math.min(latencies.length - 1, Math.floor(at * latencies.length))]!;
  const visits = [...Map.groupBy(records, ({ user }) => user).values()]
    .map(({ length }) => length / records.length)
    .toSorted((a, b) => b - a);
  const text = Buffer.concat([...inChunks(records, jsonLine)]);
  return {
    records: records.length,
    spans: (records.at(-1)!.time - records[0]!.time) / 1000,
    distinct: { service: distinct("service"), user: distinct("user"), trace: distinct("trace"), message: distinct("message") },
    levels: Object.fromEntries(
      [...new Set(records.map(({ level }) => level))].toSorted().map((name) => [name, share(({ level }) => level === name)]),
    ),
    busiest: { one: visits[0]!, hundred: visits.slice(0, 100).reduce((sum, visit) => sum + visit, 0) },
    holding: { mail: share(({ mail }) => mail !== undefined), ip: share(({ ip }) => ip !== undefined) },
    latency: { p50: quantile(0.5), p99: quantile(0.99), p999: quantile(0.999), max: latencies.at(-1)! },
    line: text.length / records.length,
    gzip: text.length / gzipSync(text).length,
  };
}
