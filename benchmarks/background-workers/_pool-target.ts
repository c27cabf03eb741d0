/** What the load generator drives: a pool of workers in its own process, whose jobs do nothing but wait. */
import { setTimeout as sleep } from "node:timers/promises";
import type { OpenTarget } from "#lab";
import { Pool } from "./_pool.ts";

export interface Pooled {
  readonly slots: number;
  /** Seconds of a job. */
  readonly duration: number;
}

const open: OpenTarget<Pooled> = async ({ slots, duration }) => {
  const pool = new Pool(slots);
  return {
    request: () => pool.run(() => sleep(duration * 1e3)),
    close: async () => {},
  };
};

export default open;
