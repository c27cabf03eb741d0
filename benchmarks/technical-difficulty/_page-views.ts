/** What the load generator drives: a homepage that records each visit and shows how many there were. */
import pg from "pg";
import type { OpenTarget, Postgres } from "#lab";
import { questionOf, visitOf, type Design } from "./_counters.ts";

export interface PageViews {
  readonly connection: Postgres["connection"];
  readonly design: Design;
  readonly rows: number;
  /** Connections that the pages of a site share. */
  readonly connections: number;
  /** Name of the notification that tells whoever listens that the first page is asked for. */
  readonly begins: string;
}

/** How long a cached number is shown before somebody has to count again. */
const TTL = 1_000; // ms

/** What the server calls the connections of the pages. */
const NAME = "page views";
const ENDING = 5_000; // ms

/** Ends what the server still does for pages that nobody waits for any more, and returns when it has ended. */
export async function endPageViews(server: Postgres): Promise<void> {
  await server.query(`SELECT pg_terminate_backend(pid, ${ENDING}) FROM pg_stat_activity WHERE application_name = '${NAME}'`);
}

const open: OpenTarget<PageViews> = async ({ connection, design, rows, connections, begins }) => {
  const pool = new pg.Pool({ ...connection, application_name: NAME, max: connections, min: connections });
  pool.on("error", () => {});
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
  for (const client of clients) client.release();

  let stale = true;
  let expires: NodeJS.Timeout | undefined;
  const count = (): Promise<unknown> => pool.query(questionOf(design, rows));
  /** Whoever finds the number stale counts; the others show what there is. */
  const shown = async (): Promise<void> => {
    if (design === "cached" && !stale) return;
    stale = false;
    expires = setTimeout(() => (stale = true), TTL).unref();
    await count();
  };
  return {
    async request(index) {
      if (index === 0) await pool.query(`NOTIFY ${begins}`);
      await pool.query(visitOf(design, rows, index));
      await shown();
    },
    async close() {
      clearTimeout(expires);
      // A count that is under way is not waited for: `endPageViews` ends it.
      for (const client of clients) (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    },
  };
};

export default open;
