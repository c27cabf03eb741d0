import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Probes } from "../host/findings.ts";
import { stolenTime } from "../host/stolen.ts";
import { median, quantile } from "../stats/quantiles.ts";
import { clockError, now } from "./clock.ts";

/** Multiplications that each wait for the one before: some milliseconds that need nothing but a core. */
const KERNEL = `(steps) => { let word = 1; for (let step = 0; step < steps; step++) word = Math.imul(word, 0x9e3779b1) + step | 0; return word; }`;
const STEPS = 2_000_000;
const REPETITIONS = 150;
const PAIRS = 5;
/** Kernels of one turn of a worker: long enough that the scheduler has put two of them on two cores. */
const TURN = 40;

/** Runs something on the host for about two seconds to see how evenly it does. */
export async function probe(cores: number): Promise<Probes> {
  const stolen = stolenTime();
  const began = now();
  const times = alone();
  const together = cores > 1 ? await pairs() : null;
  const after = stolenTime();
  return {
    unrest: quantile(times, 0.95) / median(times),
    together,
    stolen: stolen === null || after === null ? null : (after - stolen) / (now() - began) / cores,
    clock: clockError(),
  };
}

function alone(): number[] {
  // oxlint-disable-next-line no-new-func -- the workers run the same text
  const kernel = new Function(`return ${KERNEL}`)() as (steps: number) => number;
  for (let warm = 0; warm < 20; warm++) kernel(STEPS / 10);
  return Array.from({ length: REPETITIONS }, () => {
    const start = now();
    kernel(STEPS);
    return now() - start;
  });
}

/**
 * Two workers at the same time over one, in turn. The smallest of the ratios counts: a scheduler that puts both on one core for
 * a while, or a neighbour, can only make them slower, and siblings are slower every time.
 */
async function pairs(): Promise<number> {
  const workers = [timingWorker(), timingWorker()] as const;
  try {
    for (const worker of workers) await worker.time();
    const ratios: number[] = [];
    for (let pair = 0; pair < PAIRS; pair++) {
      const single = await workers[pair % 2]!.time();
      const both = await Promise.all(workers.map((worker) => worker.time()));
      ratios.push(median(both) / single);
    }
    return Math.min(...ratios);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

/** A thread that runs the kernel when it is asked and answers how long it took, in seconds. */
function timingWorker(): { time: () => Promise<number>; stop: () => Promise<unknown> } {
  const code = `const { parentPort } = require("node:worker_threads"); const kernel = ${KERNEL};
    for (let warm = 0; warm < 20; warm++) kernel(${STEPS / 10});
    parentPort.on("message", () => { const start = performance.now(); for (let i = 0; i < ${TURN}; i++) kernel(${STEPS}); parentPort.postMessage((performance.now() - start) / 1e3); });`;
  const worker = new Worker(code, { eval: true });
  return {
    time: async () => {
      worker.postMessage("go");
      const [seconds] = (await once(worker, "message")) as [number];
      return seconds;
    },
    stop: () => worker.terminate(),
  };
}
