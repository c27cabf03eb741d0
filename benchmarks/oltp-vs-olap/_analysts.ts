/** Where analysts ask their questions, and how they are kept asking. */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { followChanges, saturate, type DuckDB, type Postgres } from "#lab";
import { answeredOtherwise, insertionOf, questions } from "./_application.ts";
import { GATE } from "./_users.ts";

export interface Desk extends AsyncDisposable {
  /** As many questions at once as there are analysts. */
  ask(question: string): Promise<unknown>;
  /** How many of these questions are answered otherwise than in the database of the application. */
  otherwise(asked: readonly string[]): Promise<number>;
  /** Resolves when what was committed before the call is in the answers. */
  caughtUp(): Promise<void>;
}

/** The database in which people log in. */
export function sameDatabase(server: Postgres, analysts: number): Desk {
  const pool = new pg.Pool({ ...server.connection, max: Math.max(1, analysts) });
  pool.on("error", () => {});
  return {
    ask: (question) => pool.query(question),
    otherwise: async () => 0,
    caughtUp: async () => {},
    [Symbol.asyncDispose]: () => pool.end(),
  };
}

/** A column store with the same log, which follows what logins add to it. */
export async function columnStore(server: Postgres, store: DuckDB): Promise<Desk> {
  const following = await followChanges(server.connection, { tables: ["logs"] }, async (transactions) => {
    const insertion = insertionOf(transactions);
    if (insertion !== undefined) await store.query(insertion);
  });
  return {
    ask: (question) => store.query(question),
    otherwise: (asked) => answeredOtherwise(server, store, asked),
    caughtUp: () => following.caughtUp(),
    [Symbol.asyncDispose]: () => following[Symbol.asyncDispose](),
  };
}

/** Milliseconds from one question of an analyst to the next: ten a second, as a dashboard of ten panels that looks every second. */
const PACE = 100;

/**
 * Keeps so many analysts asking, each at that pace, or slower where the last answer takes longer. Ended, it says how many questions were
 * answered a second.
 */
export function atWork(desk: Desk, analysts: number, signal: AbortSignal): () => Promise<number> {
  if (analysts === 0) return async () => 0;
  const over = new AbortController();
  const stop = AbortSignal.any([over.signal, signal]);
  const pause = (): Promise<void> => sleep(PACE, undefined, { signal: stop }).catch(() => {});
  let next = 0;
  const ask = (): Promise<unknown> => Promise.all([desk.ask(questions[next++ % questions.length]!), pause()]);
  const asking = saturate(ask, { inFlight: analysts, window: Infinity, signal: stop });
  // Whoever ends it hears of what went wrong.
  asking.catch(() => {});
  return async () => {
    over.abort();
    return (await asking).perSecond;
  };
}

export interface Opening extends AsyncDisposable {
  /** Resolves when the application has opened. People wait at its door. */
  readonly opened: Promise<void>;
  /** Lets them in: the load begins at once. */
  begin(): Promise<void>;
}

/** Holds the door of the application, until all that is to be measured is there. */
export async function opening(server: Postgres): Promise<Opening> {
  const client = new pg.Client(server.connection);
  client.on("error", () => {});
  await client.connect();
  const opened = new Promise<void>((resolve) => client.once("notification", () => resolve()));
  await client.query(`SELECT pg_advisory_lock(${GATE})`);
  await client.query("LISTEN opened");
  return {
    opened,
    begin: async () => void (await client.query(`SELECT pg_advisory_unlock(${GATE})`)),
    [Symbol.asyncDispose]: () => client.end(),
  };
}
