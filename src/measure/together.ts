import type { Definition, Stage } from "../model/experiment.ts";
import { collector } from "./allocation.ts";
import type { Reply, TogetherRequest } from "./protocol.ts";
import { timedTrial } from "./timed-trial.ts";

/**
 * All trials of a round in this process, in the order in which they were asked for. What one has made is collected before the next begins;
 * what a process as a whole has come to (`rss`) says nothing of a single one and is left out. A cell that throws costs no other its reading.
 */
export async function together(definition: Definition, request: TogetherRequest, stageOf: (variant: string) => Stage): Promise<Reply[]> {
  if (definition.kind === "scenario") throw new TypeError("a scenario's stories do not share a process");
  const collect = collector();
  const replies: Reply[] = [];
  let { atRest } = request;
  for (const cell of request.cells) {
    try {
      const asked = { ...request, ...cell, task: "trial", ...(atRest !== undefined && { atRest }) } as const;
      const { readings, ...trial } = await timedTrial(definition, asked, stageOf(cell.variant));
      const { rss: _rss, ...own } = readings;
      if (trial.conditions.atRest !== undefined) atRest = Math.min(atRest ?? Infinity, trial.conditions.atRest);
      replies.push({ task: "trial", trial: { ...trial, readings: own } });
    } catch (error) {
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      replies.push({ task: "failed", message, variant: cell.variant, point: cell.point });
    }
    collect("major");
  }
  return replies;
}
