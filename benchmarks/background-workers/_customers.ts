/** What the load generator drives: customers who leave jobs and note which ones were accepted. */
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { OpenTarget, Postgres } from "#lab";
import { CONNECTIONS, ENQUEUE, NOTE, type Design } from "./_jobs.ts";

export interface Customers {
  readonly connection: Postgres["connection"];
  readonly design: Design;
}

/** Milliseconds after which a customer whom no server answered tries again. */
const AGAIN = 5;

const open: OpenTarget<Customers> = async ({ connection, design }) => {
  const pool = new pg.Pool({ ...connection, max: CONNECTIONS });
  pool.on("error", () => {});
  await using stack = new AsyncDisposableStack();
  stack.defer(() => pool.end());
  await pool.query("SELECT 1");
  const leave = await wayTo(pool, design, connection, stack);
  const closing = stack.move();
  return {
    async request(job, signal) {
      await leave?.(job, signal);
      await pool.query({ ...(leave ? NOTE : ENQUEUE), values: [job] });
    },
    close: () => closing.disposeAsync(),
  };
};

type Leave = (job: number, signal: AbortSignal) => Promise<void>;

/** How a job is left with whoever does it; undefined where that is a row beside the note. */
async function wayTo(
  pool: pg.Pool,
  { keeps }: Design,
  connection: Postgres["connection"],
  stack: AsyncDisposableStack,
): Promise<Leave | undefined> {
  // It takes a tenth of a second to load.
  if (keeps === "with pg-boss") return stack.use(await (await import("./_boss.ts")).sender(connection)).send;
  if (keeps !== "in memory") return undefined;
  const agent = stack.adopt(new Agent({ keepAlive: true }), (it) => it.destroy());
  let port: number | undefined;
  return async (job, signal) => {
    while (!signal.aborted) {
      const asked = (port ??= await newestServer(pool));
      if (asked !== undefined && (await accepts(asked, job, agent))) return;
      if (port === asked) port = undefined;
      await sleep(AGAIN);
    }
  };
}

async function newestServer(pool: pg.Pool): Promise<number | undefined> {
  const { rows } = await pool.query<{ port: number }>("SELECT port FROM servers ORDER BY ctid DESC LIMIT 1");
  return rows[0]?.port;
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
