import { peakMemory } from "../load/peak-memory.ts";
import type { DefinedExperiment, Stage } from "../model/experiment.ts";
import type { Trial } from "../model/record.ts";
import type { WarningKind } from "../model/warning.ts";
import { median } from "../stats/quantiles.ts";
import { allocationOf } from "./allocation.ts";
import { batchOf } from "./batch.ts";
import { clockError, now } from "./clock.ts";
import { stolenDoubt, watch } from "./conditions.ts";
import { dispose } from "./dispose.ts";
import { reachTopTierSoon } from "./flags.ts";
import { plain } from "./plain.ts";
import type { TrialRequest } from "./protocol.ts";
import type { Stopwatch } from "./stopwatch.ts";
import { timeBatch, type Timing, type TimingPlan } from "./timing.ts";
import { yardstick } from "./yardstick.ts";

/** A variant this close to an empty call cannot be told from nothing. */
const INDISTINGUISHABLE = 1.5;

/** Times one variant at one point, in this process, which has run nothing else; its memory is read afterwards, never while timing. */
export async function timedTrial(definition: DefinedExperiment, request: TrialRequest, stage: Stage): Promise<Trial> {
  const input = await definition.setup?.(request.point, stage);
  try {
    return await timedOn(input, definition, request);
  } finally {
    await dispose(input);
  }
}

async function timedOn(input: unknown, definition: DefinedExperiment, request: TrialRequest): Promise<Trial> {
  const call = definition.variants[request.variant] as (input: unknown) => unknown;
  const { operations = 1 } = definition;
  const perCall = typeof operations === "function" ? operations(request.point) : operations;
  if (!(perCall > 0)) throw new RangeError(`operations is ${perCall} at this point; it must be a positive number`);

  reachTopTierSoon();
  const first = call(input);
  const asynchronous = first instanceof Promise;
  if (asynchronous) await first;
  const stopwatch = await stopwatchFor(asynchronous);
  const batch = batchOf(call, input, asynchronous ? "asynchronous" : "synchronous");
  const { cost, resolution } = clockError();
  const watching = watch();
  const plan: TimingPlan = {
    timing: request.timing,
    warmUp: request.warmUp,
    timerError: cost + resolution,
    rest: watching.rest,
    // Collections are what an experiment about allocation is after, and they work on other cores as well: there every batch counts.
    ...(definition.centre !== "mean" && { yardstick: yardstick(), ...(request.atRest !== undefined && { atRest: request.atRest }) }),
  };

  const processor = process.cpuUsage();
  const began = now();
  const timing = await timeBatch(batch, { timing: stopwatch, preparing: plain }, plan);
  const spent = process.cpuUsage(processor);
  const elapsed = now() - began;
  await watching.rest();
  const pause = watching.pausesWithin(timing.spans);
  const conditions = watching.conditions();
  const callsTimed = timing.spans.length * timing.calls;
  const perBatch = timing.calls * perCall;
  const time = timing.spans.map((span) => span.duration / perBatch);
  const share = timing.spans.reduce((sum, span) => sum + span.duration, 0) / elapsed;

  const warnings: WarningKind[] = [];
  if (!timing.steady) warnings.push("not-steady");
  if (timing.coarse) warnings.push("coarse-timer");
  if (timing.disturbed) warnings.push("shared-core");
  if (await looksEmpty(timing, asynchronous, plan)) warnings.push("nothing-to-time");
  warnings.push(...stolenDoubt(conditions));
  if (!asynchronous && conditions.cpu < 0.9 * conditions.read) warnings.push("switched-out");

  const batchesOf = async (calls: number): Promise<void> => {
    batch.calls = calls;
    await batch.run();
  };
  const plainly = (calls: number): unknown => {
    batch.calls = calls;
    return batch.run();
  };
  const allocated = await allocationOf(asynchronous ? batchesOf : plainly, Math.max(0.01, request.timing / 2), now);

  return {
    variant: request.variant,
    ...(request.control ? { control: true as const } : {}),
    point: { ...request.point },
    stopwatch: asynchronous ? "tinybench" : "mitata",
    readings: {
      time,
      bytes: [allocated.heap / perCall],
      ...(allocated.external === undefined ? {} : { externalBytes: [allocated.external / perCall] }),
      gc: [pause / (callsTimed * perCall)],
      // Processor time while timing, warm-up included, spread over the share of it that was batches kept.
      cpu: [(((spent.user + spent.system) / 1e6) * share) / (callsTimed * perCall)],
      rss: [peakMemory()],
    },
    conditions: {
      ...conditions,
      batch: timing.calls,
      steady: timing.steady,
      ...(timing.atRest !== undefined && { atRest: timing.atRest, leftOut: timing.leftOut }),
    },
    warnings,
  };
}

async function stopwatchFor(asynchronous: boolean): Promise<Stopwatch> {
  return asynchronous ? (await import("./tinybench.ts")).tinybench : (await import("./mitata.ts")).mitata;
}

/** Times an empty call in a loop of its own, where the variant is quick enough for the question to arise. */
async function looksEmpty(timing: Timing, asynchronous: boolean, plan: TimingPlan): Promise<boolean> {
  const perCall = median(timing.spans.map((span) => span.duration)) / timing.calls;
  if (perCall > (asynchronous ? 1e-6 : 2e-8)) return false;
  const empty = asynchronous ? async (): Promise<void> => {} : (): void => {};
  const nothing = batchOf(empty, undefined, asynchronous ? "asynchronous" : "synchronous");
  const baseline = await timeBatch(
    nothing,
    { timing: plain, preparing: plain },
    { ...plan, timing: plan.timing / 4, warmUp: [0, plan.timing] },
  );
  return perCall <= INDISTINGUISHABLE * (median(baseline.spans.map((span) => span.duration)) / baseline.calls);
}
