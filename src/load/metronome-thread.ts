import { workerData } from "node:worker_threads";
import { END, ORDERS, TICKS, type Beat } from "./metronome.ts";

/** The thread of a metronome: sleeps until the moment that it was told last, ticks once, and waits for the next order. */
const { due, counters } = workerData as Beat;
const left = (): number => Number(Atomics.load(due, 0) - process.hrtime.bigint());

let done = 0;
for (let order = Atomics.load(counters, ORDERS); order !== END; order = Atomics.load(counters, ORDERS)) {
  const nanoseconds = left();
  if (order === done) Atomics.wait(counters, ORDERS, order);
  else if (nanoseconds > 0) Atomics.wait(counters, ORDERS, order, nanoseconds / 1e6);
  else {
    done = order;
    Atomics.add(counters, TICKS, 1);
    Atomics.notify(counters, TICKS);
  }
}
