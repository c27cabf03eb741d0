import { createHash } from "node:crypto";
import type { Engine } from "./engine.ts";
import type { Resolve } from "./package.ts";
import { binaries } from "./postgres/binaries.ts";
import type { Connection, Order } from "./postgres/keeper-protocol.ts";
import { keep } from "./postgres/owner.ts";
import { discreet } from "./secrets.ts";
import { holding, type Stored } from "./stored.ts";

export type { Connection } from "./postgres/keeper-protocol.ts";

export interface PostgresOptions {
  /** Clients that may be connected at once; one more is refused with 53300, "too many clients". 100 unless given. */
  readonly maxConnections?: number;
  /**
   * Settings of the server, as `postgresql.conf` names them (`{ wal_level: "logical" }`). A server named by `DATABASE_URL` must have them
   * already, or let a session set them.
   */
  readonly settings?: Readonly<Record<string, string>>;
  /** What it holds when it starts; nothing unless given. */
  readonly stored?: Stored<Postgres>;
}

/** A Postgres to work on: an empty database of its own, in UTF-8, sorted by code point, in UTC. Dispose it when done. */
export interface Postgres extends Engine {
  readonly engine: "Postgres";
  /** Give it to `pg.Pool` or `pg.Client`, or to another process as JSON. Printing it does not show the password. */
  readonly connection: Connection;
  readonly source: "own" | "DATABASE_URL";
  /** Clients that may be connected at once, none of them kept for anybody else. */
  readonly maxConnections: number;
}

/**
 * Starts a real Postgres on 127.0.0.1, which takes 0.3 s (the first time on a host 1 s), or makes a private database on the server that
 * `DATABASE_URL` names, and on one whose user may not make databases a private schema.
 *
 * Ours runs with Postgres's own defaults, of which the durable ones matter most: a commit returns when it is on disk. How fast that is
 * depends on what holds the directory for temporary files; where that is memory (tmpfs) a commit costs next to nothing. Its only user is
 * the superuser. It listens on 127.0.0.1 alone, asks for a password that nobody else can read, and has its data in a private directory.
 *
 * It is gone, with its processes, port, directory and shared memory, once it is disposed or this process has ended, however that comes: a
 * process of its own keeps it and sees the end of this one, and until then waits for the next that it is to keep. If that was killed as
 * well, the next start clears what is left. Where the system cannot be asked which processes work in a directory (Windows) such a server is
 * left running and its directory stays.
 *
 * Disposing rejects with `ServiceFailed` if the server ended by itself while it was in use.
 * @throws {ServiceUnavailable} this host has none: no binaries for the platform, or they do not run here, or the server that `DATABASE_URL`
 * names cannot offer what is asked.
 * @throws {ServiceFailed} a setting is refused, the server is not ready in time, or `DATABASE_URL` is wrong or does not answer within 2 s.
 */
export async function postgres(options: PostgresOptions = {}, { resolve }: { readonly resolve?: Resolve } = {}): Promise<Postgres> {
  const { maxConnections, settings = {}, stored } = options;
  const own = process.env.DATABASE_URL ? undefined : await binaries(resolve);
  const order = { settings, ...(maxConnections === undefined ? {} : { maxConnections }) };
  // Settings change what is stored (its log, its checksums), so servers that differ in them share no store.
  const kind = `postgres-${own?.version}-${createHash("sha256").update(JSON.stringify(settings)).digest("hex").slice(0, 8)}`;
  return holding(kind, (data) => started(own ? { ...order, data, binaries: own } : order), stored);
}

async function started(order: Order): Promise<Postgres> {
  // Loads the driver while the server starts.
  const driver = Promise.all([import("./postgres/answering.ts"), import("./postgres/engine.ts")]);
  const kept = await keep(order);
  try {
    const [{ answering }, { engineOn }] = await driver;
    const { version, log } = await answering(kept.connection);
    const { end, ...engine } = engineOn(kept.connection, log);
    return {
      ...engine,
      engine: "Postgres",
      connection: discreet(kept.connection),
      version,
      source: order.binaries ? "own" : "DATABASE_URL",
      maxConnections: kept.maxConnections,
      [Symbol.asyncDispose]: () => end().then(kept.release),
    };
  } catch (error) {
    await kept.release();
    throw error;
  }
}
