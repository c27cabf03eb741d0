import { setTimeout } from "node:timers/promises";
import type { Definition, Stage } from "../model/experiment.ts";
import type { Trial } from "../model/record.ts";
import { ServiceFailed } from "../services/failed.ts";
import { ServiceUnavailable } from "../services/unavailable.ts";
import { collector } from "./allocation.ts";
import { now } from "./clock.ts";
import type { Reply, TogetherRequest, TrialRequest } from "./protocol.ts";
import { scenarioTrial } from "./scenario-trial.ts";
import { timedTrial } from "./timed-trial.ts";

/** What a process says of something that was thrown. */
export function replyTo(error: unknown): Reply {
  if (error instanceof ServiceUnavailable) return { task: "unavailable", because: error.because };
  if (error instanceof ServiceFailed) return { task: "failed", message: error.message };
  return { task: "failed", message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}

/** One variant at one point, in this process. */
export const trialOf = (definition: Definition, request: TrialRequest, stage: Stage): Promise<Trial> =>
  definition.kind === "scenario" ? scenarioTrial(definition, request, stage) : timedTrial(definition, request, stage);

/** Trials whose yardsticks tell what the core does at rest. */
export const RECENT = 20;

/** Bytes of array buffers that a module may have made for good. */
const FOR_GOOD = 1e6;
const TURNS = 5;

/**
 * Collects what a trial has made. Something of the runtime may hold on to it until the event loop has turned, and two of the largest arrays
 * do not fit the limit.
 */
async function cleared(collect: ReturnType<typeof collector>, before: number): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    collect("major");
    if (process.memoryUsage().arrayBuffers <= before + FOR_GOOD) return;
    await setTimeout(5);
  }
}

/**
 * All trials of a round in this process, in the order in which they were asked for. What one has made is collected before the next begins;
 * what a process as a whole has come to (`rss`) says nothing of a single one and is left out. A cell that throws costs no other its reading.
 */
export async function together(definition: Definition, request: TogetherRequest, stageOf: (variant: string) => Stage): Promise<Reply[]> {
  const collect = collector();
  const replies: Reply[] = [];
  const rests = request.atRest === undefined ? [] : [request.atRest];
  for (const cell of request.cells) {
    const began = now();
    const before = process.memoryUsage().arrayBuffers;
    try {
      const asked = { ...request, ...cell, task: "trial", ...(rests.length > 0 && { atRest: Math.min(...rests.slice(-RECENT)) }) } as const;
      const { readings, ...trial } = await trialOf(definition, asked, stageOf(cell.variant));
      const { rss: _rss, ...own } = readings;
      if (trial.conditions.atRest !== undefined) rests.push(trial.conditions.atRest);
      replies.push({ task: "trial", trial: { ...trial, readings: own, conditions: { ...trial.conditions, wall: now() - began } } });
    } catch (error) {
      replies.push(replyTo(error));
    }
    await cleared(collect, before);
  }
  return replies;
}
