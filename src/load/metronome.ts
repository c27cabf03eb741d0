import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Clock } from "./clock.ts";

interface Waiter {
  readonly at: number;
  readonly release: () => void;
}

/** The memory that a metronome shares with its thread. */
export interface Beat {
  /** When to tick next, in nanoseconds of `process.hrtime`. */
  readonly due: BigInt64Array;
  /** How often the thread has ticked, and how often it has been told when to. */
  readonly counters: Int32Array;
}

export const TICKS = 0;
export const ORDERS = 1;
/** In place of the number of orders: end. */
export const END = -1;

/**
 * Waits more precisely than the runtime's timers, and sleeps while it waits.
 *
 * - `setTimeout` counts whole milliseconds: half of all arrivals start 0.7 ms late, one in a hundred 1.6 to 2.9 ms.
 * - Turning the event loop with `setImmediate` until the moment has come starts half of them within 4 µs, and takes the core for it (70 % at
 *   500 arrivals a second, all of it from 2,000). On two cores the server under test needs that one as well, and what is taken from it would
 *   be measured as its latency: one in a hundred of 5,000 was no sooner answered than with any other way of waiting.
 * - `Atomics.wait` is precise and sleeps, but an event loop that waits in it reads no answers.
 *
 * So a thread waits there, and wakes the event loop through `Atomics.waitAsync`: half of all arrivals start 0.1 to 0.2 ms late, and the
 * processor time is that of timers plus 1 to 26 % of a core (500 to 5,000 arrivals a second, an idle HTTP server, a shared virtual machine
 * of two cores). Waking half of that time early and turning the loop for the rest was tried: it moved the median and nothing else.
 * Other systems' threads wait less precisely. Whoever uses this records how late it was.
 */
export class Metronome implements Clock, AsyncDisposable {
  readonly #beat: Beat = {
    due: new BigInt64Array(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT)),
    counters: new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)),
  };
  readonly #thread: Worker;
  /** Ascending. */
  readonly #waiting: Waiter[] = [];
  #listening = false;
  #ended = false;

  private constructor() {
    this.#thread = new Worker(new URL("./metronome-thread.ts", import.meta.url), { workerData: this.#beat, execArgv: [] });
  }

  static async start(): Promise<Metronome> {
    const metronome = new Metronome();
    await once(metronome.#thread, "online");
    return metronome;
  }

  now(): number {
    return Number(process.hrtime.bigint()) / 1e9;
  }

  async waitUntil(at: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted || this.#ended) return;
    if (at <= this.now()) {
      await setImmediate();
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiter: Waiter = { at, release: resolve };
    const leave = (): void => {
      const place = this.#waiting.indexOf(waiter);
      if (place >= 0) this.#waiting.splice(place, 1);
      resolve();
    };
    signal?.addEventListener("abort", leave, { once: true });
    // From the end: most waits are for later than all others.
    const before = this.#waiting.findLastIndex((other) => other.at <= at);
    this.#waiting.splice(before + 1, 0, waiter);
    if (!this.#listening) void this.#listen();
    else if (before === -1) this.#order(at);
    await promise;
    signal?.removeEventListener("abort", leave);
  }

  async #listen(): Promise<void> {
    this.#listening = true;
    while (this.#waiting.length > 0) {
      // Read before the order is given, or a tick in between would be missed.
      const ticks = Atomics.load(this.#beat.counters, TICKS);
      this.#order(this.#waiting[0]!.at);
      const tick = Atomics.waitAsync(this.#beat.counters, TICKS, ticks);
      if (tick.async) await tick.value;
      const now = this.now();
      while (this.#waiting.length > 0 && (this.#ended || this.#waiting[0]!.at <= now)) this.#waiting.shift()!.release();
    }
    this.#listening = false;
  }

  #order(at: number): void {
    Atomics.store(this.#beat.due, 0, BigInt(Math.ceil(at * 1e9)));
    if (!this.#ended) Atomics.add(this.#beat.counters, ORDERS, 1);
    Atomics.notify(this.#beat.counters, ORDERS);
  }

  /** Ends the thread; whoever still waits is released. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const gone = once(this.#thread, "exit");
    Atomics.store(this.#beat.counters, ORDERS, END);
    Atomics.notify(this.#beat.counters, ORDERS);
    Atomics.add(this.#beat.counters, TICKS, 1);
    Atomics.notify(this.#beat.counters, TICKS);
    await gone;
  }
}
