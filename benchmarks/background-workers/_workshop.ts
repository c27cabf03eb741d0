import { setTimeout as sleep } from "node:timers/promises";
import { SLOTS, WORK, type Books } from "./_jobs.ts";
import { Pool } from "./_pool.ts";

/** Where a worker does its jobs, in a pool; and who wants to know how far they are. */
export class Workshop {
  readonly #pool = new Pool(SLOTS);
  readonly #books: Pick<Books, "apply">;
  readonly #halfDone = new Set<number>();
  #waiting: (() => void)[] = [];

  constructor(books: Pick<Books, "apply">) {
    this.#books = books;
  }

  /** Slots for further jobs. */
  get free(): number {
    return this.#pool.free;
  }

  /** Does a job, its two effects one after the other, and what is to be done when it is finished. */
  async do(job: number, finish: () => Promise<unknown> = async () => {}): Promise<void> {
    await this.#pool.run(async () => {
      await sleep(WORK.before * 1e3);
      await this.#books.apply(job, "charge");
      this.#halfDone.add(job);
      this.#tell();
      await sleep(WORK.between * 1e3);
      this.#halfDone.delete(job);
      await this.#books.apply(job, "receipt");
      await sleep(WORK.after * 1e3);
      await finish();
    });
    this.#tell();
  }

  /** Answers once nothing is under way, or once this job, or a later one, is half done. */
  asked = (question: "idle" | number): Promise<void> =>
    question === "idle" ? this.idle() : this.#until(() => [...this.#halfDone].some((job) => job >= question));

  idle = (): Promise<void> => this.#until(() => this.#pool.busy === 0);

  #tell(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
