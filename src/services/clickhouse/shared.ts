import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from "@clickhouse/client";
import type { ClickHouse } from "../clickhouse.ts";
import { STATEMENT_TIMEOUT, type Row } from "../engine.ts";
import { ServiceFailed } from "../failed.ts";
import { named } from "../names.ts";
import { ServiceUnavailable } from "../unavailable.ts";
import { FORMAT, rowsOf } from "./answer.ts";
import { CONNECT_TIMEOUT, faultOf, isTimeout, noClickHouse } from "./shared-faults.ts";
import { OLDEST, onTables } from "./tables.ts";

/** Seconds that a server gets beyond a statement's own to say that it has given it up. */
const GRACE = 5;
/** Seconds after which a private database is taken for one that a killed process left. */
const DAY = 86_400;
/** As long as the timers of the runtime allow: what limits a statement is its own time-out. */
const NEVER = 2 ** 31 - 1; // ms

/**
 * Makes a private database on the server that `CLICKHOUSE_URL` names. Its name says when, by the server's clock: nothing on the server
 * tells that its owner has ended, so those that are older than a day are dropped here.
 */
export async function shared(address: string): Promise<ClickHouse> {
  const server = parsed(address);
  const failed = faultOf(address, [server.password, server.username, server.url.hostname, server.database]);
  const connect = (database: string, timeout: number): ClickHouseClient =>
    createClient({
      ...server,
      database,
      request_timeout: timeout,
      application: "assay",
      log: { level: ClickHouseLogLevel.OFF },
      clickhouse_settings: SETTINGS,
    });
  const doorman = connect(server.database, CONNECT_TIMEOUT);
  let client: ClickHouseClient | undefined;
  try {
    const [version, now] = await greeting(doorman);
    if (Number.parseInt(version) < OLDEST) {
      throw new ServiceUnavailable(`it needs ClickHouse ${OLDEST} or newer, and CLICKHOUSE_URL names a ClickHouse ${version}`);
    }
    const name = `assay_${now}_${randomBytes(6).toString("hex")}`;
    // From here on answers may take their time: the server is there.
    client = connect(server.database, NEVER);
    await sweep(client, now);
    await rows(client, `CREATE DATABASE ${name}`, STATEMENT_TIMEOUT);
    return engineIn(connect(name, NEVER), client, name, version, failed);
  } catch (error) {
    await client?.close();
    throw failed(error, STATEMENT_TIMEOUT);
  } finally {
    await doorman.close();
  }
}

/** As in an engine of our own. An answer is held back until it is whole, so that what fails halfway is an error and not half an answer. */
const SETTINGS = {
  session_timezone: "UTC",
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  output_format_json_quote_denormals: 1,
  wait_end_of_query: 1,
} as const;

interface Address {
  readonly url: URL;
  readonly username: string;
  readonly password: string;
  readonly database: string;
}

/** The client gets the parts one by one: what it says about an address that it does not like quotes it. */
function parsed(address: string): Address {
  try {
    const url = new URL(address);
    if (!["http:", "https:"].includes(url.protocol)) throw new TypeError("another scheme");
    const [username, password, database] = [url.username || "default", url.password, url.pathname.slice(1) || "default"].map(
      decodeURIComponent,
    );
    return { url: new URL(url.origin), username: username!, password: password!, database: database! };
  } catch {
    throw new ServiceFailed("CLICKHOUSE_URL is no address of a ClickHouse (https://user:password@host:port/database)");
  }
}

async function ask(client: ClickHouseClient, sql: string, seconds: number, values?: Readable): Promise<string> {
  const { stream } = await client.exec({
    query: sql,
    clickhouse_settings: { default_format: FORMAT, max_execution_time: seconds },
    ...(seconds === 0 ? {} : { abort_signal: AbortSignal.timeout((seconds + GRACE) * 1000) }),
    ...(values ? { values } : {}),
  } as Parameters<ClickHouseClient["exec"]>[0]);
  return text(stream);
}

const rows = async (client: ClickHouseClient, sql: string, seconds: number): Promise<readonly Row[]> =>
  rowsOf(await ask(client, sql, seconds));

/** Version of a server and its clock, in seconds. Whatever else speaks HTTP answers with something else, or refuses without a code. */
async function greeting(client: ClickHouseClient): Promise<readonly [string, number]> {
  let answer: readonly Row[];
  try {
    answer = await rows(client, "SELECT version(), toUnixTimestamp(now())", STATEMENT_TIMEOUT);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw error instanceof TypeError || (code === undefined && !isTimeout(message)) ? noClickHouse() : error;
  }
  const [version, now] = [String(answer[0]?.[0]), Number(answer[0]?.[1])];
  if (!/^\d+\.\d+/.test(version) || !(now > 0)) throw noClickHouse();
  return [version, now];
}

/** Drops what killed processes left. It may be another user's, who alone may drop it. */
async function sweep(client: ClickHouseClient, now: number): Promise<void> {
  const left = await rows(
    client,
    "SELECT name FROM system.databases WHERE match(name, '^assay_[0-9]{10}_[0-9a-f]{12}$')",
    STATEMENT_TIMEOUT,
  );
  for (const [name] of left) {
    if (Number(String(name).split("_")[1]) < now - DAY)
      await ask(client, `DROP DATABASE IF EXISTS ${name} SYNC`, STATEMENT_TIMEOUT).catch(() => {});
  }
}

function engineIn(
  client: ClickHouseClient,
  owner: ClickHouseClient,
  name: string,
  version: string,
  failed: ReturnType<typeof faultOf>,
): ClickHouse {
  const guarded = async <T>(seconds: number, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw failed(error, seconds);
    }
  };
  const query: ClickHouse["query"] = (sql, { timeout = STATEMENT_TIMEOUT } = {}) => guarded(timeout, () => rows(client, sql, timeout));
  let closing: Promise<void> | undefined;
  return {
    engine: "ClickHouse",
    version: version.split(".").slice(0, 2).join("."),
    source: "CLICKHOUSE_URL",
    query,
    load: async (table, lines) => {
      const into = `INSERT INTO ${named(table)} FORMAT TabSeparated`;
      await readable(lines);
      await guarded(0, () => ask(client, into, 0, createReadStream(lines, { highWaterMark: 1 << 20 })));
    },
    ...onTables(query),
    [Symbol.asyncDispose]: () =>
      (closing ??= (async () => {
        try {
          await guarded(STATEMENT_TIMEOUT, () => ask(owner, `DROP DATABASE IF EXISTS ${name} SYNC`, STATEMENT_TIMEOUT));
        } finally {
          await Promise.all([client.close(), owner.close()]);
        }
      })()),
  };
}

async function readable(lines: string): Promise<void> {
  try {
    await access(lines);
  } catch (error) {
    throw new ServiceFailed(`the file of lines cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
