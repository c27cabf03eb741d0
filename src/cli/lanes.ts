import { availableParallelism } from "node:os";

/** Experiments that time nothing may run beside each other, as far as there are processors. */
export const LANES = Math.min(2, availableParallelism());

/**
 * Does a piece of work for every item, in their order, in so many lanes: each lane takes the next item when it has done its last one.
 * What throws in one lane ends them all when their present items are done, and is thrown.
 * @param open what the nth lane has to itself for all its items.
 */
export async function inLanes<T, Own extends AsyncDisposable>(
  items: readonly T[],
  lanes: number,
  open: (lane: number) => Promise<Own>,
  work: (item: T, own: Own) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const lane = async (nth: number): Promise<void> => {
    try {
      await using own = await open(nth);
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item, own);
    } catch (error) {
      waiting.length = 0;
      throw error;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(lanes, items.length) }, (_, nth) => lane(nth)));
  for (const it of ended) if (it.status === "rejected") throw it.reason;
}
