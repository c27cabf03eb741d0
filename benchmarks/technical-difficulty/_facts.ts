/** What can be counted about a way to count, whatever the machine: what it reads, whom it holds up, what it has not seen yet. */
import type pg from "pg";
import type { Postgres } from "#lab";
import { questionOf, visitOf, type Design } from "./_counters.ts";
import { connect } from "./_server.ts";

/** A node of a plan, as EXPLAIN (ANALYZE, FORMAT JSON) tells it. */
export interface PlanNode {
  readonly "Relation Name"?: string;
  /** Mean of the loops, of which there is one for each process that takes part. */
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
}

/** Rows of tables that a plan has read. */
export function rowsRead(node: PlanNode): number {
  const own =
    node["Relation Name"] === undefined
      ? 0
      : Math.round((node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"]);
  return own + (node.Plans ?? []).reduce((sum, child) => sum + rowsRead(child), 0);
}

/** Rows that the server reads to answer the question once. */
export async function rowsReadToAnswer(server: Postgres, design: Design, rows: number): Promise<number> {
  const [row] = await server.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${questionOf(design, rows)}`);
  const [{ Plan: plan }] = JSON.parse(row![0] as string) as [{ Plan: PlanNode }];
  return rowsRead(plan);
}

const LOCK_NOT_AVAILABLE = "55P03";

/** Whether a visit waits for a lock that somebody holds. Only waiting for locks counts as waiting, so a slow machine does not. */
async function waits(visitor: pg.Client, visit: string): Promise<boolean> {
  try {
    await visitor.query(`BEGIN; SET LOCAL lock_timeout = '50ms'; ${visit}`);
    return false;
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return true;
    throw error;
  } finally {
    await visitor.query("ROLLBACK");
  }
}

/**
 * How many of two transactions that are still open hold up the next visit: one that has read the number, and one that has recorded the
 * visit before it. Nothing of it stays.
 */
export async function holdingUp(server: Postgres, design: Design, rows: number): Promise<number> {
  const [first, second] = await Promise.all([connect(server), connect(server)]);
  const heldUpBy = async (statement: string): Promise<number> => {
    await first.query(`BEGIN; ${statement}`);
    const held = await waits(second, visitOf(design, rows, 1));
    await first.query("ROLLBACK");
    return Number(held);
  };
  try {
    return (await heldUpBy(questionOf(design, rows))) + (await heldUpBy(visitOf(design, rows, 0)));
  } finally {
    await Promise.all([first.end(), second.end()]);
  }
}

/** Of so many visits after a reading, how many the next page does not show. A cached number is read anew only when it has expired. */
export async function unseen(server: Postgres, design: Design, rows: number, visits: number): Promise<number> {
  const read = async (): Promise<number> => (await server.query(questionOf(design, rows)))[0]![0] as number;
  const before = await read();
  const statements = Array.from({ length: visits }, (_, index) => visitOf(design, rows, index));
  await server.query(`BEGIN; ${statements.join("; ")}; COMMIT`);
  const shown = design === "cached" ? before : await read();
  return before + visits - shown;
}
