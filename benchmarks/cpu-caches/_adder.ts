import { parentPort, workerData } from "node:worker_threads";

/** What the worker does, and where: indices of 32-bit integers in the shared memory. */
export interface Duty {
  readonly memory: ArrayBufferLike;
  readonly work: Work;
  /** The number that it writes. */
  readonly cell: number;
  /** Where it publishes how many turns it has done, in a line that it alone writes. */
  readonly turns: number;
  /** It ends when this becomes other than 0. */
  readonly stop: number;
}

/** Operations between two looks at the flag: some microseconds alone, a tenth of a millisecond where two workers fight for a line. */
export const TURN = 1000;

const works = {
  arithmetic: () => {
    let word = 0x9e3779b9 | 0;
    for (let step = 0; step < TURN; step++) {
      word ^= word << 13;
      word ^= word >>> 17;
      word ^= word << 5;
    }
    return word;
  },
  store: (cells: Int32Array, cell: number) => {
    for (let value = 0; value < TURN; value++) cells[cell] = value;
    return 0;
  },
  add: (cells: Int32Array, cell: number) => {
    for (let addition = 0; addition < TURN; addition++) Atomics.add(cells, cell, 1);
    return 0;
  },
};

export type Work = keyof typeof works;

if (parentPort) {
  const { memory, work, cell, turns, stop } = workerData as Duty;
  const cells = new Int32Array(memory as SharedArrayBuffer);
  const perform = works[work];
  let sum = 0;
  while (Atomics.load(cells, stop) === 0) {
    sum ^= perform(cells, cell);
    Atomics.add(cells, turns, 1);
  }
  parentPort.postMessage(sum);
}
