/** Six ways to hold the same log records in memory, and two questions that each must answer. */
import type { LogEntry } from "#lab";
import { account, LATE, type Accounts } from "./_accounts.ts";
import { growing, Words } from "./_columns.ts";

/** Filled in the order of ids, trimmed, then asked. */
export interface Store {
  add(record: LogEntry): void;
  /** Gives back what was held in reserve for records that did not come. */
  trim(): void;
  /** Reads three fields of every record. */
  accounts(): Accounts;
  /** Wants all fields of one record. */
  find(id: number): LogEntry | undefined;
  /** Bytes held that the runtime does not count. */
  unseen?(): number;
  end?(): void;
}

function accountsOf(records: Iterable<LogEntry>): Accounts {
  const accounts: Accounts = new Map();
  for (const { service, level, latency } of records) account(accounts, service, level, latency);
  return accounts;
}

/** Where an id stands among ascending ones, by halving. */
function placeOf(id: number, count: number, idAt: (index: number) => number): number {
  let low = 0;
  for (let high = count; low < high;) {
    const middle = (low + high) >>> 1;
    if (idAt(middle) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function listed(kept: (record: LogEntry) => LogEntry): Store {
  let records: LogEntry[] = [];
  return {
    add: (record) => void records.push(kept(record)),
    trim: () => void (records = records.slice()),
    accounts: () => accountsOf(records),
    find: (id) => records[placeOf(id, records.length, (index) => records[index]!.id)],
  };
}

/** An array of what `JSON.parse` returned. */
export const objects = (): Store => listed((record) => record);

class Entry implements LogEntry {
  readonly id;
  readonly time;
  readonly service;
  readonly level;
  readonly status;
  readonly user;
  readonly latency;
  readonly trace;
  readonly message;
  constructor({ id, time, service, level, status, user, latency, trace, message }: LogEntry) {
    this.id = id;
    this.time = time;
    this.service = service;
    this.level = level;
    this.status = status;
    this.user = user;
    this.latency = latency;
    this.trace = trace;
    this.message = message;
  }
}

/** An array of instances of a class. */
export const instances = (): Store => listed((record) => new Entry(record));

/** The parsed objects, found by their id. */
export function keyed(): Store {
  const records = new Map<number, LogEntry>();
  return {
    add: (record) => void records.set(record.id, record),
    trim() {},
    accounts: () => accountsOf(records.values()),
    find: (id) => records.get(id),
  };
}

/** A typed array for each number, an array of strings for each text. */
export function columns(): Store {
  const numbers = {
    id: growing(Uint32Array),
    time: growing(Float64Array),
    status: growing(Uint16Array),
    user: growing(Uint32Array),
    latency: growing(Uint32Array),
  };
  const texts = {
    service: [] as LogEntry["service"][],
    level: [] as LogEntry["level"][],
    trace: [] as string[],
    message: [] as string[],
  };
  const { id, time, status, user, latency } = numbers;
  return {
    add(record) {
      for (const [name, column] of Object.entries(numbers)) column.push(record[name as keyof typeof numbers]);
      texts.service.push(record.service);
      texts.level.push(record.level);
      texts.trace.push(record.trace);
      texts.message.push(record.message);
    },
    trim() {
      for (const column of Object.values(numbers)) column.trim();
      texts.service = texts.service.slice();
      texts.level = texts.level.slice();
      texts.trace = texts.trace.slice();
      texts.message = texts.message.slice();
    },
    accounts() {
      const accounts: Accounts = new Map();
      const { service, level } = texts;
      const { values } = latency;
      for (let at = 0; at < service.length; at++) account(accounts, service[at]!, level[at]!, values[at]!);
      return accounts;
    },
    find(wanted) {
      const at = placeOf(wanted, texts.trace.length, (index) => id.values[index]!);
      if (id.values[at] !== wanted) return undefined;
      const [service, level] = [texts.service[at]!, texts.level[at]!];
      const [trace, message] = [texts.trace[at]!, texts.message[at]!];
      return {
        id: wanted,
        time: time.values[at]!,
        service,
        level,
        status: status.values[at]!,
        user: user.values[at]!,
        latency: latency.values[at]!,
        trace,
        message,
      };
    },
  };
}

/** A byte or two for what repeats, the bytes themselves for what does not: the trace as 16 of them, messages as UTF-8 end to end. */
export function encoded(): Store {
  const [service, level] = [new Words<LogEntry["service"]>(), new Words<LogEntry["level"]>()];
  const [id, user, latency] = [growing(Uint32Array), growing(Uint32Array), growing(Uint32Array)];
  /** Milliseconds since the first record: seven weeks fit. */
  const [since, status] = [growing(Uint32Array), growing(Uint16Array)];
  const [traces, messages, ends] = [growing(Uint8Array), growing(Uint8Array), growing(Uint32Array)];
  let began: number | undefined;
  return {
    add(record) {
      began ??= record.time;
      id.push(record.id);
      since.push(record.time - began);
      service.push(record.service);
      level.push(record.level);
      status.push(record.status);
      user.push(record.user);
      latency.push(record.latency);
      traces.append(Buffer.from(record.trace, "hex"));
      messages.append(Buffer.from(record.message));
      ends.push(messages.length);
    },
    trim() {
      for (const column of [id, since, service.codes, level.codes, status, user, latency, traces, messages, ends]) column.trim();
    },
    accounts() {
      const [services, levels, latencies] = [service.codes.values, level.codes.values, latency.values];
      const error = level.codeOf("error");
      const [errors, sums, late] = [new Float64Array(256), new Float64Array(256), new Float64Array(256)];
      for (let at = 0; at < latencies.length; at++) {
        const code = services[at]!;
        const took = latencies[at]!;
        if (levels[at] === error) errors[code]!++;
        sums[code]! += took;
        if (took >= LATE) late[code]!++;
      }
      return new Map(service.words.map((word, code) => [word, { errors: errors[code]!, latency: sums[code]!, late: late[code]! }]));
    },
    find(wanted) {
      const at = placeOf(wanted, id.length, (index) => id.values[index]!);
      if (id.values[at] !== wanted) return undefined;
      return {
        id: wanted,
        time: began! + since.values[at]!,
        service: service.at(at),
        level: level.at(at),
        status: status.values[at]!,
        user: user.values[at]!,
        latency: latency.values[at]!,
        trace: textIn(traces.values, 16 * at, 16 * at + 16, "hex"),
        message: textIn(messages.values, at === 0 ? 0 : ends.values[at - 1]!, ends.values[at]!, "utf8"),
      };
    },
  };
}

const textIn = ({ buffer }: Uint8Array<ArrayBuffer>, from: number, to: number, as: BufferEncoding): string =>
  Buffer.from(buffer, from, to - from).toString(as);
