import { lackingAt, lacking } from "../host/needs.ts";
import { seedFrom } from "../inputs/random.ts";
import { startFlagsAt } from "../measure/flags.ts";
import { launcher, type Launcher } from "../measure/launch.ts";
import type { Reply, Request } from "../measure/protocol.ts";
import { limitsAt } from "../measure/recording.ts";
import { spending } from "../model/effort.ts";
import { median } from "../stats/quantiles.ts";
import { other, type Duel, type DuelRequest, type Side } from "./instrument.ts";
import type { Read } from "./investigation.ts";
import type { Subject } from "./pairs.ts";
import { readingsOf, sampleOf, type Sampled } from "./sample.ts";
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
    const { definitions, files, flags, point, variant } = subject;
    for (const side of ["head", "base"] as const) {
      const { needs } = definitions[side];
      const lack = lacking(needs, files[side]) ?? lackingAt(needs, point);
      if (lack !== undefined) return { task: "unavailable", message: lack, side };
    }
    const own = seedFrom(subject.experiment, variant, seed, replicate);
    if (source === "stories") return stories(subject, own, signal);
    const { window } = spending.quick;
    const request: DuelRequest = { files, variant, point, flags, seed: own, window, ...duelSpending };
    const started = source === "duet" ? flags.head : [];
    const { timeout, memory } = limitsAt(definitions.head, point);
    // Both versions are held at once, and set up one after the other.
    const limits = { timeout: 2 * timeout, memory: 2 * memory };
    return sampleOf(await instruments[source](request, started, limits, signal));
  };
}

/** Tells the story of each version in a fresh process, in an order drawn from the seed. */
async function stories(subject: Subject, seed: number, signal: AbortSignal): Promise<Sampled> {
  const { definitions, files, point, variant } = subject;
  const { timing, warmUp, window } = spending.quick;
  const first: Side = seed % 2 === 0 ? "base" : "head";
  const told: Partial<Record<Side, Record<string, readonly number[]>>> = {};
  for (const side of [first, other(first)]) {
    const definition = definitions[side];
    const request = { task: "trial", file: files[side], variant, point, control: false, seed, timing, warmUp, window } as const;
    const reply = await tell(request, startFlagsAt(definition, point), limitsAt(definition, point), signal);
    if (reply.task === "unavailable") return { task: "unavailable", message: reply.because, side };
    if (reply.task !== "trial")
      return { task: "failed", message: reply.task === "failed" ? reply.message : "it answered another question", side };
    told[side] = reply.trial.readings;
  }
  const metrics = Object.keys(readingsOf(definitions.head)).filter((metric) => told.base![metric] && told.head![metric]);
  const pair = (metric: string) => ({ base: median(told.base![metric]!), head: median(told.head![metric]!) });
  return { task: "sampled", readings: Object.fromEntries(metrics.map((metric) => [metric, pair(metric)])) };
}
