/** A loop of calls whose length can be changed. `run` performs `calls` calls; what the last one returned is kept. */
export interface Batch {
  calls: number;
  readonly run: () => unknown;
}

const SYNCHRONOUS = `
  const batch = { calls: 1, run: () => { let last; for (let i = batch.calls; i > 0; i--) last = call(input); keep.last = last; } };
  return batch;`;
const ASYNCHRONOUS = `
  const batch = { calls: 1, run: async () => { let last; for (let i = batch.calls; i > 0; i--) last = await call(input); keep.last = last; } };
  return batch;`;

/** Results end here, where no optimiser can tell that nobody reads them. */
export const kept: { last: unknown } = { last: undefined };

/**
 * Makes the loop that is timed. Its code is compiled anew for every callee: two functions timed through one loop would share its
 * type feedback, and the second one would be called differently from the first.
 */
export function batchOf(call: (input: never) => unknown, input: unknown, mode: "synchronous" | "asynchronous"): Batch {
  // eslint-disable-next-line no-new-func -- fresh code is the point
  const make = new Function("call", "input", "keep", mode === "synchronous" ? SYNCHRONOUS : ASYNCHRONOUS);
  return make(call, input, kept) as Batch;
}
