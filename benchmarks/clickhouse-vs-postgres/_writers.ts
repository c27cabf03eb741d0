/** Several clients that insert at once. */
import pg from "pg";
import { saturate, type Engine, type Postgres } from "#lab";

/**
 * Mean seconds from a row's statement to its commit while `writers` insert one row after the other, each on a connection of its own: a
 * closed loop, so this is what a commit takes, not what somebody waits who came while all were busy.
 */
export async function commitTime(
  engine: Engine,
  statement: () => string,
  { writers, window, signal }: { readonly writers: number; readonly window: number; readonly signal: AbortSignal },
): Promise<number> {
  if (engine.engine !== "Postgres")
    return writers / (await saturate(() => engine.query(statement()), { inFlight: writers, window, signal })).perSecond;
  const free = await Promise.all(Array.from({ length: writers }, () => connected((engine as Postgres).connection)));
  const all = [...free];
  try {
    const insert = async (): Promise<void> => {
      const client = free.pop()!;
      await client.query(statement());
      free.push(client);
    };
    await insert();
    return writers / (await saturate(insert, { inFlight: writers, window, signal })).perSecond;
  } finally {
    await Promise.all(all.map((client) => client.end().catch(() => {})));
  }
}

async function connected(connection: Postgres["connection"]): Promise<pg.Client> {
  const client = new pg.Client(connection);
  // Whoever waits for an answer hears of it.
  client.on("error", () => {});
  await client.connect();
  return client;
}
