import { setTimeout } from "node:timers/promises";
import type { OpenCompanion } from "../../src/load/companion.ts";

export type Question = "twice" | "throw" | "exit" | "crash" | "never" | "closed";

/** Adds up, and does on request what a module can do wrong. */
export const open: OpenCompanion<{ readonly start: number }, { readonly pid: number; readonly start: number }, Question, number> = async ({
  start,
}) => ({
  ready: { pid: process.pid, start },
  answer: async (question) => {
    if (question === "twice") return 2 * start;
    if (question === "throw") throw new RangeError("out of range\nwith a second line");
    if (question === "exit") process.exit(3);
    if (question === "crash") setImmediate(() => void Promise.reject(new Error("nobody caught it")));
    return setTimeout(60_000, 0);
  },
});

/** Ends in order when it is asked to. */
export const drains: OpenCompanion<void, null> = async () => {
  process.on("SIGTERM", () => process.exit(7));
  return { ready: null };
};

/** Never ready, and deaf to every request to end. */
export const stuck: OpenCompanion = async () => {
  for (;;);
};

export const unready: OpenCompanion = async () => {
  throw new Error("no port\nto be had");
};

export const silent: OpenCompanion<void, string> = async () => ({ ready: "silent" });
