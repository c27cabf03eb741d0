import { seedFrom } from "../inputs/random.ts";
import { spending, type Effort } from "../model/effort.ts";
import type { Definition } from "../model/experiment.ts";
import type { Host } from "../model/host.ts";
import type { Failure, Round, RunRecord, Trial } from "../model/record.ts";
import type { Point } from "../model/sweep.ts";
import { now } from "./clock.ts";
import { flagsOf } from "./flags.ts";
import { canLimitMemory, type Launch, type Limits } from "./launch.ts";
import { cellKey, cellsOf, chosenPoints, controlPoints, roundOf, type Cell } from "./plan.ts";

/** A record that has no digest yet: the store adds it when it writes. */
export type Unsigned = Omit<RunRecord, "digest">;

export interface RunOptions {
  readonly experiment: string;
  /** Path of the experiment's file, for the trials to import. */
  readonly file: string;
  readonly effort: Effort;
  readonly seed: number;
  /** Seconds. A budget that the reader set ends an experiment even before its first look; the effort's own does not. */
  readonly budget?: number;
  /** Only points that have these values. */
  readonly at?: Point;
  readonly source: string;
  readonly commit?: string;
  readonly host: Host;
  readonly launch: Launch;
  readonly signal: AbortSignal;
  /** Which cells the claims still need; asked at every look. An empty list ends the experiment. */
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

const DEFAULT_TIMEOUT = 30;
const DEFAULT_MEMORY = 3 * 1024 ** 3;

/**
 * Measures one experiment: agreement first, then rounds of trials in fresh processes until its claims are decided, its looks are
 * used up or its budget is spent. A variant that fails at a point is left out from then on and the failure is part of the record.
 */
export async function run(definition: Definition, options: RunOptions): Promise<Unsigned> {
  const { effort, launch, signal, clock = now } = options;
  const { looks, ...spend } = spending[effort];
  const began = clock();
  const points = chosenPoints(definition, effort, options.at);
  const flags = flagsOf(definition);
  const limits = limitsOf(definition);
  const asked = { file: options.file, window: spend.window };
  let record: Unsigned = emptyRecord(definition, options, points, limits);
  const report = (event: Omit<Progress, "experiment" | "elapsed">): void =>
    options.progress({ ...event, experiment: options.experiment, elapsed: clock() - began });

  report({ phase: "agree", round: 0, look: looks[0]!, trial: 0, trials: 0 });
  if (definition.kind === "experiment") {
    const seed = seedFrom(options.seed, 0);
    const reply = await launch({ ...asked, task: "agree", seed, points }, flags, { ...limits, timeout: 2 * limits.timeout }, signal);
    if (reply.task === "agree") {
      record = { ...record, agreement: { agree: reply.agree, ...(reply.detail ? { detail: clip(reply.detail) } : {}) } };
    }
    if (reply.task === "failed" && !signal.aborted) record = withFailure(record, { ...reply, phase: "agree" });
    // What does not agree is not timed: a fast wrong answer is no result.
    if (reply.task !== "agree" || !reply.agree) return record;
  }

  const controls = controlPoints(definition, points);
  let cells = cellsOf(definition, points);
  const exact = onlyExact(definition);
  const lastRound = exact ? 1 : looks.at(-1)!;
  for (let round = 0; round < lastRound && cells.length > 0; round++) {
    const look = exact ? 1 : looks.find((rounds) => rounds > round)!;
    const order = roundOf(definition, options.experiment, cells, exact ? [] : controls, options.seed, round);
    const trials: Trial[] = [];
    for (const [index, cell] of order.entries()) {
      // The control of a variant that failed a moment ago would fail again.
      if (!cells.some((other) => sameTrial(other, cell))) continue;
      const rest = (look - round) * order.length - index;
      const pace = round > 0 || index > 0 ? (clock() - began) / (round * order.length + index) : undefined;
      report({
        phase: "trial",
        round,
        look,
        trial: index,
        trials: order.length,
        cell,
        ...(pace === undefined ? {} : { left: pace * rest }),
      });
      const request = { ...asked, ...spend, ...cell, task: "trial", seed: seedFrom(options.seed, round) } as const;
      const reply = await launch(request, flags, limits, signal);
      if (signal.aborted) return record;
      if (reply.task === "trial") trials.push(reply.trial);
      else {
        const message = reply.task === "failed" ? reply.message : "the trial answered another question";
        record = withFailure(record, { phase: "trial", variant: cell.variant, point: { ...cell.point }, message });
        cells = cells.filter((other) => !sameTrial(other, cell));
      }
    }
    record = withRound(record, { trials });
    await options.save(record);

    const spent = clock() - began;
    const overReadersBudget = options.budget !== undefined && spent >= options.budget;
    if (overReadersBudget) break;
    if (round + 1 !== look) continue;
    const wanted = new Set(options.open(record).map(cellKey));
    cells = cells.filter((cell) => wanted.has(cellKey(cell)));
    const next = looks.find((rounds) => rounds > look);
    const budget = options.budget ?? spend.budget;
    // Rounds that cannot reach the next look would buy nothing.
    const needed = next === undefined ? Infinity : (next - look) * cells.length * (spent / ((round + 1) * order.length));
    if (spent + needed > budget) break;
  }
  return record;
}

/** The record of an experiment that this host cannot try, because it lacks what it needs. */
export function notTried(definition: Definition, options: RunOptions, because: string): Unsigned {
  const points = chosenPoints(definition, options.effort, options.at);
  return { ...emptyRecord(definition, options, points, limitsOf(definition)), notTried: because };
}

const limitsOf = (definition: Definition): Limits => ({
  timeout: definition.timeout ?? DEFAULT_TIMEOUT,
  memory: definition.memory ?? DEFAULT_MEMORY,
});

function emptyRecord(definition: Definition, options: RunOptions, points: readonly Point[], limits: Limits): Unsigned {
  return {
    schema: 1,
    experiment: options.experiment,
    kind: definition.kind,
    source: options.source,
    ...(options.commit === undefined ? {} : { commit: options.commit }),
    startedAt: new Date().toISOString(),
    effort: options.effort,
    seed: options.seed,
    runtime: `node ${process.versions.node}, V8 ${process.versions.v8}`,
    flags: flagsOf(definition),
    host: { ...options.host, caches: [...options.host.caches] },
    metrics: { ...definition.metrics },
    variants: [...definition.variantNames],
    points: points.map((point) => ({ ...point })),
    centre: definition.kind === "experiment" ? (definition.centre ?? "median") : "median",
    ...(definition.kind === "experiment" && definition.per ? { per: definition.per } : {}),
    agreement: null,
    memoryLimit: canLimitMemory ? limits.memory : null,
    rounds: [],
    failures: [],
  };
}

/** Whether two cells run the same, be one of them the control. */
const sameTrial = (a: Cell, b: Cell): boolean => cellKey({ ...a, control: false }) === cellKey({ ...b, control: false });

/** An error may say more than a record can hold. */
const clip = (message: string): string => (message.length > 1000 ? `${message.slice(0, 999)}…` : message);

/** A scenario that counts and times nothing has said everything after one round. */
function onlyExact(definition: Definition): boolean {
  const own = Object.entries(definition.metrics).filter(([name]) => name !== "rss" && name !== "cpu");
  return definition.kind === "scenario" && own.every(([, metric]) => metric.exact);
}

const withRound = (record: Unsigned, round: Round): Unsigned => ({ ...record, rounds: [...record.rounds, round] });
const withFailure = (record: Unsigned, { phase, variant, point, message }: Failure): Unsigned => ({
  ...record,
  failures: [
    ...record.failures,
    { phase, message: clip(message), ...(variant === undefined ? {} : { variant }), ...(point === undefined ? {} : { point }) },
  ],
});
