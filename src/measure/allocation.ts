import v8 from "node:v8";
import vm from "node:vm";
import { median } from "../stats/quantiles.ts";

/** Bytes that one call allocates: on the JavaScript heap, and outside it where it could be told. */
export interface Allocation {
  readonly heap: number;
  readonly external?: number;
  /** Calls that were read at once: what reading itself disturbs is divided by them. */
  readonly calls: number;
}

const STRETCHES = 3;
/** A stretch should allocate this much, or last this many calls, so that the reading's own noise divides away. */
const ENOUGH_BYTES = 512 * 1024;
const MOST_CALLS = 4096;
/** A stretch grows at most this much at a time, and only while the next one would still fit the limit. */
const GROWTH = 8;
/** `total_allocated_bytes` moves by tens of KB when merely read. */
const ENOUGH_WITH_COLLECTIONS = 100e6;

/**
 * Reads the heap before and after a stretch of calls in which no collection happened; the median of three stretches, less what
 * reading itself allocates. Where every stretch is collected (a call allocates more than the young generation holds) it falls back to
 * V8's running total, which counts no array buffers.
 * @param run performs that many calls.
 * @param limit seconds that it may take.
 */
export async function allocationOf(run: (calls: number) => unknown, limit: number, now: () => number): Promise<Allocation> {
  const collect = collector();
  const deadline = now() + limit;
  const reading = readingCost();
  const stretches: Allocation[] = [];
  let calls = 1;
  let tooMany = Infinity;
  while (stretches.length < STRETCHES && (now() < deadline || stretches.length === 0)) {
    collect("minor");
    const began = now();
    const stretch = await uncollected(() => run(calls));
    const lasted = now() - began;
    if (!stretch) {
      if (calls === 1) return runningTotal(run, deadline, now);
      tooMany = calls;
      calls = Math.max(1, Math.floor(calls / 4));
      if (stretches.length > 0) break;
      continue;
    }
    const heap = Math.max(0, stretch.heap - reading);
    // What was collected once would be again: a clean stretch below it has to do.
    const most = Math.min(MOST_CALLS, tooMany - 1);
    if (heap < ENOUGH_BYTES && calls < most && lasted < limit / GROWTH) {
      const per = heap / calls;
      calls = Math.min(most, Math.max(calls * 2, Math.min(calls * GROWTH, per > 0 ? Math.floor(ENOUGH_BYTES / per) : Infinity)));
      continue;
    }
    stretches.push({ heap: heap / calls, external: Math.max(0, stretch.external) / calls, calls });
  }
  return {
    heap: median(stretches.map((stretch) => stretch.heap)),
    external: median(stretches.map((stretch) => stretch.external ?? 0)),
    calls: Math.min(...stretches.map((stretch) => stretch.calls)),
  };
}

/** What the stretch added to the heap, or nothing if it was interrupted by a collection. */
async function uncollected(stretch: () => unknown): Promise<{ heap: number; external: number } | undefined> {
  const profiler = new v8.GCProfiler();
  profiler.start();
  const external = process.memoryUsage().arrayBuffers;
  const heap = v8.getHeapStatistics().used_heap_size;
  const promise = stretch();
  if (promise instanceof Promise) await promise;
  const heapAfter = v8.getHeapStatistics().used_heap_size;
  const externalAfter = process.memoryUsage().arrayBuffers;
  const collections = profiler.stop()?.statistics.length ?? 0;
  return collections > 0 ? undefined : { heap: heapAfter - heap, external: externalAfter - external };
}

function readingCost(): number {
  const costs: number[] = [];
  for (let reading = 0; reading < 5; reading++) {
    const before = v8.getHeapStatistics().used_heap_size;
    costs.push(v8.getHeapStatistics().used_heap_size - before);
  }
  return Math.max(0, median(costs));
}

async function runningTotal(run: (calls: number) => unknown, deadline: number, now: () => number): Promise<Allocation> {
  const total = (): number => (v8.getHeapStatistics() as unknown as { total_allocated_bytes: number }).total_allocated_bytes;
  const before = total();
  let calls = 0;
  do {
    await run(1);
    calls++;
  } while (total() - before < ENOUGH_WITH_COLLECTIONS && now() < deadline);
  return { heap: (total() - before) / calls, calls };
}

/**
 * The runtime's own `gc`, without asking every trial to be started with a flag. Array buffers are freed beside the program after a
 * collection; a second collection waits until all of them are, so that none is counted off what comes next.
 */
export function collector(): (type: "minor" | "major") => void {
  v8.setFlagsFromString("--expose-gc");
  const gc = vm.runInNewContext("gc") as (options: { type: "minor" | "major" }) => void;
  return (type) => {
    gc({ type });
    gc({ type });
  };
}
