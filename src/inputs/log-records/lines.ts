import type { LogEntry } from "../log-records.ts";

/**
 * A record as one line of JSON, the truth about it left out. Put together by hand, for nothing in a message needs escaping: an object made
 * for `JSON.stringify` would share its hidden class with what `JSON.parse` makes of the line, and in V8 also the way in which numbers are
 * stored. That cost each parsed record 16 bytes.
 */
export function jsonLine({ id, time, service, level, status, user, latency, trace, message }: LogEntry): string {
  return `{"id":${id},"time":${time},"service":"${service}","level":"${level}","status":${status},"user":${user},"latency":${latency},"trace":"${trace}","message":"${message}"}\n`;
}

/** A record as a line of plain text, as many servers write it. */
export function textLine({ time, service, level, status, user, latency, trace, message }: LogEntry): string {
  const seconds = (latency / 1e6).toFixed(6);
  return `${new Date(time).toISOString()} ${level.toUpperCase()} ${service} [${trace}] user=${user} status=${status} took=${seconds}s ${message}\n`;
}

/**
 * A record as a line of tab-separated values, as Postgres's COPY, ClickHouse's TabSeparated and DuckDB read them alike: no message holds a
 * tab, a line end or a backslash. The time is in UTC, to the millisecond.
 */
export function tabLine({ id, time, service, level, status, user, latency, trace, message }: LogEntry): string {
  return `${id}\t${timeOf(time)}\t${service}\t${level}\t${status}\t${user}\t${latency}\t${trace}\t${message}\n`;
}

let day = Number.NaN;
let date = "";

/** `2026-01-31 23:59:59.999`. Records come in the order of their times, so the date is made once a day. */
function timeOf(time: number): string {
  const today = Math.floor(time / 86_400_000);
  if (today !== day) {
    day = today;
    date = new Date(time).toISOString().slice(0, 10);
  }
  const since = time - today * 86_400_000;
  const two = (number: number): string => (number < 10 ? `0${number}` : String(number));
  const seconds = Math.floor(since / 1000);
  const thousandths = String(since % 1000).padStart(3, "0");
  return `${date} ${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${thousandths}`;
}

/** The lines as UTF-8, in chunks of about `size` bytes that end where a line does. */
export function* inChunks<R>(records: Iterable<R>, line: (record: R) => string, size: number = 64 * 1024): Generator<Uint8Array> {
  let text = "";
  for (const record of records) {
    text += line(record);
    if (text.length < size) continue;
    yield Buffer.from(text);
    text = "";
  }
  if (text.length > 0) yield Buffer.from(text);
}
