import { randomBytes } from "node:crypto";
import pg from "pg";
import { LogicalReplicationService, PgoutputPlugin, type Pgoutput } from "pg-logical-replication";
import { ServiceFailed } from "../failed.ts";
import { oneLine } from "../one-line.ts";
import { ServiceUnavailable } from "../unavailable.ts";
import { types } from "./engine.ts";
import type { Connection } from "./keeper-protocol.ts";
import { CONNECT_TIMEOUT } from "./limits.ts";
import { gathering, type Transaction } from "./transactions.ts";

export type { Change, Transaction, Values } from "./transactions.ts";

export interface Followed {
  /** Tables with a primary key. That one was truncated is not told. */
  readonly tables: readonly string[];
}

/** Follows until it is disposed. */
export interface Following extends AsyncDisposable {
  /** Resolves when all that was committed before the call has been applied. @throws {ServiceFailed} following came to an end. */
  caughtUp(): Promise<void>;
}

/** Of logical replication before, the server did not send what marks a position. */
const OLDEST = 14;
const PREFIX = "assay";

/**
 * Follows the changes of tables by Postgres's logical replication (output plugin `pgoutput`): makes a publication and a temporary slot,
 * and hands over every transaction that commits from now on, in the order of the commits, none twice. What came while `apply` was at work
 * is handed over together, so that a store for which a transaction of its own for each would be slow takes them in one. The server is told
 * that it may forget them when `apply` is done. What waits for that, waits in the memory of this process.
 *
 * When disposed the slot and the publication are gone; a temporary slot goes with its connection, however that ends.
 *
 * The stream is read by the package `pg-logical-replication`. Three of its ways are not followed: its flow control goes on with the next
 * message after a failure, its timer acknowledges what was received and not yet applied, and its slots have to be there before.
 * @param apply writes them where they are to be seen. What it throws ends the following, and disposing throws it.
 * @throws {ServiceUnavailable} the server does not log what is needed (`wal_level` is not `logical`), has no slot left, or its user may
 *   not replicate.
 * @throws {ServiceFailed} a table is not there or has no primary key, or the server refused in another way.
 */
