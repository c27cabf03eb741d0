/** What the load generator drives: customers who leave jobs and note which ones were accepted. */
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { OpenTarget, Postgres } from "#lab";
import { connected, ENQUEUE, NOTE, NOTE_WHOSE, type Design } from "./_jobs.ts";

export interface Customers {
  readonly connection: Postgres["connection"];
  readonly design: Design;
}

/** Milliseconds after which a customer whom no server answered tries again. */
const AGAIN = 5;

const open: OpenTarget<Customers> = async ({ connection, design }) => {
  const pool = await connected(connection);
  await using stack = new AsyncDisposableStack();
  stack.defer(() => pool.end());
  const leave = await wayTo(pool, design, connection, stack);
  const closing = stack.move();
  return {
    request: async (job, signal) => void (await pool.query(await leave(job, signal))),
    close: () => closing.disposeAsync(),
  };
};

/** Leaves a job with whoever does it, and returns the statement that notes it; where the queue is a table, that one does both. */
type Leave = (job: number, signal: AbortSignal) => Promise<pg.QueryConfig>;

async function wayTo(pool: pg.Pool, { keeps }: Design, connection: Postgres["connection"], stack: AsyncDisposableStack): Promise<Leave> {
  if (keeps === "with pg-boss") {
    // A large package, which only this design needs.
    const { send } = stack.use(await (await import("./_boss.ts")).sender(connection));
    return async (job) => {
      await send(job);
      return { ...NOTE, values: [job] };
    };
  }
  if (keeps !== "in memory") return async (job) => ({ ...ENQUEUE, values: [job] });
  const agent = stack.adopt(new Agent({ keepAlive: true }), (it) => it.destroy());
  let server: Server | undefined;
  return async (job, signal) => {
    for (;;) {
      signal.throwIfAborted();
      const asked = (server ??= await newestServer(pool));
      if (asked && (await accepts(asked.port, job, agent))) return { ...NOTE_WHOSE, values: [job, asked.worker] };
      if (server === asked) server = undefined;
      await sleep(AGAIN);
    }
  };
}

interface Server {
  readonly port: number;
  readonly worker: number;
}

async function newestServer(pool: pg.Pool): Promise<Server | undefined> {
  const { rows } = await pool.query<Server>("SELECT port, worker FROM servers ORDER BY ctid DESC LIMIT 1");
  return rows[0];
}

/** Whether the server there answers that it has the job. What has no answer was not accepted. */
const accepts = (port: number, job: number, agent: Agent): Promise<boolean> =>
  new Promise((resolve) => {
    request({ host: "127.0.0.1", port, path: `/${job}`, method: "POST", agent }, (response) => {
      response.resume();
      resolve(response.statusCode === 202);
    })
      .once("error", () => resolve(false))
      .end();
  });

export default open;
