import pg from "pg";
import { postgres, type Postgres, type PostgresOptions } from "#lab";

const servers = new Map<string, Promise<Postgres>>();

/**
 * A server for all trials of a process, started by the first that asks for it. No trial closes it, because the next one wants it; it goes
 * with the process, whose end its keeper sees.
 */
export function serverOfThisProcess(options: PostgresOptions = {}): Promise<Postgres> {
  const name = options.stored?.name ?? "";
  const server = servers.get(name) ?? postgres(options);
  servers.set(name, server);
  return server;
}

export async function connect({ connection }: Pick<Postgres, "connection">): Promise<pg.Client> {
  const client = new pg.Client(connection);
  // Whoever waits for an answer hears of what goes wrong; nobody else need.
  client.on("error", () => {});
  await client.connect();
  return client;
}
