import { existsSync } from "node:fs";
import { gate } from "../gate/gate.ts";
import { inProcesses } from "../gate/processes.ts";
import type { Comparison, GateResult } from "../model/gate.ts";
import { discoverOrExplain } from "./catalogue.ts";
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
  if (!existsSync(flags.benchmarks)) await discoverOrExplain(flags.benchmarks);
  const began = Date.now();
  using interrupt = interruptible();
  const { signal } = interrupt;
  await using base = await loadVersion(flags.base, flags.benchmarks, patterns, signal);
  await using head = await loadVersion(flags.head, flags.benchmarks, patterns, signal);
  if (patterns.length > 0 && [base, head].every(isEmpty)) {
    throw new UserError(`neither version has anything called ${patterns.join(" or ")}; assay list shows the names of the head`);
  }
  const progress = gateProgressLine(process.stderr);
  const { margin, bytesMargin, budget, seed } = flags;
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
  return strict && comparisons.some(({ state }) => state === "undecided") ? exitCodes.undecided : exitCodes.well;
}
