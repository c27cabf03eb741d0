/** What a log is known to hold. */
import { logRecords, type LogOptions } from "#lab";

const known = new Map<string, readonly (readonly string[])[]>();

/** The addresses in each record of a log. A process makes them once. */
function addressesIn(rows: number, options: LogOptions): readonly (readonly string[])[] {
  const log = JSON.stringify([rows, options]);
  const addresses =
    known.get(log) ?? Array.from(logRecords(rows, options), ({ mail, ip }) => [mail, ip].filter((address) => address !== undefined));
  known.set(log, addresses);
  return addresses;
}

/** Of the messages of a log, those in which an address that it is known to hold can still be read. */
export function exposed(messages: Iterable<readonly [id: number, message: string]>, rows: number, options: LogOptions = {}): number {
  const truth = addressesIn(rows, options);
  let count = 0;
  for (const [id, message] of messages) if (truth[id - 1]!.some((address) => message.includes(address))) count++;
  return count;
}
