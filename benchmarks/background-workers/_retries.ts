/** Jobs that fail, and what becomes of their errors. Which attempts fail is drawn ahead, the same for all who do a batch. */
import { setTimeout as sleep } from "node:timers/promises";
import { seeded } from "#lab";
import { Pool } from "./_pool.ts";

/** Jobs, and what is wrong with them. */
export interface Batch {
  readonly jobs: number;
  /** Chance that an attempt fails, for reasons that pass. */
  readonly failureRate: number;
  /** Every so many jobs there is one that no attempt can do. */
  readonly poisonEvery: number;
  /** Equal seeds, equal failures. */
  readonly seed: number;
}

export const SLOTS = 16;
/** Attempts before a job is given up. */
export const ATTEMPTS = 6;
/** Seconds before the second attempt, at most; each further wait may be twice as long, up to the last. */
const FIRST_WAIT = 0.002;
const LONGEST_WAIT = 0.02;

/** Attempts at jobs, some of which fail; how many there were, and which jobs were done. */
export class Attempts {
  readonly done = new Set<number>();
  made = 0;
  readonly #batch: Batch;
  /** One draw for each attempt at each job. */
  readonly #luck: readonly number[];

  constructor(batch: Batch) {
    this.#batch = batch;
    this.#luck = Array.from({ length: batch.jobs * ATTEMPTS }, seeded(batch.seed));
  }

  /** @param attempt from 1 to `ATTEMPTS`. @throws whenever this attempt at this job fails. */
  async at(job: number, attempt: number): Promise<void> {
    this.made++;
    await sleep(1);
    if (job % this.#batch.poisonEvery === this.#batch.poisonEvery - 1) throw new TypeError(`job ${job} cannot be done`);
    if (this.#luck[job * ATTEMPTS + attempt - 1]! < this.#batch.failureRate) throw new Error(`job ${job} failed`);
    this.done.add(job);
  }
}

/**
 * Seconds to wait after so many attempts: at random below a bound that doubles ("full jitter"), so that jobs that failed together do not
 * come back together. Source: M. Brooker, "Exponential Backoff and Jitter" (AWS Architecture Blog, 2015).
 */
export const backoff = (attempts: number, random: () => number): number =>
  random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1));

/** Tries a job until it is done. @throws what the last attempt threw. */
export async function retried(attempts: Attempts, job: number, random: () => number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attempts.at(job, attempt);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(backoff(attempt, random) * 1e3);
    }
  }
}

/** Runs each job of a batch in a pool, and waits for all of them whatever becomes of each. */
const pooled = ({ jobs }: Batch, run: (job: number) => Promise<void>): Promise<unknown> => {
  const pool = new Pool(SLOTS);
  return Promise.allSettled(Array.from({ length: jobs }, (_, job) => pool.run(() => run(job))));
};

/** What a way of doing jobs leaves behind. */
export interface Left {
  readonly attempts: Attempts;
  /** Why jobs were given up, for somebody to read. */
  readonly letters: ReadonlyMap<number, string>;
}

export type Way = (batch: Batch, random: () => number) => Promise<Left>;

/** Each job once; nobody looks at the results: `executor.submit(job)` and no `result()`. */
export const unread: Way = async (batch) => {
  const attempts = new Attempts(batch);
  await pooled(batch, (job) => attempts.at(job, 1));
  return { attempts, letters: new Map() };
};

/** Each job until it is done or given up; nobody looks at the results. */
export const retrying: Way = async (batch, random) => {
  const attempts = new Attempts(batch);
  await pooled(batch, (job) => retried(attempts, job, random));
  return { attempts, letters: new Map() };
};

/** The same, and what is given up is filed with its error. */
export const deadLetters: Way = async (batch, random) => {
  const attempts = new Attempts(batch);
  const letters = new Map<number, string>();
  await pooled(batch, (job) => retried(attempts, job, random).catch((error: unknown) => void letters.set(job, String(error))));
  return { attempts, letters };
};
