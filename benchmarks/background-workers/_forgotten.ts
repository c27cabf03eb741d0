/** A process that begins its jobs and waits for none of them: `void job()`. */
import { appendFileSync } from "node:fs";
import type { OpenCompanion } from "#lab";
import { Attempts, type Batch } from "./_retries.ts";

/** @param ledger path of the file in which each job that was done is a line. */
export interface Forgotten extends Batch {
  readonly ledger: string;
}

/** Answers how many attempts were begun. What a rejection that nobody handles then does to the process is the runtime's own choice. */
export const open: OpenCompanion<Forgotten, null, "begin", number> = async (batch) => {
  const attempts = new Attempts(batch);
  const doing = async (job: number): Promise<void> => {
    await attempts.at(job, 1);
    appendFileSync(batch.ledger, `${job}\n`);
  };
  return {
    ready: null,
    answer() {
      // The lab's processes say in a line what they die of. This one shall do what any would.
      process.removeAllListeners("uncaughtException");
      for (let job = 0; job < batch.jobs; job++) void doing(job);
      return attempts.made;
    },
  };
};
