import { seedFrom } from "../inputs/random.ts";
import { roundsForValue, spending } from "../model/effort.ts";
import { type Definition, mustAgree } from "../model/experiment.ts";
import { pointsTried, type Trial } from "../model/record.ts";
import { pointKey } from "../model/sweep.ts";
import type { Boot } from "./ahead.ts";
import { now } from "./clock.ts";
import { startFlagsOf } from "./flags.ts";
import type { Launch } from "./launch.ts";
import { cellKey, cellsOf, controlPoints, roundOf, type Cell } from "./plan.ts";
import type { Reply } from "./protocol.ts";
import { clip, emptyRecord, limitsOf, withFailure, withFlags, withLack, withRound, type Heading, type Unsigned } from "./recording.ts";
import { reserve } from "./reserve.ts";
import { answers } from "./round.ts";
import { RECENT } from "./together.ts";

export interface RunOptions extends Heading {
  /** Path of the experiment's file, for the trials to import. */
  readonly file: string;
  /** Seconds. A budget that the reader set ends an experiment even before its first look; the effort's own does not. */
  readonly budget?: number;
  /** Rounds that an interrupted run has already finished; the new ones are added to them. */
  readonly resume?: Unsigned;
  /** Path of the run's room, in which its trials keep what is slow to make. Unless given each trial has a room of its own. */
  readonly room?: string;
  readonly launch: Launch;
  /** Starts processes ahead of their trials; unless given, each is started as it is asked. */
  readonly boot?: Boot;
  readonly signal: AbortSignal;
  /** Which cells the claims still need; asked after the first look, where there may be a second. An empty list ends the experiment. */
  readonly open: (record: Unsigned) => readonly Cell[];
  /** Called as each round ends, so that nothing finished is ever lost. */
  readonly save: (record: Unsigned) => Promise<void>;
  readonly progress: (event: Progress) => void;
  readonly clock?: () => number;
}

/** What is going on, for whoever shows it. Times in seconds. */
export interface Progress {
  readonly experiment: string;
  readonly phase: "agree" | "trial";
  readonly round: number;
  readonly look: number;
  readonly trial: number;
  readonly trials: number;
  readonly cell?: Cell;
  readonly elapsed: number;
  /** Until the next look; unknown in the first round. */
  readonly left?: number;
}

/** Rounds after the first look that make a second one worth the error that is kept for it. */
const WORTHWHILE = 3;

/**
 * Measures one experiment: agreement first, then rounds of trials in fresh processes. After the first few its claims are looked at, and those
 * that are open go on until the budget is spent. A variant that fails at a point is left out from then on and the failure is part of the record.
 */
export async function run(definition: Definition, options: RunOptions): Promise<Unsigned> {
  const { clock = now } = options;
  const began = clock();
  const report = (event: Omit<Progress, "experiment" | "elapsed">): void =>
    options.progress({ ...event, experiment: options.experiment, elapsed: clock() - began });
  // How many looks there are is found anew: a record that was finished and not yet put in its place has said so already.
  const { looks: _looks, ...resumed }: Unsigned = options.resume ?? emptyRecord(definition, options);
  let record: Unsigned = resumed;
  const points = pointsTried(record);
  if (points.length === 0) return { ...record, notTried: record.skipped![0]!.because };
  const { firstLook, most, budget: granted } = spending[options.effort];
  const budget = options.budget ?? granted;
  const exact = countsOnly(definition);
  const controls = exact ? [] : controlPoints(definition, points);
  const finished = record.rounds.length;
  const last = exact ? 1 : most;
  await using processes = reserve(definition, points, points.length * definition.variantNames.length + 1, options);

  if (mustAgree(definition) && record.agreement === null) {
    report({ phase: "agree", round: 0, look: 0, trial: 0, trials: 0 });
    const { launch } = await processes.take(options.budget === undefined ? 1 + Math.min(firstLook, last) : 1);
    record = await agreed(definition, record, launch, options);
  }
  // What does not agree is not measured: a fast wrong answer is no result.
  if (mustAgree(definition) && !record.agreement?.agree) return record;

  // What a cell took last; of a resumed run as its record says.
  const before = record.rounds.at(-1)?.trials ?? [];
  const costs = new Map(
    before.map(({ variant, point, control = false, conditions }) => [cellKey({ variant, point, control }), conditions.wall]),
  );
  const quiet = record.rounds.flatMap(({ trials }) => trials.flatMap(({ conditions }) => conditions.atRest ?? []));
  let cells = cellsOf(definition, points)
    .filter((cell) => !record.failures.some((failure) => failedIn(cell, failure)))
    .filter((cell) => !record.lacking?.some(({ variant }) => variant === cell.variant));
  /** Rounds of these cells for which there is time. */
  const affordable = (them: readonly Cell[]): number => {
    const control = exact ? undefined : them.find(({ variant }) => variant === definition.variantNames[0]);
    const cost = [...them, ...(control ? [control] : [])].reduce((sum, cell) => sum + (costs.get(cellKey(cell)) ?? 0), 0);
    return cost > 0 ? Math.max(0, Math.floor((budget - clock() + began) / cost)) : last;
  };
  if (finished > firstLook) cells = stillOpen(cells, record, firstLook, options);

  for (let round = finished; round < last; round++) {
    // The effort's own budget ends nothing before it can be decided.
    const least = options.budget === undefined && cells.some((cell) => claimsValue(definition, cell)) ? roundsForValue : firstLook;
    if (round === firstLook) {
      // Asked of all cells, whatever has been read: nothing but time decides how many looks there are.
      if (least === firstLook && affordable(cells) < WORTHWHILE) return { ...record, looks: 1 };
      cells = stillOpen(cells, record, round, options);
    }
    if (cells.length === 0) break;
    const look = Math.min(last, round < firstLook ? firstLook : Math.max(least, round + affordable(cells)));
    if (look === round) break;

    const roundBegan = clock();
    const order = roundOf(definition, options.experiment, cells, controls, options.seed, round);
    const trials: Trial[] = [];
    const stillWanted = (cell: Cell): boolean => cells.some((other) => sameTrial(other, cell));
    const begins = (cell: Cell, index: number): void => {
      const pace = (clock() - began) / ((round - finished) * order.length + index);
      const left = Number.isFinite(pace) ? { left: pace * ((look - round) * order.length - index) } : {};
      report({ phase: "trial", round, look, trial: index, trials: order.length, cell, ...left });
    };
    // A reader's budget may end any round.
    const coming = options.budget === undefined ? look - round : 1;
    const inThisRound = { reserve: processes, coming, atRest: () => atRest(quiet), wanted: stillWanted, begins };
    const asked = { ...options, ...inThisRound, round, clock };
    for await (const { cell, reply, seconds } of answers(definition, order, asked)) {
      costs.set(cellKey(cell), seconds);
      if (options.signal.aborted) return record;
      // What was there a round ago and is not any more has failed; what never was is not tried, and the other variants are.
      if (reply.task === "unavailable" && ![...record.rounds.flatMap((it) => it.trials), ...trials].some(isOf(cell.variant))) {
        record = withLack(record, cell.variant, reply.because);
        cells = cells.filter(({ variant }) => variant !== cell.variant);
        if (cells.length === 0 && record.rounds.length + trials.length === 0) return { ...record, notTried: record.lacking![0]!.because };
      } else if (reply.task === "trial") {
        trials.push(withFlags(definition, reply.trial));
        if (reply.trial.conditions.atRest !== undefined) quiet.push(reply.trial.conditions.atRest);
      } else {
        const message = messageOf(reply);
        record = withFailure(record, { phase: "trial", variant: cell.variant, point: { ...cell.point }, message });
        cells = cells.filter((other) => !sameTrial(other, cell));
      }
    }
    record = withRound(record, { trials });
    await options.save(record);
    // Another round would take about as long as this one, and the reader meant what they said.
    if (options.budget !== undefined && 2 * clock() - began - roundBegan > options.budget) {
      return round < firstLook ? { ...record, looks: 1 } : record;
    }
  }
  return record;
}

