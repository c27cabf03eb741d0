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

const connected = new WeakMap<Postgres, pg.Client[]>();

/** So many connections to a server, for one trial after the other: to open one takes longer than most of what is asked through it. */
export async function connections(server: Postgres, count: number): Promise<readonly pg.Client[]> {
  const clients = connected.get(server) ?? [];
  connected.set(server, clients);
  clients.push(...(await Promise.all(Array.from({ length: Math.max(0, count - clients.length) }, () => connect(server)))));
  return clients.slice(0, count);
}

export async function connect({ connection }: Pick<Postgres, "connection">): Promise<pg.Client> {
  const client = new pg.Client(connection);
  // Whoever waits for an answer hears of what goes wrong; nobody else need.
  client.on("error", () => {});
  await client.connect();
  return client;
}
