import type { DefinedScenario, Stage } from "../model/experiment.ts";
import type { Trial } from "../model/record.ts";
import { stolenDoubt, watch } from "./conditions.ts";
import { dispose } from "./dispose.ts";
import type { TrialRequest } from "./protocol.ts";

/** Tells one variant's story once, in this process, and checks that it returned every reading it declares. */
export async function scenarioTrial(definition: DefinedScenario, request: TrialRequest, stage: Stage): Promise<Trial> {
  const story = definition.variants[request.variant] as (input: unknown, stage: Stage) => Promise<Record<string, number>>;
  const input = await definition.setup?.(request.point, stage);
  try {
    const watching = watch();
    const processor = process.cpuUsage();
    const told = await story(input, stage);
    const spent = process.cpuUsage(processor);
    await watching.rest();
    const readings: Record<string, number[]> = {};
    for (const metric of Object.keys(definition.metrics)) {
      if (metric === "rss" || metric === "cpu") continue;
      const reading = told?.[metric];
      if (typeof reading !== "number" || !Number.isFinite(reading)) {
        throw new TypeError(`the story returned ${String(reading)} for ${metric}, which must be a finite number`);
      }
      readings[metric] = [reading];
    }
    readings.rss = [process.resourceUsage().maxRSS * 1024];
    readings.cpu = [(spent.user + spent.system) / 1e6];
    const conditions = watching.conditions();
    return {
      variant: request.variant,
      ...(request.control ? { control: true as const } : {}),
      point: { ...request.point },
      readings,
      conditions,
      warnings: stolenDoubt(conditions),
    };
  } finally {
    await dispose(input);
  }
}