async function agreed(definition: Definition, record: Unsigned, launch: Launch, { signal, ...options }: RunOptions): Promise<Unsigned> {
  const points = pointsTried(record);
  const limits = limitsOf(definition, points);
  const request = { ...asked(options), task: "agree", seed: seedFrom(options.seed, 0), points } as const;
  // A function is called once; what a scenario asks of its variants may take each of them as long as its story.
  const stories = definition.kind === "scenario" ? points.length * definition.variantNames.length : 2;
  const reply = await launch(request, startFlagsOf(definition), { ...limits, timeout: stories * limits.timeout }, signal);
  if (reply.task === "agree")
    return { ...record, agreement: { agree: reply.agree, ...(reply.detail ? { detail: clip(reply.detail) } : {}) } };
  if (reply.task === "unavailable") return { ...record, notTried: reply.because };
  return reply.task === "failed" && !signal.aborted ? withFailure(record, { ...reply, phase: "agree" }) : record;
}

/** Whether a claim rests on this cell's own reading alone, which takes more rounds than a comparison. */
const claimsValue = ({ claims, metrics }: Definition, { variant, point }: Cell): boolean =>
  Object.values(claims).some((readings) =>
    readings?.some(({ holds: { quantity }, at = {} }) => {
      const noisy = quantity.kind === "value" && quantity.of === variant && !metrics[quantity.metric]?.exact;
      return noisy && pointKey(at) === pointKey(point);
    }),
  );

const isOf =
  (name: string) =>
  ({ variant }: Trial): boolean =>
    variant === name;

function messageOf(reply: Reply): string {
  if (reply.task === "failed") return reply.message;
  return reply.task === "unavailable" ? reply.because : "the trial answered another question";
}

/** What the core does at rest: the least of the last trials, so that a change of its clock is followed. */
const atRest = (readings: readonly number[]): number | undefined =>
  readings.length > 0 ? Math.min(...readings.slice(-RECENT)) : undefined;

const asked = ({ file, effort, room }: Pick<RunOptions, "file" | "effort" | "room">) => ({
  file,
  window: spending[effort].window,
  ...(room !== undefined && { room }),
});

/** Of these cells the ones that the claims still needed after so many rounds. */
function stillOpen(cells: readonly Cell[], record: Unsigned, rounds: number, { open }: RunOptions): Cell[] {
  const wanted = new Set(open({ ...record, rounds: record.rounds.slice(0, rounds) }).map(cellKey));
  return cells.filter((cell) => wanted.has(cellKey(cell)));
}

const failedIn = (cell: Cell, { variant, point }: Unsigned["failures"][number]): boolean =>
  variant !== undefined && point !== undefined && sameTrial(cell, { variant, point, control: false });

/** Whether two cells run the same, be one of them the control. */
const sameTrial = (a: Cell, b: Cell): boolean => cellKey({ ...a, control: false }) === cellKey({ ...b, control: false });

/** A scenario that counts and times nothing has said everything after one round. */
export function countsOnly(definition: Definition): boolean {
  const own = Object.entries(definition.metrics).filter(([name]) => name !== "rss" && name !== "cpu");
  return definition.kind === "scenario" && own.every(([, metric]) => metric.exact);
}
