import { seedFrom } from "../inputs/random.ts";
import { spending, type Effort } from "../model/effort.ts";
import type { Definition } from "../model/experiment.ts";
import { AHEAD, type Boot, type Booted } from "./ahead.ts";
import { now } from "./clock.ts";
import { startFlagsAt } from "./flags.ts";
import type { Launch } from "./launch.ts";
import type { Cell } from "./plan.ts";
import type { Reply, TrialRequest } from "./protocol.ts";
import { limitsAt } from "./recording.ts";
import { sharedLimits, type Reserve } from "./reserve.ts";

/** What a round needs to know of the run that it belongs to. */
export interface RoundOptions {
  /** Path of the experiment's file, for the trials to import. */
  readonly file: string;
  readonly effort: Effort;
  readonly seed: number;
  readonly round: number;
  readonly room?: string;
  /** What the yardstick reads on a core at rest, as far as it is known; asked before every process. */
  readonly atRest: () => number | undefined;
  readonly launch: Launch;
  /** Starts processes ahead of their trials; unless given, each is started as it is asked. */
  readonly boot?: Boot;
  /** Where a process comes from that the whole round shares. */
  readonly reserve: Reserve;
  /** Rounds until the next look, this one included. */
  readonly coming: number;
  readonly signal: AbortSignal;
  /** Whether a cell is still to be run: the control of a variant that failed a moment ago would fail again. */
  readonly wanted: (cell: Cell) => boolean;
  /** Called as each trial begins, or all of them at once. */
  readonly begins: (cell: Cell, index: number) => void;
  readonly clock?: () => number;
}

/** What became of one trial of a round, and the seconds that it took. */
export interface Answered {
  readonly cell: Cell;
  readonly reply: Reply;
  readonly seconds: number;
}

/** Runs the trials of a round in this order: each in a fresh process, or all in one where the experiment declares `together`. */
export async function* answers(definition: Definition, order: readonly Cell[], options: RoundOptions): AsyncGenerator<Answered> {
  const { wanted } = options;
  const shared = definition.together ? await inOneProcess(definition, order.filter(wanted), options) : undefined;
  // If it has gone it has taken all readings with it; which cell ended it, a process for each will tell.
  if (!shared) return yield* eachInItsOwn(definition, order, options);
  // What failed may have failed for what the others left behind, memory above all. It counts once it has failed alone.
  const failed = shared.filter(({ reply }) => reply.task === "failed").map(({ cell }) => cell);
  yield* shared.filter(({ cell }) => !failed.includes(cell));
  yield* eachInItsOwn(definition, failed, options);
}

async function* eachInItsOwn(definition: Definition, cells: readonly Cell[], options: RoundOptions): AsyncGenerator<Answered> {
  for (let first = 0; first < cells.length; first += AHEAD) {
    yield* oneByOne(definition, cells.slice(first, first + AHEAD), first, options);
  }
}

/** Trials in fresh processes, one after the other; the processes are started together before the first of them. */
async function* oneByOne(definition: Definition, cells: readonly Cell[], first: number, options: RoundOptions): AsyncGenerator<Answered> {
  const { clock = now, launch, signal, wanted } = options;
  const bootBegan = clock();
  const booted = await bootedFor(definition, cells, options);
  const booting = (clock() - bootBegan) / cells.length;
  try {
    for (const [index, cell] of cells.entries()) {
      if (!wanted(cell)) continue;
      options.begins(cell, first + index);
      const began = clock();
      const request = { ...asked(options), ...cell, task: "trial" } as const;
      const measure = booted.get(cell)?.launch ?? launch;
      booted.delete(cell);
      const reply = await measure(request, startFlagsAt(definition, cell.point), limitsAt(definition, cell.point), signal);
      yield { cell, reply, seconds: clock() - began + booting };
    }
  } finally {
    // Whatever was not asked in the end: its variant has just failed, or the reader has had enough.
    await Promise.all([...booted.values()].map(({ end }) => end()));
  }
}

/** Processes for those of these trials that are wanted, if they can be started ahead. */
async function bootedFor(definition: Definition, cells: readonly Cell[], options: RoundOptions): Promise<Map<Cell, Booted>> {
  const { boot, file, room, signal } = options;
  const next = cells.filter(options.wanted);
  // One alone is started as it is asked.
  if (!boot || next.length < 2 || signal.aborted) return new Map();
  const starts = next.map(({ point }) => ({ flags: startFlagsAt(definition, point), limits: limitsAt(definition, point) }));
  const booted = await boot({ file, ...(room !== undefined && { room }) }, starts, signal);
  return new Map(next.map((cell, index) => [cell, booted[index]!]));
}

/** All trials of a round in one process; undefined if it ended before it could answer. */
async function inOneProcess(definition: Definition, cells: readonly Cell[], options: RoundOptions): Promise<Answered[] | undefined> {
  const [first] = cells;
  if (!first) return [];
  const { clock = now, signal } = options;
  options.begins(first, 0);
  const { launch, seconds: starting } = await options.reserve.take(options.coming);
  const began = clock();
  const points = cells.map(({ point }) => point);
  const request = { ...asked(options), cells, task: "together" } as const;
  const reply = await launch(request, startFlagsAt(definition, first.point), sharedLimits(definition, points, cells.length), signal);
  const seconds = (starting + clock() - began) / cells.length;
  if (reply.task !== "together") return signal.aborted ? cells.map((cell) => ({ cell, seconds, reply })) : undefined;
  return cells.map((cell, index) => ({ cell, seconds, reply: reply.replies[index]! }));
}

const asked = ({ file, effort, seed, round, room, atRest }: RoundOptions): Omit<TrialRequest, "task" | keyof Cell> => {
  const { timing, warmUp, window } = spending[effort];
  const rest = atRest();
  return {
    file,
    window,
    timing,
    warmUp,
    seed: seedFrom(seed, round),
    ...(room !== undefined && { room }),
    ...(rest !== undefined && { atRest: rest }),
  };
};
