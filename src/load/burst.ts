import { Histogram } from "./histogram.ts";
import { codeOf, isRefused } from "./target.ts";

/** What became of tasks that were all due at the same instant. */
export interface BurstTally {
  readonly completed: number;
  /** Turned away by whom they asked, by code. */
  readonly refused: number;
  /** Failed in any other way. */
  readonly failed: number;
  /** Neither answered nor refused when the window closed. */
  readonly unfinished: number;
  /** Completed tasks per second, until all were done or the window closed. */
  readonly goodput: number;
  /** From the instant at which all were due to each completion; empty if none was completed. */
  readonly latency: Histogram;
  /** Seconds until so many tasks were completed; undefined if fewer were. */
  readonly completedAfter: (count: number) => number | undefined;
  /** From the instant at which all were due to the end of the burst. */
  readonly seconds: number;
  readonly errors: Readonly<Record<string, number>>;
}

/** What a strategy is given to run a burst with. */
export interface Burst {
  readonly tasks: number;
  /** Aborted as the window closes: begin nothing more, let go of everything. */
  readonly over: AbortSignal;
  /** Runs one task and keeps account of how it ended; never rejects. */
  task(body: () => Promise<unknown>): Promise<"completed" | "refused" | "failed">;
}

/** Seconds that may pass before the first task ends. */
const PATIENCE = 3;
/** Seconds in which a strategy has to let go after the window has closed. */
const LETTING_GO = 1;

/**
 * Lets a strategy work through tasks that are all due at once. The window of `window` seconds begins as the first of them ends
 * in any way (ten thousand connections take a second to ask for), and where none of them ends the burst does, after three seconds. What it has not finished by then counts as
 * unfinished, so a burst ends in time whatever happens.
 * @throws whatever the strategy itself throws; what a task throws is counted.
 */
export async function burst(
  {
    tasks,
    window,
    signal,
    now = () => performance.now() / 1e3,
  }: { tasks: number; window: number; signal: AbortSignal; now?: () => number },
  strategy: (burst: Burst) => Promise<unknown>,
): Promise<BurstTally> {
  const closing = new AbortController();
  const over = AbortSignal.any([closing.signal, signal]);
  const latency = new Histogram();
  const completions: number[] = [];
  const errors: Record<string, number> = {};
  let refused = 0;
  let failed = 0;
  const began = now();

  const timer = Promise.withResolvers<void>();
  const neverBegan = setTimeout(timer.resolve, PATIENCE * 1e3);
  let closes: NodeJS.Timeout | undefined;
  const firstEnd = (): void => {
    clearTimeout(neverBegan);
    closes ??= setTimeout(timer.resolve, window * 1e3);
  };

  const task: Burst["task"] = async (body) => {
    try {
      await body();
      if (over.aborted) return "failed";
      firstEnd();
      const since = now() - began;
      latency.record(Math.max(since, 1e-9));
      completions.push(since);
      return "completed";
    } catch (error) {
      const turnedAway = isRefused(error);
      if (over.aborted) return turnedAway ? "refused" : "failed";
      firstEnd();
      errors[codeOf(error)] = (errors[codeOf(error)] ?? 0) + 1;
      if (turnedAway) refused++;
      else failed++;
      return turnedAway ? "refused" : "failed";
    }
  };

  signal.addEventListener("abort", () => timer.resolve(), { once: true });
  const working = strategy({ tasks, over, task });
  await Promise.race([working, timer.promise]);
  clearTimeout(closes);
  clearTimeout(neverBegan);
  const lasted = now() - began;
  const completed = latency.count;
  closing.abort();
  const patience = new Promise((resolve) => setTimeout(resolve, LETTING_GO * 1e3).unref());
  await Promise.race([working, patience]);
  return {
    completed,
    refused,
    failed,
    unfinished: tasks - completed - refused - failed,
    goodput: completed / lasted,
    latency,
    completedAfter: (count) => completions[count - 1],
    seconds: lasted,
    errors,
  };
}
