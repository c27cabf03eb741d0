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
