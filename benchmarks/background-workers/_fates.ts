/**
 * What became of the jobs: the books, read once nothing is under way any more.
 *
 * A job that was accepted and has no receipt is lost, one with a charge alone is half done as well, one with two charges or two receipts
 * was done twice. Each is told with the worker whose it was, so that harm can be laid to the strike that did it.
 */
import { ServiceFailed, type Postgres } from "#lab";
import { LATE, type Design } from "./_jobs.ts";

type Server = Pick<Postgres, "query">;

/** Jobs that somebody could still take. */
export async function outstanding(server: Server, { keeps }: Design): Promise<number> {
  const jobs = keeps === "with pg-boss" ? "pgboss.job WHERE state < 'completed'" : "jobs";
  const [row] = await server.query(`SELECT count(*) FROM ${jobs}`);
  return row![0] as number;
}

/** Sends a worker a signal, and notes between which two moments of the database's clock. `drains`: it ends what it has under way first. */
export async function strike(server: Server, worker: number, drains: boolean, send: () => void): Promise<void> {
  const clock = async () => (await server.query("SELECT clock_timestamp()"))[0]![0];
  const earliest = await clock();
  send();
  const latest = await clock();
  await server.query(`INSERT INTO strikes VALUES (${worker}, '${earliest}', '${latest}', ${drains})`);
}

/** What to do where the host is the trouble. */
export const BUSY = "give it a host that is less busy";

/** Strikes that found no job of their worker charged and without a receipt. */
const MISSED = `
  SELECT count(*) FROM strikes WHERE NOT EXISTS (
    SELECT FROM effects AS charge
      WHERE charge.effect = 'charge' AND charge.worker = strikes.worker AND charge.at <= strikes.earliest AND NOT EXISTS (
        SELECT FROM effects AS receipt
          WHERE receipt.effect = 'receipt' AND receipt.job = charge.job AND receipt.worker = charge.worker AND receipt.at <= strikes.latest
      )
  )`;

/** Jobs that were taken again while whoever had them was alive. A worker that drains is until it has nothing left. */
const TAKEN_AWAY = `
  SELECT count(*) FROM taken AS early JOIN taken AS late USING (job)
    LEFT JOIN strikes ON strikes.worker = early.worker AND NOT strikes.drains
    WHERE late.at > early.at AND late.at <= coalesce(strikes.earliest, 'infinity')`;

/**
 * Checks that the strikes were what they are meant to be, and that nothing but them came between a worker and its jobs.
 * @throws {ServiceFailed} one found nothing half done, or a lease was over while its worker was at work.
 */
export async function checkStrikes(server: Server): Promise<void> {
  const [[missed], [takenAway]] = [(await server.query(MISSED))[0]!, (await server.query(TAKEN_AWAY))[0]!];
  if (missed !== 0) throw new ServiceFailed(`a worker was killed while none of its jobs was half done; ${BUSY}`);
  if (takenAway !== 0) throw new ServiceFailed(`a job was handed to another worker while the one that had it was alive; ${BUSY}`);
}

/** What became of the accepted jobs: how many of them. */
export interface Fates {
  readonly accepted: number;
  /** Finished, and `LATE`. */
  readonly late: number;
  /** Never finished, by the worker that had them last; `NOBODY` where none had. */
  readonly lost: ReadonlyMap<number, number>;
  /** By the worker that charged them first: those left without a receipt, and those with two charges or two receipts. */
  readonly halfDone: ReadonlyMap<number, number>;
  readonly twice: ReadonlyMap<number, number>;
}

export const NOBODY = -1;

const DONE = `
  WITH done AS (
    SELECT job, count(*) FILTER (WHERE effect = 'charge') AS charges, count(*) FILTER (WHERE effect = 'receipt') AS receipts,
        min(at) FILTER (WHERE effect = 'receipt') AS at, min(worker) AS worker
      FROM effects GROUP BY job
  )`;

export async function fates(server: Server): Promise<Fates> {
  const [all] = await server.query(
    `${DONE}
    SELECT count(*), count(*) FILTER (WHERE done.at > accepted.at + interval '${LATE} s') FROM accepted LEFT JOIN done USING (job)`,
  );
  const lost = await server.query(
    `${DONE}, had AS (SELECT job, max(worker) AS worker FROM taken GROUP BY job)
    SELECT coalesce(had.worker, ${NOBODY}), count(*) FROM accepted LEFT JOIN done USING (job) LEFT JOIN had USING (job)
      WHERE coalesce(receipts, 0) = 0 GROUP BY 1`,
  );
  const struck = await server.query(
    `${DONE}
    SELECT worker, count(*) FILTER (WHERE receipts = 0), count(*) FILTER (WHERE charges > 1 OR receipts > 1) FROM done GROUP BY worker`,
  );
  const [accepted, late] = all as readonly number[];
  return { accepted: accepted!, late: late!, lost: byWorker(lost, 1), halfDone: byWorker(struck, 1), twice: byWorker(struck, 2) };
}

/** Counts of a column by the worker in the first one; those of whom there is nothing to count are left out. */
const byWorker = (rows: Awaited<ReturnType<Server["query"]>>, column: number): Map<number, number> =>
  new Map((rows as readonly (readonly number[])[]).filter((row) => row[column]! > 0).map((row) => [row[0]!, row[column]!]));
