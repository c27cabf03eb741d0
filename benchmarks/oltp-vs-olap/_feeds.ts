/** Two ways of carrying the changes of a row store to a column store. */
import { setTimeout as sleep } from "node:timers/promises";
import { followChanges, type Postgres, type Transaction } from "#lab";
import type { Net, ProfileStore } from "./_profile-stores.ts";
import type { Profile } from "./_writes.ts";

export interface Feed extends AsyncDisposable {
  /** Resolves when all that was committed before the call has been carried over, as far as this way can. */
  settled(): Promise<void>;
}

/** Told of every row whose change can be seen in the column store. */
export type Seen = (ids: readonly number[]) => void;

/** How often a poll looks: ten times a second, where many who poll look once a minute. */
const EVERY = 100; // ms

/**
 * A row's time is taken before its commit, so a row may turn up whose time has passed: whoever asks only for later ones never
 * sees it. Each poll asks for the last second again.
 */
const OVERLAP = "1 second";

/** What a batch of transactions comes to: the last word on each row. */
export function netOf(transactions: readonly Transaction[]): Net {
  const written = new Map<number, Profile>();
  const removed = new Set<number>();
  for (const change of transactions.flatMap(({ changes }) => changes)) {
    if (change.kind !== "insert") {
      const id = change.key.id as number;
      written.delete(id);
      removed.add(id);
    }
    if (change.kind === "delete") continue;
    const { id, mail, city, change: number } = change.row as { id: number; mail: string; city: string; change: number };
    removed.delete(id);
    written.set(id, [id, mail, city, number]);
  }
  return { written: [...written.values()], removed: [...removed] };
}

const idsOf = ({ written, removed }: Net): number[] => [...written.map(([id]) => id), ...removed];

/** The row store hands over what it logs of each commit. */
export async function replication(server: Postgres, store: ProfileStore, seen: Seen): Promise<Feed> {
  const following = await followChanges(server.connection, { tables: ["profiles"] }, async (batch) => {
    const net = netOf(batch);
    await store.apply(net);
    seen(idsOf(net));
  });
  return { settled: () => following.caughtUp(), [Symbol.asyncDispose]: () => following[Symbol.asyncDispose]() };
}

/** The row store is asked every now and then for rows that say they were changed. */
export async function polling(server: Postgres, store: ProfileStore, seen: Seen): Promise<Feed> {
  const stop = new AbortController();
  const carried = new Set<number>();
  let [[since]] = (await server.query("SELECT now()")) as unknown as [[string]];
  const poll = async (): Promise<void> => {
    const rows = (await server.query(
      `SELECT id, mail, city, change, updated_at FROM profiles
        WHERE updated_at > '${since}'::timestamptz - interval '${OVERLAP}' ORDER BY updated_at`,
    )) as unknown as [...Profile, string][];
    const fresh = rows.filter(([, , , change]) => !carried.has(change));
    since = rows.at(-1)?.[4] ?? since;
    if (fresh.length === 0) return;
    const net = { written: fresh.map(([id, mail, city, change]): Profile => [id, mail, city, change]), removed: [] };
    await store.apply(net);
    seen(idsOf(net));
    for (const [, , , change] of fresh) carried.add(change);
  };
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await sleep(EVERY, undefined, { signal: stop.signal }).catch(() => {});
      if (!stop.signal.aborted) await poll();
    }
  };
  const looping = loop();
  // Whoever settles or disposes hears of it.
  looping.catch(() => {});
  const end = async (): Promise<void> => {
    stop.abort();
    await looping;
  };
  return {
    // The loop ends with the poll that is under way, and one more sees all that was committed before it.
    settled: async () => {
      await sleep(EVERY);
      await end();
      await poll();
    },
    [Symbol.asyncDispose]: end,
  };
}
