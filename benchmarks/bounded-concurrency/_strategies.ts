/** Five ways to put ten thousand queries to one database. See `speed-limit.ts`. */
import type { Socket } from "node:net";
import pLimit from "p-limit";
import pg from "pg";
import { Refused, type Burst, type Postgres } from "#lab";

/** What each task asks for: it waits 5 ms on the server, as if for a disk. */
const QUERY = "SELECT pg_sleep(0.005)";

/** A server and the connections that are open to it or being opened. */
export interface Downstream extends AsyncDisposable {
  readonly server: Postgres;
  readonly limit: number;
  readonly asked: { now: number; peak: number };
  readonly clients: Set<pg.Client>;
}

export type Strategy = (downstream: Downstream, burst: Burst) => Promise<unknown>;

/** Waits for the work, or for the end of the burst, which leaves the rest undone. */
const until = (over: AbortSignal, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, new Promise((resolve) => over.addEventListener("abort", resolve, { once: true }))]);

/** Hangs up at once, in whatever state a connection is: thousands of greetings would otherwise still be exchanged. */
export function hangUp(client: pg.Client): void {
  (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
}

/** Connects, or throws `Refused` if the server has no place for one more client. */
async function connect({ server, asked, clients }: Downstream): Promise<pg.Client> {
  const client = new pg.Client(server.connection);
  clients.add(client);
  // A connection that the end of the burst breaks is nobody's concern any more.
  client.on("error", () => {});
  client.on("end", () => {
    asked.now--;
    clients.delete(client);
  });
  asked.peak = Math.max(asked.peak, ++asked.now);
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw refusal(error);
  }
}

const refusal = (error: unknown): unknown =>
  (error as { code?: string }).code === "53300" ? new Refused("53300", { cause: error }) : error;

async function alone(downstream: Downstream): Promise<void> {
  const client = await connect(downstream);
  await client.query(QUERY);
  await client.end();
}

export const clientPerTask: Strategy = (downstream, { tasks, task }) =>
  Promise.all(Array.from({ length: tasks }, () => task(() => alone(downstream))));

export const limited: Strategy = (downstream, { tasks, task, over }) => {
  const limit = pLimit(downstream.limit);
  const unlessOver = async (): Promise<void> => void (over.aborted || (await task(() => alone(downstream))));
  return Promise.all(Array.from({ length: tasks }, () => limit(unlessOver)));
};

export const pooled: Strategy = async ({ server, limit, asked }, { tasks, task, over }) => {
  const pool = new pg.Pool({ ...server.connection, max: limit });
  pool.on("error", () => {});
  const query = async (): Promise<void> => {
    try {
      await pool.query(QUERY);
    } catch (error) {
      throw refusal(error);
    } finally {
      asked.peak = Math.max(asked.peak, pool.totalCount);
    }
  };
  await until(over, Promise.all(Array.from({ length: tasks }, () => task(query))));
};

/** Works through what the iterator still has on one connection; hands back how that went. */
async function pull(downstream: Downstream, { task, over }: Burst, items: Iterator<number>, go: () => boolean): Promise<void> {
  let client: pg.Client | undefined;
  while (go() && !over.aborted && !items.next().done) {
    const end = await task(async () => {
      client ??= await connect(downstream);
      await client.query(QUERY);
    });
    if (end !== "completed") break;
  }
  await client?.end();
}

export const pullers: Strategy = (downstream, it) => {
  const items = Array(it.tasks).keys();
  return Promise.all(Array.from({ length: downstream.limit }, () => pull(downstream, it, items, () => true)));
};

export const adaptive: Strategy = async (downstream, it) => {
  const items = Array(it.tasks).keys();
  let allowed = 1;
  let running = 0;
  let answers = 0;
  const loops: Promise<void>[] = [];
  const counted: Burst = {
    ...it,
    task: async (body) => {
      const end = await it.task(body);
      if (end === "completed" && ++answers % 5 === 0) allowed = Math.min(downstream.limit, allowed + 1);
      if (end !== "completed") allowed = Math.max(1, Math.floor(allowed / 2));
      for (let place = running; place < allowed && !it.over.aborted; place++) begin();
      return end;
    },
  };
  const begin = (): void => {
    const place = running++;
    loops.push(pull(downstream, counted, items, () => place < allowed).finally(() => running--));
  };
  begin();
  for (let loop = 0; loop < loops.length; loop++) await loops[loop];
};
