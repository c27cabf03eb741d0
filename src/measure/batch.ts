/** A loop of calls whose length can be changed. `run` performs `calls` calls; what the last one returned is kept. */
export interface Batch {
  calls: number;
  readonly run: () => unknown;
}

type Call = (input: never) => unknown;

const SYNCHRONOUS = `
  const batch = { call: undefined, calls: 1, run: () => {
    const { call } = batch;
    let last;
    for (let i = batch.calls; i > 0; i--) last = call(input);
    keep.last = last;
  } };
  return batch;`;
const ASYNCHRONOUS = `
  const batch = { call: undefined, calls: 1, run: async () => {
    const { call } = batch;
    let last;
    for (let i = batch.calls; i > 0; i--) last = await call(input);
    keep.last = last;
  } };
  return batch;`;

/** Results end here, where no optimiser can tell that nobody reads them. */
export const kept: { last: unknown } = { last: undefined };

/** Callees that differ, and calls that are enough for V8 to have noticed that they do. */
const STRANGERS = [() => 0, () => "", () => undefined];
const INTRODUCTIONS = 40;

/**
 * Makes the loop that is timed. Its code is compiled anew for every callee, so that nothing shares type feedback; and its one call
 * has seen other callees before, so that the variant is always called and never inlined. An inlined variant can be hoisted out of the
 * loop or removed altogether; and because V8 counts invocations to decide what to optimise, a variant that is part of a long loop
 * stays in the middle tier, where the same code took up to twice as long.
 */
export function batchOf(call: Call, input: unknown, mode: "synchronous" | "asynchronous"): Batch {
  // oxlint-disable-next-line no-new-func -- fresh code is the point
  const make = new Function("input", "keep", mode === "synchronous" ? SYNCHRONOUS : ASYNCHRONOUS);
  const batch = make(input, kept) as Batch & { call: Call };
  for (let introduction = 0; introduction < INTRODUCTIONS; introduction++) {
    batch.call = STRANGERS[introduction % STRANGERS.length]!;
    void batch.run();
  }
  batch.call = call;
  return batch;
}
