import { peakMemory } from "../load/peak-memory.ts";
import type { DefinedScenario, Stage } from "../model/experiment.ts";
import type { Trial } from "../model/record.ts";
import { stolenDoubt, watch } from "./conditions.ts";
import { dispose } from "./dispose.ts";
import type { TrialRequest } from "./protocol.ts";

/** Tells one variant's story once, in this process, and checks that it returned every reading it declares. */
export async function scenarioTrial(definition: DefinedScenario, request: TrialRequest, stage: Stage): Promise<Trial> {
  const story = definition.variants[request.variant] as (
    input: unknown,
    stage: Stage,
  ) => Promise<Record<string, number | readonly number[]>>;
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
      readings[metric] = samplesOf(metric, told?.[metric]);
    }
    readings.rss = [peakMemory()];
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

/** A record holds every sample, and a page draws them: more are a histogram's business. */
const MOST_SAMPLES = 5_000;

function samplesOf(metric: string, reading: unknown): number[] {
  const samples: unknown[] = Array.isArray(reading) ? reading : [reading];
  if (samples.length === 0) throw new TypeError(`the story returned an empty list for ${metric}`);
  const odd = samples.findIndex((sample) => typeof sample !== "number" || !Number.isFinite(sample));
  if (odd >= 0) throw new TypeError(`the story returned ${String(samples[odd])} for ${metric}, which must be a finite number`);
  if (samples.length > MOST_SAMPLES) {
    throw new RangeError(`the story returned ${samples.length} samples for ${metric}; ${MOST_SAMPLES} at most are kept`);
  }
  return samples as number[];
}
