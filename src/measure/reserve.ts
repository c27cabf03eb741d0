import type { Definition } from "../model/experiment.ts";
import type { Point } from "../model/sweep.ts";
import { AHEAD, type Boot, type Booted } from "./ahead.ts";
import { now } from "./clock.ts";
import { startFlagsOf } from "./flags.ts";
import type { Launch, Limits } from "./launch.ts";
import { limitsOf } from "./recording.ts";

/** Where the processes of rounds that share one come from, and that of the comparison before them. Ending it ends those that nobody took. */
export interface Reserve extends AsyncDisposable {
  /** The next one. @param coming processes that are expected to be wanted soon; this one is the first of them. */
  take(coming: number): Promise<Taken>;
}

export interface Taken {
  readonly launch: Launch;
  /** Its share of the time that starting them took; 0 if it starts as it is asked. */
  readonly seconds: number;
}

export interface ReserveOptions {
  readonly file: string;
  readonly room?: string;
  readonly launch: Launch;
  readonly boot?: Boot;
  readonly signal: AbortSignal;
  readonly clock?: () => number;
}

/** What a process that runs so many cells of these points one after the other may use. */
export function sharedLimits(definition: Definition, points: readonly Point[], cells: number): Limits {
  const limits = limitsOf(definition, points);
  return { ...limits, timeout: limits.timeout * cells };
}

/**
 * Processes of a definition whose rounds share one, started side by side as `ahead` has it: those of all rounds that are expected until the
 * next look. Where none can be started ahead each is started as it is asked.
 * @param cells most cells that one of them will be asked for; with the points, what it is granted as it starts.
 */
export function reserve(definition: Definition, points: readonly Point[], cells: number, options: ReserveOptions): Reserve {
  const { file, room, boot, launch, signal, clock = now } = options;
  const { timeout: within } = limitsOf(definition, points);
  const start = { flags: startFlagsOf(definition), limits: sharedLimits(definition, points, cells), within };
  let waiting: Booted[] = [];
  let seconds = 0;
  return {
    async take(coming) {
      const wanted = Math.min(coming, AHEAD);
      if (waiting.length === 0 && boot && definition.together && wanted > 1 && !signal.aborted) {
        const starts = Array.from({ length: wanted }, () => start);
        const began = clock();
        waiting = [...(await boot({ file, ...(room !== undefined && { room }) }, starts, signal))];
        seconds = (clock() - began) / wanted;
      }
      const next = waiting.shift();
      return next ? { launch: next.launch, seconds } : { launch, seconds: 0 };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(waiting.map(({ end }) => end()));
      waiting = [];
    },
  };
}
