import { dirname } from "node:path";
import { host as describeHost } from "../host/fingerprint.ts";
import { lacking } from "../host/needs.ts";
import { openRoom } from "../host/room.ts";
import type { Scratch } from "../host/scratch.ts";
import { openCells } from "../judge/open.ts";
import { verdictsOf } from "../judge/verdicts.ts";
import { boot } from "../measure/ahead.ts";
import { flagsOf } from "../measure/flags.ts";
import { launch } from "../measure/launch.ts";
import { chosenPoints } from "../measure/plan.ts";
import { continues, notTried, type Heading, type Unsigned } from "../measure/recording.ts";
import { countsOnly, run, type Progress, type RunOptions } from "../measure/run.ts";
import type { Effort } from "../model/effort.ts";
import type { Definition } from "../model/experiment.ts";
import type { RunRecord } from "../model/record.ts";
import type { Point } from "../model/sweep.ts";
import type { Verdict } from "../model/verdict.ts";
import { commitOf } from "../store/commit.ts";
import type { BrokenFile, Catalogue, DiscoveredExperiment } from "../store/discover.ts";
import { partialPath, readRecord, recordPath, saveComplete, savePartial, sign } from "../store/records.ts";
import { sourceHash } from "../store/source.ts";
import { diskError, UserError } from "./exit.ts";
import { inLanes, LANES } from "./lanes.ts";
import type { ProgressLine } from "./progress.ts";

export interface MeasureOptions {
  readonly effort: Effort;
  readonly seed: number;
  /** Seconds for everything; unset, each experiment has what its effort grants. */
  readonly budget?: number;
  readonly at?: Point;
  /** Folder of the records. */
  readonly out: string;
  /** Go on where a run was interrupted: finished records are kept, a partial one is continued. */
  readonly resume?: boolean;
  readonly signal: AbortSignal;
  readonly clock?: () => number;
}

/** What became of one experiment. */
export interface Outcome {
  readonly experiment: DiscoveredExperiment;
  readonly record: RunRecord;
  readonly verdicts: readonly Verdict[];
}

/** What became of everything that was to run. */
export interface Outcomes {
  readonly finished: readonly Outcome[];
  readonly broken: readonly BrokenFile[];
  readonly interrupted: boolean;
}

/**
 * Measures every experiment of a catalogue and keeps each record as it grows. First come those that only count, two beside each other where
 * there are processors for it; then the others, one after the other, with nothing beside them.
 * An experiment that fails is one failed row; the others still run.
 * @throws {UserError} if the folder for the records cannot be written to.
 */
export async function measureAll(
  catalogue: Catalogue,
  options: MeasureOptions,
  line: (decided: () => string) => ProgressLine,
): Promise<Outcomes> {
  const { effort, out, signal, clock = () => Date.now() / 1e3 } = options;
  // What has no such point has nothing to run: a record without points would stand for nothing, in the place of one that does.
  const experiments = catalogue.articles
    .flatMap((article) => article.experiments)
    .filter(({ definition }) => chosenPoints(definition, effort, options.at).length > 0);
  const finished: Outcome[] = [];
  const show = line(() => decidedSoFar(finished));
  const thisHost = describeHost();
  const commits = new Map<string, Promise<string | undefined>>();
  const began = clock();
  let begun = 0;

  const measure = async (experiment: DiscoveredExperiment, room: Scratch): Promise<void> => {
    if (signal.aborted) return;
    const { id, file, definition } = experiment;
    const started = clock();
    const left = options.budget === undefined ? undefined : Math.max(0, options.budget - (started - began)) / (experiments.length - begun);
    show.begin(id, begun++, experiments.length);
    const folder = dirname(dirname(file));
    if (!commits.has(folder)) commits.set(folder, commitOf(folder));
    const commit = await commits.get(folder);
    const keep = async (record: Unsigned): Promise<void> => {
      if (effort === "smoke") return;
      await savePartial(out, record).catch((error: unknown) => Promise.reject(diskError(error, out)));
    };
    const runOptions: RunOptions = {
      experiment: id,
      file,
      effort,
      seed: options.seed,
      ...(left === undefined ? {} : { budget: left }),
      ...(options.at === undefined ? {} : { at: options.at }),
      source: sourceHash(file, flagsOf(definition)),
      ...(commit === undefined ? {} : { commit }),
      host: thisHost,
      room: room.directory,
      launch,
      boot,
      signal,
      open: (record) => openCells(definition, id, sign(record)).map((cell) => ({ ...cell, control: false })),
      save: keep,
      progress: (event: Progress) => show.update(event),
    };
    const standing = options.resume ? await standingRecord(definition, runOptions, out) : {};
    const lack = lacking(definition.needs, file);
    const unsigned =
      standing.complete ??
      (lack === undefined ? await run(definition, { ...runOptions, ...standing }) : notTried(definition, runOptions, lack));
    const record = sign(unsigned);
    const outcome = { experiment, record, verdicts: verdictsOf(definition, id, record) };
    if (effort !== "smoke" && !signal.aborted && !standing.complete) {
      await saveComplete(out, record).catch((error: unknown) => Promise.reject(diskError(error, out)));
    }
    finished.push(outcome);
    show.end(id, signal.aborted ? `interrupted after ${record.rounds.length} rounds` : inShort(outcome, clock() - started));
  };

  const open = (): Promise<Scratch> => openRoom().catch((error: unknown) => Promise.reject(noRoom(error)));
  await using room = await open();
  const whole = { directory: room.directory, [Symbol.asyncDispose]: async () => {} };
  const [counting, timing] = [true, false].map((only) => experiments.filter(({ definition }) => countsOnly(definition) === only));
  // Two trials must not move the same store about, so the second lane has a room of its own.
  await inLanes(counting!, LANES, async (lane) => (lane === 0 ? whole : open()), measure);
  await inLanes(timing!, 1, async () => whole, measure);
  show.clear();
  const broken = [...catalogue.broken, ...catalogue.articles.flatMap((article) => article.broken)];
  const inOrder = experiments.flatMap((experiment) => finished.filter((outcome) => outcome.experiment === experiment));
  return { finished: inOrder, broken, interrupted: signal.aborted };
}

