import { randomBytes } from "node:crypto";
import pg from "pg";
import { ServiceFailed } from "../failed.ts";
import { ServiceUnavailable } from "../unavailable.ts";
import type { Order, Start } from "./keeper-protocol.ts";
import { CONNECT_TIMEOUT } from "./limits.ts";
import { faultOf } from "./shared-faults.ts";

const OLDEST = 13;
const LOCK_TIMEOUT = 5000; // ms

/** What the server that `DATABASE_URL` names is, and what its user may do there. */
interface Facts {
  readonly version: number;
  readonly most: number;
  readonly reserved: number;
  readonly superuser: boolean;
  readonly creates: boolean;
  /** Identity of the database that the address names. */
  readonly home: string;
}

/**
 * Makes a private database on the server that `DATABASE_URL` names, or a private schema if its user may not make databases, and drops
 * it at the end. As long as it is in use an advisory lock is held on it, which the server gives up however the holder ends: what has
 * no holder is dropped by the next start.
 */
export const openShared: Start = async (order, signal) => {
  const address = process.env.DATABASE_URL!;
  const fault = faultOf(address);
  let client: pg.Client;
  try {
    client = new pg.Client({
      connectionString: address,
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      application_name: "assay",
      keepAlive: true,
      // Dropping waits for whoever still works in a schema; what cannot be dropped now the next start drops.
      lock_timeout: LOCK_TIMEOUT,
    });
  } catch {
    throw new ServiceFailed("DATABASE_URL is no address of a Postgres (postgres://user:password@host:port/database)");
  }
  let broken: string | undefined;
  client.on("error", () => (broken ??= "the server that DATABASE_URL names closed its connection"));
  try {
    await client.connect();
    signal.throwIfAborted();
    const facts = await factsOf(client);
    const most = connections(order, facts);
    const changed = await changedSettings(client, order);
    await sweep(client, facts);
    const { name, kind } = await make(client, facts, order);
    let closing: Promise<string | undefined> | undefined;
    const close = (): Promise<string | undefined> =>
      (closing ??= drop(client, kind, name)
        .catch((error: unknown) => (broken ??= fault(error, client).message))
        .then(() => client.end())
        .then(() => broken));
    const session = { ...(kind === "SCHEMA" ? { search_path: name } : {}), timezone: "UTC", ...changed };
    return {
      connection: {
        host: client.host,
        port: client.port,
        user: client.user ?? "",
        password: passwordOf(client),
        database: kind === "DATABASE" ? name : client.database!,
        ...tlsOf(client),
        options: Object.entries(session)
          .map(([key, value]) => `-c ${key}=${value.replace(/[\\\s]/g, "\\$&")}`)
          .join(" "),
      },
      maxConnections: most,
      close,
    };
  } catch (error) {
    await client.end().catch(() => {});
    signal.throwIfAborted();
    throw fault(error, client);
  }
};

/** A password may also come from PGPASSWORD; one from a password file stays with the driver, which reads it again. */
const passwordOf = (client: pg.Client): string => (typeof client.password === "string" ? client.password : "");

/** The driver hides the key of a client's certificate from being copied. */
function tlsOf({ ssl }: pg.Client): { ssl?: boolean | object } {
  if (typeof ssl !== "object") return ssl ? { ssl } : {};
  const { key } = ssl as { key?: string };
  return { ssl: { ...(ssl as object), ...(key === undefined ? {} : { key }) } };
}

async function factsOf(client: pg.Client): Promise<Facts> {
  const { rows } = await client.query<Facts>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version, current_setting('max_connections')::int AS most,
            current_setting('superuser_reserved_connections')::int AS reserved, rolsuper AS superuser,
            rolsuper OR rolcreatedb AS creates, (SELECT oid FROM pg_database WHERE datname = current_database())::text AS home
       FROM pg_roles WHERE rolname = current_user`,
  );
  const facts = rows[0]!;
  if (facts.version < OLDEST) {
    throw new ServiceUnavailable(`it needs Postgres ${OLDEST} or newer, and DATABASE_URL names a Postgres ${facts.version}`);
  }
  return facts;
}

/** How many clients may be connected: a limit on the private database holds for its users, but no limit holds for superusers. */
function connections({ maxConnections }: Order, { most, reserved, superuser, creates }: Facts): number {
  const offered = superuser ? most : most - reserved;
  if (maxConnections !== undefined && maxConnections > offered) {
    throw new ServiceUnavailable(`it needs ${maxConnections} connections, and the server that DATABASE_URL names allows ${offered}`);
  }
  return superuser || !creates ? offered : (maxConnections ?? offered);
}

/** Those of the asked settings that each session must change. A server that is not ours keeps all others as they are. */
async function changedSettings(client: pg.Client, { settings }: Order): Promise<Record<string, string>> {
  const changed: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings)) {
    const { rows } = await client.query<{ now: string | null }>("SELECT current_setting($1, true) AS now", [name]);
    if (rows[0]!.now === value) continue;
    try {
      await client.query("SELECT set_config($1, $2, true)", [name, value]);
      changed[name] = value;
    } catch (error) {
      const { code } = error as pg.DatabaseError;
      if (code === "22023") throw new ServiceFailed(`Postgres refuses ${name} = ${value}`);
      if (code !== "55P02" && code !== "42501" && code !== "42704") throw error;
      const now = rows[0]!.now ?? "unknown";
      throw new ServiceUnavailable(`it needs ${name} = ${value}, and on the server that DATABASE_URL names it is ${now}`);
    }
  }
  return changed;
}

type Kind = "DATABASE" | "SCHEMA";

async function make(client: pg.Client, { home, creates, version, superuser }: Facts, order: Order): Promise<{ name: string; kind: Kind }> {
  const lock = randomBytes(7).toString("hex");
  const name = `assay_${home}_${lock}`;
  await client.query("SELECT pg_advisory_lock($1)", [BigInt(`0x${lock}`)]);
  if (!creates) {
    await client.query(`CREATE SCHEMA ${name}`);
    return { name, kind: "SCHEMA" };
  }
  // As in a server of our own, nothing depends on the locale of the machine.
  const locale = version >= 17 ? "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'" : "LOCALE 'C'";
  const limit = superuser ? "" : `CONNECTION LIMIT ${order.maxConnections ?? -1}`;
  await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' ${locale} ${limit}`);
  return { name, kind: "DATABASE" };
}

async function drop(client: pg.Client, kind: Kind, name: string): Promise<void> {
  await client.query(kind === "DATABASE" ? `DROP DATABASE IF EXISTS ${name} WITH (FORCE)` : `DROP SCHEMA IF EXISTS ${name} CASCADE`);
}

/** Drops what earlier starts left. Only names that were made from this very database: advisory locks of another are not seen here. */
async function sweep(client: pg.Client, { home }: Facts): Promise<void> {
  const { rows } = await client.query<{ kind: Kind; name: string }>(
    `SELECT 'DATABASE' AS kind, datname AS name FROM pg_database UNION ALL SELECT 'SCHEMA', nspname FROM pg_namespace`,
  );
  for (const { kind, name } of rows) {
    const lock = name.match(`^assay_${home}_([0-9a-f]{14})$`)?.[1];
    if (lock === undefined) continue;
    const key = [BigInt(`0x${lock}`)];
    const tried = await client.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1) AS free", key);
    if (!tried.rows[0]!.free) continue;
    // It may be another user's, who alone may drop it.
    await drop(client, kind, name).catch(() => {});
    await client.query("SELECT pg_advisory_unlock($1)", key);
  }
}
