import type { LogEntry } from "#lab";
import { LATE, type Account } from "./_accounts.ts";
import type { Store } from "./_stores.ts";

/** A table of SQLite, in memory and in this process. The module ships with the runtime and is loaded by this variant alone. */
export async function database(): Promise<Store> {
  const { DatabaseSync } = await import("node:sqlite");
  const table = new DatabaseSync(":memory:");
  table.exec(
    "CREATE TABLE log (id INTEGER PRIMARY KEY, time INTEGER, service TEXT, level TEXT, status INTEGER, user INTEGER, latency INTEGER, trace TEXT, message TEXT)",
  );
  table.exec("BEGIN");
  const insert = table.prepare("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const byService = table.prepare(
    "SELECT service, sum(level = 'error') AS errors, sum(latency) AS latency, sum(latency >= ?) AS late FROM log GROUP BY service",
  );
  const one = table.prepare("SELECT * FROM log WHERE id = ?");
  const pragma = (name: string): number => Object.values(table.prepare(`PRAGMA ${name}`).get()!)[0] as number;
  return {
    add: ({ id, time, service, level, status, user, latency, trace, message }) =>
      void insert.run(id, time, service, level, status, user, latency, trace, message),
    trim: () => table.exec("COMMIT"),
    accounts: () =>
      new Map((byService.all(LATE) as unknown as (Account & { service: string })[]).map(({ service, ...account }) => [service, account])),
    find: (id) => one.get(id) as LogEntry | undefined,
    unseen: () => pragma("page_count") * pragma("page_size"),
    end: () => table.close(),
  };
}
