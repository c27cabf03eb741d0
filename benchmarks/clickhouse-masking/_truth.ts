/** What a log is known to hold. */
import { logRecords, type LogOptions } from "#lab";

/** Of the messages of a log, those in which an address that it is known to hold can still be read. */
export function exposed(messages: Iterable<readonly [id: number, message: string]>, rows: number, options: LogOptions = {}): number {
  const truth = logRecords(rows, options)
    .map(({ mail, ip }) => [mail, ip].filter((address) => address !== undefined))
    .toArray();
  let count = 0;
  for (const [id, message] of messages) if (truth[id - 1]!.some((address) => message.includes(address))) count++;
  return count;
}
