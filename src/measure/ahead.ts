import { availableParallelism } from "node:os";
import { begin, notStarted, TRIAL, within, type Launch, type Limits } from "./launch.ts";
import type { BootRequest, Reply } from "./protocol.ts";

/** How the process of one trial is to be started. */
export interface Start {
  readonly flags: readonly string[];
  readonly limits: Limits;
  /** Seconds that loading its experiment may take; as long as the trial unless given. */
  readonly within?: number;
}

/** A process that has loaded its experiment and waits for what it is asked. */
export interface Booted {
  /** As `launch`, once; flags are those that it was started with. */
  readonly launch: Launch;
  /** For one that is not asked after all. */
  readonly end: () => Promise<void>;
}

/** Starts the processes of the trials that come next, and resolves when all of them wait. */
export type Boot = (request: Omit<BootRequest, "task">, starts: readonly Start[], signal: AbortSignal) => Promise<readonly Booted[]>;

/** Processes that are started at once: each holds some 45 MB while it waits, and one processor alone gains nothing. */
export const AHEAD = availableParallelism() > 1 ? 8 : 1;

/**
 * A runtime starts on one processor, and nothing may be started while something is timed, so trials that are started one by one leave the
 * other processors idle: of a short trial that is half of its time. These are started side by side, and wait without work for their turn.
 * Each measures one trial and ends, as `launch` would have it.
 */
export const boot: Boot = (request, starts, signal) =>
  Promise.all(
    starts.map(async (start) => {
      try {
        return await booted(request, start, signal);
      } catch (error) {
        const failed = { task: "failed", message: notStarted(error as Error) } as const;
        return { launch: async () => failed, end: async () => {} };
      }
    }),
  );

async function booted(
  request: Omit<BootRequest, "task">,
  { flags, limits, within: ready = limits.timeout }: Start,
  signal: AbortSignal,
): Promise<Booted> {
  const waits = Promise.withResolvers<void>();
  const asked = { ...request, task: "boot" } satisfies BootRequest;
  const process = begin<Reply | { task: "booted" }>(TRIAL, asked, flags, limits, (message) => {
    if (message.task === "booted") waits.resolve();
    return message.task !== "booted";
  });
  // One that ends instead says why when it is asked.
  await within(Promise.race([waits.promise, process.over]), process, { ...limits, timeout: ready }, signal);
  return {
    launch(next, _flags, its, stop) {
      if (process.child.connected) process.child.send(next, () => {});
      return within(process.over as ReturnType<Launch>, process, its, stop);
    },
    async end() {
      process.end("not asked");
      await process.over;
    },
  };
}
