/** A pool of workers inside a process: so many slots, and a queue of what waits for one. */
export class Pool {
  readonly #slots: number;
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  /** @throws {RangeError} a pool has a whole number of slots, at least one. */
  constructor(slots: number) {
    if (!Number.isInteger(slots) || slots < 1) throw new RangeError(`a pool has a whole number of slots, not ${slots}`);
    this.#slots = slots;
  }

  /** Jobs under way. */
  get busy(): number {
    return this.#busy;
  }

  /** Jobs that wait for a slot. */
  get queued(): number {
    return this.#waiting.length;
  }

  get free(): number {
    return this.#slots - this.#busy;
  }

  /** Runs a job as soon as a slot is free, first come, first served. @throws whatever the job throws. */
  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.#busy < this.#slots) this.#busy++;
    // Whoever leaves hands its slot on, so that nobody who comes meanwhile takes it.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy--;
    }
  }
}
