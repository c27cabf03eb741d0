import pg from "pg";
import { ServiceFailed } from "../failed.ts";
import type { Connection } from "./keeper-protocol.ts";
import { CONNECT_TIMEOUT } from "./limits.ts";

/** What a server says of itself. */
export interface Answer {
  readonly version: string;
  /** Position of its write-ahead log, where its user may know it. */
  readonly log: string;
}

/**
 * Version of a server and position of its log, as proof that it answers a query. When this returns the server counts that client no longer.
 * @throws {ServiceFailed} it does not answer.
 */
export async function answering(connection: Connection): Promise<Answer> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: CONNECT_TIMEOUT, query_timeout: CONNECT_TIMEOUT });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<Answer>(
      "SELECT current_setting('server_version') AS version, pg_current_wal_insert_lsn()::text AS log",
    );
    const { version, log } = rows[0]!;
    // Distributions add a remark of their own in brackets.
    return { version: version.split(" ")[0]!, log };
  } catch (error) {
    throw new ServiceFailed(`Postgres was started and does not answer (${(error as NodeJS.ErrnoException).code ?? "no answer in 2 s"})`);
  } finally {
    await client.end();
  }
}
