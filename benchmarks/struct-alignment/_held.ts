/** Bytes that what `make` returns keeps from being collected, on the heap and in array buffers. Needs `--expose-gc`. */
export async function held<T>(make: () => T): Promise<{ readonly bytes: number; readonly kept: T }> {
  const before = await settledMemory();
  const kept = make();
  return { bytes: (await settledMemory()) - before, kept };
}

/** Memory in use after everything that nobody holds is gone. */
async function settledMemory(): Promise<number> {
  for (let turn = 0; turn < 2; turn++) {
    await new Promise(setImmediate);
    globalThis.gc!();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
