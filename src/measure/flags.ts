import v8 from "node:v8";
import type { Definition } from "../model/experiment.ts";
import type { Point } from "../model/sweep.ts";

/**
 * Timed trials are to see the state in which a program that has run for minutes stays: code of V8's top tier. V8 gets there by
 * counting invocations (3,000 of them, and 500 since the last change of type feedback), which takes a call of 0.1 ms most of a second,
 * and on the way stands a middle tier whose code for the same loop took up to twice as long: a short trial would time the step from one to
 * the other. So the middle tier is left out and the counts are lowered. What a trial of 0.03 s then reads is what one of 2 s reads.
 */
const topTierSoon = ["--no-maglev", "--invocation-count-for-turbofan=30", "--minimum-invocations-after-ic-update=30"];

/** Calls within which the top tier's code is there. */
export const callsToTopTier = 100;

/** Other versions of V8 name or count these things differently, and complain of a flag that they do not know. */
const known = Number(process.versions.v8.split(".")[0]) >= 14;

/**
 * Switches this process over to them. Not on the command line: there they would also hold for the runtime's own start, which then takes
 * twice as long, because the code that was cached for it was made under other flags.
 */
export function reachTopTierSoon(): void {
  if (known) for (const flag of topTierSoon) v8.setFlagsFromString(flag);
}

/** Flags with which a trial at a point is started. */
export function startFlagsAt({ flags = [] }: Definition, point: Point): readonly string[] {
  return typeof flags === "function" ? flags(point) : flags;
}

/** Flags with which all trials of an experiment are started; where they are swept the record holds each trial's own. */
export const startFlagsOf = ({ flags = [] }: Definition): readonly string[] => (typeof flags === "function" ? [] : flags);

/** All flags under which every trial of an experiment is read. Scenarios are stories of ordinary processes and have only their own. */
export function flagsOf(definition: Definition): string[] {
  return [...(definition.kind === "experiment" && known ? topTierSoon : []), ...startFlagsOf(definition)];
}
