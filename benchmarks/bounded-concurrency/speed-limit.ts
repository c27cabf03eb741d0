/**
 * Ten thousand queries want the same Postgres at the same instant, and it takes fifty clients. Each query waits 5 ms on the server, as if
 * for a disk, so the server answers two hundred times a second for each client it has, until its processors are busy.
 *
 * *Client per task* is the post's naive loop: every task connects for itself, all at once, whatever the limit. *p-limit* is the same
 * with a cap on the tasks under way. *Pool* starts all tasks and lets them queue for the connections of a pool of that size. *Pullers*
 * are that many loops over one iterator, each with a connection of its own. *Adaptive* begins with one such loop, adds one after every
 * five answers until it is refused, and then gives up a half (additive increase, multiplicative decrease: Chiu and Jain,
 * 1989), never above the limit. The sweep moves the limit from one to all ten thousand.
 *
 * A goroutine per query and a promise per query ask the same of a database, so this carries over as it stands.
 *
 * How you could be fooled: by counting only what was answered (what was refused, and what was still under way at the end, is counted
 * too); by a server that keeps connections for its own staff (here none are); by latencies that begin when a connection is free (they
 * begin when the burst does); and by a run that waits for ten thousand refusals (a trial ends with its window).
 */
import type { Socket } from "node:net";
import pLimit from "p-limit";
import pg from "pg";
import {
  burst,
  count,
  exact,
  perSecond,
  postgres,
  ratio,
  Refused,
  scenario,
  seconds,
  value,
  type Burst,
  type Postgres,
  type Stage,
} from "#lab";
import article from "./article.ts";

const TASKS = 10_000;
const CONNECTIONS = 50;
const QUERY = "SELECT pg_sleep(0.005)";
const SERVICE = 0.005;
/** Seconds; with the three that a burst may wait for its first answer a trial ends within five. */
const LONGEST_WINDOW = 1;

/** A server and the connections that are open to it or being opened. */
interface Downstream extends AsyncDisposable {
  readonly server: Postgres;
  readonly limit: number;
  readonly asked: { now: number; peak: number };
  readonly clients: Set<pg.Client>;
}

type Strategy = (downstream: Downstream, burst: Burst) => Promise<unknown>;

/** Waits for the work, or for the end of the burst, which leaves the rest undone. */
const until = (over: AbortSignal, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, new Promise((resolve) => over.addEventListener("abort", resolve, { once: true }))]);

/** Hangs up at once, in whatever state a connection is: thousands of greetings would otherwise still be exchanged. */
function hangUp(client: pg.Client): void {
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

const clientPerTask: Strategy = (downstream, { tasks, task }) =>
  Promise.all(Array.from({ length: tasks }, () => task(() => alone(downstream))));

const limited: Strategy = (downstream, { tasks, task, over }) => {
  const limit = pLimit(downstream.limit);
  const unlessOver = async (): Promise<void> => void (over.aborted || (await task(() => alone(downstream))));
  return Promise.all(Array.from({ length: tasks }, () => limit(unlessOver)));
};

const pooled: Strategy = async ({ server, limit, asked }, { tasks, task, over }) => {
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

const pullers: Strategy = (downstream, it) => {
  const items = Array(it.tasks).keys();
  return Promise.all(Array.from({ length: downstream.limit }, () => pull(downstream, it, items, () => true)));
};

const adaptive: Strategy = async (downstream, it) => {
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

const told =
  (strategy: Strategy) =>
  async (downstream: Downstream, { window, signal }: Stage) => {
    const tally = await burst({ tasks: TASKS, window: Math.min(window, LONGEST_WINDOW), signal }, (it) => {
      it.over.addEventListener("abort", () => downstream.clients.forEach(hangUp), { once: true });
      return strategy(downstream, it);
    });
    // Where nothing was answered the median task waited at least until the end.
    const median = tally.latency.percentile(0.5) ?? tally.rampUp;
    return {
      goodput: tally.goodput,
      refused: tally.refused,
      failed: tally.failed,
      unfinished: tally.unfinished,
      median,
      rampUp: tally.rampUp,
      connections: downstream.asked.peak,
      tooMany: tally.refused > 0 ? 1 : 0,
      choked: median > 2 * SERVICE ? 1 : 0,
    };
  };

export default scenario(article, {
  question: "How many queries at once does a database of fifty connections want?",
  sweep: { limit: [1, 5, 10, 25, 40, 50, 100, 1_000, 10_000] },
  quick: { limit: [40] },
  timeout: 5,
  metrics: {
    goodput: perSecond("higher", "queries answered"),
    refused: count("lower", "queries refused"),
    failed: count("lower", "queries that failed otherwise"),
    unfinished: count("lower", "queries unanswered at the end"),
    median: seconds("lower", "median wait for an answer"),
    rampUp: seconds("lower", "time to the full rate"),
    connections: count("lower", "connections asked for at once"),
    tooMany: exact(count("lower", "whether there were too many clients")),
    choked: exact(count("lower", "whether waiting outweighed working")),
  },
  async setup({ limit }): Promise<Downstream> {
    const server = await postgres({ maxConnections: CONNECTIONS });
    return { server, limit, asked: { now: 0, peak: 0 }, clients: new Set(), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  },
  variants: {
    pool: told(pooled),
    pullers: told(pullers),
    "p-limit": told(limited),
    adaptive: told(adaptive),
    "client per task": told(clientPerTask),
  },
  claims: {
    "bounded-03": [
      {
        says: "through a pool of 40 the server never has too many clients",
        holds: value("pool", "tooMany").between(0, 0),
        at: { limit: 40 },
      },
      { says: "nor with at most 40 tasks at once (p-limit)", holds: value("p-limit", "tooMany").between(0, 0), at: { limit: 40 } },
    ],
    "bounded-04": [
      {
        says: "the naive loop is at its full rate no later than a pool of 40",
        holds: ratio("client per task", "pool", "rampUp").atMost(1),
        at: { limit: 40 },
      },
    ],
    "bounded-05": [
      {
        says: "unbounded, connections to a server of fifty fail: too many clients",
        holds: value("client per task", "tooMany").between(1, 1),
        at: { limit: 40 },
      },
    ],
    "bounded-08": [
      {
        says: "the database does not cope with 10,000 at once: it refuses some of them",
        holds: value("client per task", "tooMany").between(1, 1),
        at: { limit: 40 },
      },
    ],
    "bounded-10": [
      {
        says: "in a burst of 10,000 on a pool of 40 the median query waits longer for a connection than it takes to be answered",
        holds: value("pool", "choked").between(1, 1),
        at: { limit: 40 },
      },
    ],
    "bounded-11": [
      {
        says: "without a cap the connections are demanded at the same instant: at least ten times as many as a pool of 40 asks for",
        holds: ratio("client per task", "pool", "connections").atLeast(10),
        at: { limit: 40 },
      },
    ],
  },
});
