import { homedir, tmpdir } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";
import { memoryForTrial } from "../host/memory.ts";
import { lackingAt } from "../host/needs.ts";
import type { Effort } from "../model/effort.ts";
import type { Definition } from "../model/experiment.ts";
import type { Host } from "../model/host.ts";
import { pointsTried, type Failure, type Round, type RunRecord, type Trial } from "../model/record.ts";
import { type Point, pointKey } from "../model/sweep.ts";
import { flagsOf, startFlagsAt } from "./flags.ts";
import { canLimitMemory, type Limits } from "./launch.ts";
import { chosenPoints } from "./plan.ts";

/** A record that has no digest yet: the store adds it when it writes. */
export type Unsigned = Omit<RunRecord, "digest">;

/** What a record says of itself before the first trial. */
export interface Heading {
  /** `<article>/<experiment>`. */
  readonly experiment: string;
  readonly effort: Effort;
  readonly seed: number;
  /** Only points that have these values. */
  readonly at?: Point;
  readonly source: string;
  readonly commit?: string;
  readonly host: Host;
}

const DEFAULT_TIMEOUT = 30;
const DEFAULT_MEMORY = 3 * 1024 ** 3;
/** A need is what a trial fills; on the way there it may hold more for a moment. */
const SLACK = 1.5;

/** What a trial at a point is limited to. */
export const limitsAt = (definition: Definition, point: Point): Limits => ({
  timeout: definition.timeout ?? DEFAULT_TIMEOUT,
  memory: memoryAt(definition, point),
});

function memoryAt({ memory, needs }: Definition, point: Point): number {
  if (memory !== undefined) return typeof memory === "function" ? memory(point) : memory;
  const needed = typeof needs?.memory === "function" ? needs.memory(point) : (needs?.memory ?? 0);
  return Math.max(DEFAULT_MEMORY, SLACK * needed);
}

/** What the largest of these points needs. */
export const limitsOf = (definition: Definition, points: readonly Point[]): Limits =>
  points.map((point) => limitsAt(definition, point)).reduce((all, it) => ({ ...all, memory: Math.max(all.memory, it.memory) }));

/** The record of an experiment of which nothing has been measured yet. */
export function emptyRecord(definition: Definition, heading: Heading): Unsigned {
  const points = chosenPoints(definition, heading.effort, heading.at);
  const available = memoryForTrial();
  const skipped = points.flatMap((point) => {
    const because = lackingAt(definition.needs, point, available);
    return because === undefined ? [] : [{ point: { ...point }, because }];
  });
  const tried = pointsTried({ points: [...points], skipped });
  return {
    schema: 1,
    experiment: heading.experiment,
    kind: definition.kind,
    source: heading.source,
    ...(heading.commit === undefined ? {} : { commit: heading.commit }),
    startedAt: new Date().toISOString(),
    effort: heading.effort,
    seed: heading.seed,
    runtime: `node ${process.versions.node}, V8 ${process.versions.v8}`,
    flags: flagsOf(definition),
    host: { ...heading.host, caches: [...heading.host.caches] },
    metrics: { ...definition.metrics },
    variants: [...definition.variantNames],
    points: points.map((point) => ({ ...point })),
    ...(skipped.length > 0 && { skipped }),
    centre: definition.kind === "experiment" ? (definition.centre ?? "median") : "median",
    ...(definition.kind === "experiment" && definition.per ? { per: definition.per } : {}),
    ...(definition.together && { together: true as const }),
    agreement: null,
    memoryLimit: canLimitMemory && tried.length > 0 ? limitsOf(definition, tried).memory : null,
    rounds: [],
    failures: [],
  };
}

/** The record of an experiment that this host cannot try, because it lacks what it needs. */
export function notTried(definition: Definition, heading: Heading, because: string): Unsigned {
  return { ...emptyRecord(definition, heading), notTried: because };
}

/** Whether rounds of a new run may be added to this record: it asks the same of the same code on the same host. */
export function continues(record: Unsigned, definition: Definition, heading: Heading): boolean {
  const points = (all: readonly Point[]): string => all.map(pointKey).join();
  return (
    record.experiment === heading.experiment &&
    record.source === heading.source &&
    record.effort === heading.effort &&
    record.seed === heading.seed &&
    record.host.id === heading.host.id &&
    points(record.points) === points(chosenPoints(definition, heading.effort, heading.at))
  );
}

/** Swept flags belong to each trial; the record's own hold for all of them. */
export const withFlags = (definition: Definition, trial: Trial): Trial =>
  typeof definition.flags === "function" ? { ...trial, flags: [...startFlagsAt(definition, trial.point)] } : trial;

export const withRound = (record: Unsigned, round: Round): Unsigned => ({ ...record, rounds: [...record.rounds, round] });

export const withFailure = (record: Unsigned, { phase, variant, point, message }: Failure): Unsigned => ({
  ...record,
  failures: [
    ...record.failures,
    { phase, message: clip(message), ...(variant === undefined ? {} : { variant }), ...(point === undefined ? {} : { point }) },
  ],
});

export const withLack = (record: Unsigned, variant: string, because: string): Unsigned => ({
  ...record,
  lacking: [...(record.lacking ?? []), { variant, because: clip(because) }],
});

/** Folders that tell whose machine this is, the longest first, and what stands for each in a record. */
const PRIVATE = (
  [
    [fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, ""), "<lab>"],
    [process.cwd(), "<here>"],
    [tmpdir(), "<tmp>"],
    [homedir(), "~"],
  ] as const
)
  .filter(([folder]) => folder.length > 1)
  .toSorted(([a], [b]) => b.length - a.length);

/** What an error says, without private paths and no longer than a record can hold. */
export function clip(message: string): string {
  const told = PRIVATE.reduce(
    (text, [folder, name]) => text.replaceAll(pathToFileURL(folder).href, name).replaceAll(folder, name),
    message,
  );
  return told.length > 1000 ? `${told.slice(0, 999)}…` : told;
}