export async function followChanges(
  connection: Connection,
  { tables }: Followed,
  apply: (transactions: readonly Transaction[]) => void | Promise<void>,
): Promise<Following> {
  // The publication has the same name. What a killed process left of its own is in nobody's way.
  const name = `assay_${randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: CONNECT_TIMEOUT });
  const service = new LogicalReplicationService(
    { ...connection, connectionTimeoutMillis: CONNECT_TIMEOUT },
    {
      acknowledge: { auto: false, timeoutSeconds: 0 },
    },
  );
  const stream = gathering(apply, (position) => void service.acknowledge(lastByteBefore(position)));
  let closing = false;
  const broken = (error: unknown): void => {
    if (!closing) stream.fail(fault(error));
  };
  client.on("error", broken);
  service.on("error", broken);
  service.on("data", (_position: string, message: Pgoutput.Message) => stream.take(message));
  service.on("heartbeat", (position, _time, answer) => stream.idle(position, answer));
  let published = false;
  const close = async (): Promise<void> => {
    closing = true;
    await service.destroy().catch(() => {});
    if (published) await client.query(`DROP PUBLICATION IF EXISTS ${name}`).catch(() => {});
    await client.end().catch(() => {});
  };
  try {
    await client.connect();
    await mustLog(client);
    await mustHaveKeys(client, tables);
    await client.query(`CREATE PUBLICATION ${name} FOR TABLE ${tables.join(", ")} WITH (publish = 'insert, update, delete')`);
    published = true;
    await started(service, new TemporarySlot(name, stream.idle), name, broken);
  } catch (error) {
    await close();
    throw fault(error);
  }
  let disposing: Promise<void> | undefined;
  return {
    caughtUp: async () => {
      const mark = `${name}-${randomBytes(6).toString("hex")}`;
      const reached = stream.reached(mark);
      reached.catch(() => {});
      await client.query("SELECT pg_logical_emit_message(true, $1, $2)", [PREFIX, mark]).catch(broken);
      await reached;
    },
    [Symbol.asyncDispose]: () => (disposing ??= close().then(() => stream.end())),
  };
}

/** Begins a stream with making the slot, for a temporary one belongs to the connection; and reads values as `Engine.query` does. */
class TemporarySlot extends PgoutputPlugin {
  readonly #begins: (position: string, answer: boolean) => void;

  constructor(publication: string, begins: (position: string, answer: boolean) => void) {
    super({ protoVersion: 1, publicationNames: [publication], messages: true });
    this.#begins = begins;
  }

  override async start(client: pg.Client, slot: string, position: string): Promise<unknown> {
    const { rows } = await client.query<{ consistent_point: string }>(
      `CREATE_REPLICATION_SLOT "${slot}" TEMPORARY LOGICAL pgoutput NOEXPORT_SNAPSHOT`,
    );
    this.#begins(rows[0]!.consistent_point, false);
    return super.start(client, slot, position);
  }

  override parse(buffer: Buffer): Pgoutput.Message {
    const message = super.parse(buffer) as Pgoutput.Message;
    // The parser keeps this very object for the rows that follow.
    if (message.tag === "relation") for (const column of message.columns) column.parser = types.getTypeParser(column.typeOid);
    return message;
  }
}

/** Resolves when the stream has begun; it goes on until the service is stopped. */
function started(
  service: LogicalReplicationService,
  plugin: PgoutputPlugin,
  slot: string,
  broken: (error: unknown) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    service.on("start", resolve);
    const ended = (error: unknown): void => {
      broken(error);
      reject(error as Error);
    };
    service.subscribe(plugin, slot).then(() => ended(new ServiceFailed("Postgres ended the stream of its changes")), ended);
  });
}

async function mustLog(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ level: string; version: number }>(
    "SELECT current_setting('wal_level') AS level, current_setting('server_version_num')::int / 10000 AS version",
  );
  const { level, version } = rows[0]!;
  if (version < OLDEST) throw new ServiceUnavailable(`it needs Postgres ${OLDEST} or newer, and this is Postgres ${version}`);
  if (level !== "logical") throw new ServiceUnavailable(`it needs Postgres with wal_level = logical, and on this server it is ${level}`);
}

/** Without a key the server would refuse every update and delete of the table to whoever makes it. */
async function mustHaveKeys(client: pg.Client, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await client.query("SELECT FROM pg_index WHERE indrelid = $1::regclass AND indisprimary", [table]);
    if (rows.length === 0) throw new ServiceFailed(`the table ${table} has no primary key, so its changes cannot be followed`);
  }
}

/** The package acknowledges the byte behind the one that it is given. */
function lastByteBefore(position: string): string {
  const [high, low] = position.split("/").map((part) => BigInt(`0x${part}`));
  const last = (high! << 32n) + low! - 1n;
  return `${(last >> 32n).toString(16)}/${(last & 0xffffffffn).toString(16)}`;
}

/** Codes of Postgres for what a server does not offer (appendix A of its manual). */
const UNAVAILABLE: Readonly<Record<string, string>> = {
  "42501": "its user may not replicate",
  "53300": "it has no place for one more replication",
  "53400": "it has no replication slot left",
};

function fault(error: unknown): Error {
  if (error instanceof ServiceUnavailable || error instanceof ServiceFailed) return error;
  const { code, message } = error as Partial<pg.DatabaseError>;
  const lacks = UNAVAILABLE[code ?? ""];
  if (lacks !== undefined) return new ServiceUnavailable(`it needs the changes of a Postgres, and ${lacks}`);
  // What the server says is its own sentence; what the system says may name the address.
  if (!/^[0-9A-Z]{5}$/.test(code ?? ""))
    return new ServiceFailed(`the stream of Postgres's changes broke${code === undefined ? "" : ` (${code})`}`);
  return new ServiceFailed(oneLine(`Postgres failed: ${message!}`));
}