/** Trials share loaded databases in the directory for temporary files. */
function noRoom(error: unknown): UserError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new UserError(`the directory for temporary files cannot be used (${code ?? message}); set TMPDIR to another one`);
}

/** What an interrupted run left of an experiment: a finished record that need not be measured again, or rounds to continue. */
async function standingRecord(
  definition: Definition,
  heading: Heading,
  out: string,
): Promise<{ complete?: RunRecord; resume?: RunRecord }> {
  const usable = async (path: string): Promise<RunRecord | undefined> => {
    const read = await readRecord(path);
    return !("because" in read) && continues(read, definition, heading) ? read : undefined;
  };
  const complete = await usable(recordPath(out, heading.experiment, heading.host.id));
  // What this host could not try then it may be able to try now.
  if (complete && complete.notTried === undefined && !complete.skipped?.length && !complete.lacking?.length) return { complete };
  const resume = await usable(partialPath(out, heading.experiment, heading.host.id));
  return resume ? { resume } : {};
}

const open = (verdict: Verdict): boolean => verdict.ruling === "undecided";

function decidedSoFar(finished: readonly Outcome[]): string {
  const verdicts = finished.flatMap((outcome) => outcome.verdicts);
  return `${verdicts.filter((verdict) => !open(verdict)).length} of ${verdicts.length} claims decided`;
}

/** Why an experiment counts as failed, one line each; empty if it does not. */
export function failuresOf({ record }: Outcome): string[] {
  const where = (variant?: string, point?: object): string => {
    const at = point && Object.keys(point).length > 0 ? ` at ${JSON.stringify(point)}` : "";
    return variant === undefined ? "" : `${variant}${at}: `;
  };
  const failures = record.failures.map(({ variant, point, message }) => `${where(variant, point)}${message}`);
  if (record.agreement && !record.agreement.agree) failures.unshift(record.agreement.detail ?? "the variants disagree");
  return failures.map((failure) => failure.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ").slice(0, 300));
}

function inShort(outcome: Outcome, seconds: number): string {
  const [failure] = failuresOf(outcome);
  if (failure !== undefined) return `failed: ${failure}`;
  if (outcome.record.notTried !== undefined) return `not tried: ${outcome.record.notTried}`;
  const { verdicts, record } = outcome;
  const tally = Object.entries(Object.groupBy(verdicts, ({ ruling }) => ruling)).map(([ruling, group]) => `${group!.length} ${ruling}`);
  return `${record.rounds.length} ${record.rounds.length === 1 ? "round" : "rounds"} in ${Math.ceil(seconds)} s; ${tally.join(", ") || "no claims"}`;
}
