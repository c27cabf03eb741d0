import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../src/load/clock.ts";

interface Waiter {
  readonly at: number;
  readonly release: () => void;
}

/** Time that passes only when everyone waits for it: a load of an hour takes a moment, and the same every time. */
export class SimulatedClock implements Clock {
  #now = 1000;
  #waiting: Waiter[] = [];

  now(): number {
    return this.#now;
  }

  waitUntil(at: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const waiter = { at, release: resolve };
      signal?.addEventListener("abort", () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        resolve();
      });
      const place = this.#waiting.findLastIndex((other) => other.at <= at);
      this.#waiting.splice(place + 1, 0, waiter);
    });
  }

  /** Waits as a server would that takes its time. */
  pass(seconds: number): Promise<void> {
    return this.waitUntil(this.#now + seconds);
  }

  /** Work of this process: time passes and no one else gets a turn. */
  block(seconds: number): void {
    this.#now += seconds;
  }

  /** Lets time pass until the promise settles. */
  async run<T>(running: Promise<T>): Promise<T> {
    let settled = false;
    const done = (): void => void (settled = true);
    running.then(done, done);
    for (;;) {
      await setImmediate();
      if (settled) return running;
      const next = this.#waiting.shift();
      if (!next) throw new Error("everyone waits and no one for the time");
      this.#now = Math.max(this.#now, next.at);
      next.release();
    }
  }
}
