import { constants, existsSync } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { gate } from "../gate/gate.ts";
import { inProcesses } from "../gate/processes.ts";
import type { Comparison, GateResult } from "../model/gate.ts";
import { noBenchmarks } from "./catalogue.ts";
import { exitCodes, UserError } from "./exit.ts";
import { gateProgressLine } from "./gate-progress.ts";
import { tellGate } from "./gate-tell.ts";
import { changesOf, loadVersion, type LoadedVersion } from "./gate-versions.ts";
import { interruptible } from "./interrupt.ts";

export interface GateFlags {
  readonly benchmarks: string;
  readonly base: string;
  /** The working tree unless given. */
  readonly head?: string;
  /** Changes that nobody minds, as shares. */
  readonly margin: number;
  readonly bytesMargin: number;
  /** Seconds. */
  readonly budget: number;
  readonly seed: number;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly markdown?: string;
  readonly all?: boolean;
}

/** `assay gate`: whether anything became slower between two versions. */
export async function gateCommand(patterns: readonly string[], flags: GateFlags): Promise<number> {
  if (!existsSync(flags.benchmarks)) throw noBenchmarks(flags.benchmarks);
  if (flags.markdown !== undefined) await checkWritable(flags.markdown);
  const began = Date.now();
  using interrupt = interruptible("the versions are put away");
  const { signal } = interrupt;
  await using base = await loadVersion(flags.base, flags.benchmarks, patterns, signal);
  await using head = await loadVersion(flags.head, flags.benchmarks, patterns, signal);
  if (patterns.length > 0 && [base, head].every(isEmpty)) {
    throw new UserError(`neither version has anything called ${patterns.join(" or ")}; assay list shows the names of the head`);
  }
  const progress = gateProgressLine(process.stderr);
  // Cached code belongs to paths that go with this run.
  if (base.scratch !== undefined) process.env["NODE_COMPILE_CACHE"] = join(base.scratch, "cache");
  const { margin, bytesMargin, seed } = flags;
  const budget = Math.max(0, flags.budget - (Date.now() - began) / 1e3);
  const margins = { time: margin, bytes: bytesMargin };
  const read = inProcesses(seed, signal);
  const gated = await gate(
    { base: base.side, head: head.side },
    { margin: margins, budget, seed, read, signal, progress: progress.update },
  );
  progress.clear();
  const differing = new Set(gated.comparisons.map(({ experiment }) => experiment));
  const result: GateResult = {
    base: { name: base.name, commit: base.commit },
    head: { name: head.name, commit: head.commit },
    margin: margins,
    comparisons: gated.comparisons,
    changes: await changesOf(differing, { base, head }),
    unchanged: gated.unchanged,
    seconds: (Date.now() - began) / 1e3,
    exit: signal.aborted ? exitCodes.interrupted : exitOf(gated.comparisons, flags.strict ?? false),
  };
  await tellGate(result, flags);
  return result.exit;
}

const isEmpty = ({ side }: LoadedVersion): boolean => side.benchmarks.size + side.broken.size === 0;

/** A slowdown weighs most; what is broken in the head cannot be vouched for; what the base alone broke is mended. */
function exitOf(comparisons: readonly Comparison[], strict: boolean): number {
  if (comparisons.some(({ worse }) => worse)) return exitCodes.regression;
  if (comparisons.some(({ state, fault }) => state === "broken" && fault !== "base")) return exitCodes.failed;
  return strict && comparisons.some(({ state }) => state === "undecided" || state === "broken") ? exitCodes.undecided : exitCodes.well;
}

/** Minutes of measuring are not to end in a file that cannot be written. @throws {UserError} */
async function checkWritable(file: string): Promise<void> {
  const refused = (why: string): UserError => new UserError(`cannot write ${file}: ${why}; choose another file with --markdown`);
  const standing = await stat(file).catch(() => undefined);
  if (standing && !standing.isFile()) throw refused("it is no file");
  await access(standing ? file : dirname(resolve(file)), constants.W_OK).catch(() => {
    throw refused(existsSync(dirname(resolve(file))) ? "it may not be written to" : "its folder is not there");
  });
}
