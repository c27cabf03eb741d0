import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { STATEMENT_TIMEOUT, type Engine, type QueryOptions, type Row } from "../engine.ts";
import { ServiceFailed } from "../failed.ts";
import { named } from "../names.ts";
import { oneLine } from "../one-line.ts";
import { numberOf } from "../whole-number.ts";
import type { Connection } from "./keeper-protocol.ts";
import { CONNECT_TIMEOUT } from "./limits.ts";

export interface PostgresEngine extends Pick<Engine, "query" | "load" | "size" | "wal"> {
  /** Hangs up, if it was ever connected. */
  readonly end: () => Promise<void>;
}

const CANCELLED = "57014";

const { builtins } = pg.types;
const parsers = new Map<number, (text: string) => string | number | boolean>([
  ...[builtins.INT2, builtins.INT4, builtins.INT8, builtins.OID].map((type) => [type, numberOf] as const),
  ...[builtins.FLOAT4, builtins.FLOAT8].map((type) => [type, Number] as const),
  [builtins.BOOL, (text) => text === "t"],
]);
/** Everything else stays the text that the server sends. */
export const types = { getTypeParser: (type: number) => parsers.get(type) ?? ((text: string) => text) };

/**
 * What all engines can do, on a server that runs. Connects when it is first asked something.
 * @param begin position of the write-ahead log when the server was started.
 */
export function engineOn(connection: Connection, begin: string): PostgresEngine {
  let connecting: Promise<pg.Client> | undefined;
  let allowed: number | undefined;
  const connected = (): Promise<pg.Client> => (connecting ??= connect(connection));
  const allow = async (client: pg.Client, seconds: number): Promise<void> => {
    if (allowed !== seconds) await client.query(`SET statement_timeout = ${Math.ceil(seconds * 1e3)}`);
    allowed = seconds;
  };
  const run = async <T>(timeout: number, work: (client: pg.Client) => Promise<T>): Promise<T> => {
    try {
      const client = await connected();
      await allow(client, timeout);
      return await work(client);
    } catch (error) {
      throw fault(error, timeout);
    }
  };
  const query = (sql: string, { timeout = STATEMENT_TIMEOUT }: QueryOptions = {}): Promise<readonly Row[]> =>
    run(timeout, async (client) => (await client.query<unknown[]>({ text: sql, rowMode: "array", types })).rows as unknown as Row[]);
  return {
    query,
    // As long as it takes: a trial has a time-out of its own.
    load: (table, lines) =>
      run(
        0,
        async (client) =>
          void (await pipeline(createReadStream(lines, { highWaterMark: 1 << 20 }), client.query(copyFrom(`COPY ${table} FROM STDIN`)))),
      ),
    size: async (table) => {
      await query("CHECKPOINT");
      const [row] = await query(`SELECT pg_table_size('${named(table)}'), pg_indexes_size('${named(table)}')`);
      return { table: row![0] as number, indexes: row![1] as number };
    },
    wal: async () => (await query(`SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '${begin}')::bigint`))[0]![0] as number,
    end: async () => {
      await (await connecting?.catch(() => undefined))?.end().catch(() => {});
    },
  };
}

async function connect(connection: Connection): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: CONNECT_TIMEOUT });
  // Whoever waits for an answer hears of it; nobody else need.
  client.on("error", () => {});
  await client.connect();
  await client.query("SET TIME ZONE 'UTC'");
  return client;
}

/** The server's first sentence says what was wrong; where it names a path, only its last part is left. */
function fault(error: unknown, timeout: number): unknown {
  if (error instanceof RangeError || error instanceof ServiceFailed) return error;
  const { code, message, where } = error as Partial<pg.DatabaseError>;
  if (code === CANCELLED) return new ServiceFailed(`Postgres took longer than ${timeout} s`);
  if (code === "53100" || code === "ENOSPC") return new ServiceFailed("Postgres could not write: the disk is full");
  const at = where?.match(/line \d+/)?.[0];
  return new ServiceFailed(oneLine(`Postgres failed: ${(message ?? String(error)).split("\n")[0]}${at ? ` (${at})` : ""}`));
}
