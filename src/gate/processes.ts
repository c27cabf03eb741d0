import { seedFrom } from "../inputs/random.ts";
import { launcher, type Launcher } from "../measure/launch.ts";
import type { Reply, Request } from "../measure/protocol.ts";
import { spending } from "../model/effort.ts";
import { median } from "../stats/quantiles.ts";
import { other, type Duel, type DuelRequest, type Side } from "./instrument.ts";
import type { Read } from "./investigation.ts";
import type { Subject } from "./pairs.ts";
import { sampleOf, type Sampled } from "./sample.ts";
import { duelSpending } from "./schedule.ts";

/** Each replicate is a process of its own; the isolated one starts two more. */
export const instruments = {
  duet: launcher<DuelRequest, Duel>(new URL("./duet.ts", import.meta.url)),
  isolated: launcher<DuelRequest, Duel>(new URL("./lock-step.ts", import.meta.url)),
} as const satisfies Record<string, Launcher<DuelRequest, Duel>>;
const tell = launcher<Request, Reply>(new URL("./story.ts", import.meta.url));

/** Reads subjects in real processes, each replicate with a seed of its own. */
export function inProcesses(seed: number, signal: AbortSignal): Read {
  return async (source, subject, replicate) => {
    const { places, versions, point, variant } = subject;
    for (const side of ["head", "base"] as const) {
      const { lack } = places[side];
      if (lack !== undefined) return { task: "unavailable", message: lack, side };
    }
    const own = seedFrom(subject.experiment, variant, seed, replicate);
    if (source === "stories") return stories(subject, own, signal);
    const { window } = spending.quick;
    const files = { base: versions.base.file, head: versions.head.file };
    const flags = { base: places.base.flags, head: places.head.flags };
    const request: DuelRequest = { files, variant, point, flags, seed: own, window, ...duelSpending };
    const started = source === "duet" ? flags.head : [];
    const { timeout, memory } = places.head.limits;
    // Both versions are held at once, and set up one after the other.
    const limits = { timeout: 2 * timeout, memory: 2 * memory };
    return sampleOf(await instruments[source](request, started, limits, signal));
  };
}

/** Tells the story of each version in a fresh process, in an order drawn from the seed. */
async function stories(subject: Subject, seed: number, signal: AbortSignal): Promise<Sampled> {
  const { places, versions, point, variant } = subject;
  const { timing, warmUp, window } = spending.quick;
  const first: Side = seed % 2 === 0 ? "base" : "head";
  const told: Partial<Record<Side, Record<string, readonly number[]>>> = {};
  for (const side of [first, other(first)]) {
    const { flags, limits } = places[side];
    const request = { task: "trial", file: versions[side].file, variant, point, control: false, seed, timing, warmUp, window } as const;
    const reply = await tell(request, flags, limits, signal);
    if (reply.task === "unavailable") return { task: "unavailable", message: reply.because, side };
    if (reply.task !== "trial")
      return { task: "failed", message: reply.task === "failed" ? reply.message : "it answered another question", side };
    told[side] = reply.trial.readings;
  }
  const metrics = Object.keys(versions.head.readings).filter((metric) => told.base![metric] && told.head![metric]);
  const pair = (metric: string) => ({ base: median(told.base![metric]!), head: median(told.head![metric]!) });
  return { task: "sampled", readings: Object.fromEntries(metrics.map((metric) => [metric, pair(metric)])) };
}
