/** A process that begins its jobs and waits for none of them: `void job()`. */
import type { OpenCompanion } from "#lab";
import { Attempts, type Batch } from "./_retries.ts";

/** Answers how many attempts were begun. A rejection that nobody handles then ends the process, as the runtime does by default. */
export const open: OpenCompanion<Batch, null, "begin", number> = async (batch) => {
  const attempts = new Attempts(batch);
  return {
    ready: null,
    answer() {
      for (let job = 0; job < batch.jobs; job++) void attempts.at(job, 1);
      return attempts.made;
    },
  };
};
