import pg from "pg";
import { ServiceFailed } from "../failed.ts";
import type { Connection } from "./keeper-protocol.ts";
import { CONNECT_TIMEOUT } from "./limits.ts";

/**
 * Version of a server, as proof that it answers a query. When this returns the server counts that client no longer.
 * @throws {ServiceFailed} it does not answer.
 */
export async function answering(connection: Connection): Promise<string> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: CONNECT_TIMEOUT, query_timeout: CONNECT_TIMEOUT });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
    // Distributions add a remark of their own in brackets.
    return rows[0]!.server_version.split(" ")[0]!;
  } catch (error) {
    throw new ServiceFailed(`Postgres was started and does not answer (${(error as NodeJS.ErrnoException).code ?? "no answer in 2 s"})`);
  } finally {
    await client.end();
  }
}
