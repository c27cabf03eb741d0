import type { Launch } from "../../src/measure/launch.ts";
import type { Cell } from "../../src/measure/plan.ts";
import type { Reply, Request, TrialRequest } from "../../src/measure/protocol.ts";
import type { Unsigned } from "../../src/measure/recording.ts";
import { run, type Progress, type RunOptions } from "../../src/measure/run.ts";
import type { Definition } from "../../src/model/experiment.ts";
import type { Host } from "../../src/model/host.ts";
import type { Trial } from "../../src/model/record.ts";

export const host: Host = {
  id: "0123456789ab",
  cpu: "a processor",
  arch: "x64",
  cores: 2,
  memory: 2 ** 33,
  os: "an os",
  virtual: null,
  caches: [],
};

const conditions: Trial["conditions"] = {
  wall: 0.2,
  cpu: 0.1,
  read: 0.1,
  collections: 0,
  pause: 0,
  involuntarySwitches: 0,
  stolen: null,
};

/** A trial that read 1 for everything. */
export function canned({ variant, control, point }: TrialRequest, metric = "time"): Reply {
  const readings = { [metric]: [1] };
  return { task: "trial", trial: { variant, ...(control && { control: true }), point: { ...point }, readings, conditions, warnings: [] } };
}

function answerTo(request: Request): Reply {
  if (request.task === "agree") return { task: "agree", agree: true };
  if (request.task === "trial") return canned(request);
  return { task: "together", replies: request.cells.map((cell) => canned({ ...request, ...cell, task: "trial" })) };
}

export interface Simulated extends Partial<RunOptions> {
  /** Simulated seconds that a trial takes. */
  readonly trialTakes?: number;
  /** Instead of the canned reply; undefined for that. */
  readonly answer?: (request: Request, index: number) => Reply | undefined;
}

export interface Told {
  readonly record: Unsigned;
  readonly requests: Request[];
  readonly trials: TrialRequest[];
  readonly saved: Unsigned[];
  readonly progress: Progress[];
  /** Rounds after which it was asked which cells are open. */
  readonly asked: number[];
  readonly elapsed: number;
}

/** Runs an experiment in a world in which trials take simulated time and return at once. All cells stay open unless told otherwise. */
export async function simulate(definition: Definition, { trialTakes = 0.01, answer, ...options }: Simulated = {}): Promise<Told> {
  let time = 1000;
  const requests: Request[] = [];
  const saved: Unsigned[] = [];
  const progress: Progress[] = [];
  const asked: number[] = [];
  const launch: Launch = async (request) => {
    requests.push(request);
    time += trialTakes;
    const reply = answer?.(request, requests.length - 1);
    return reply ?? answerTo(request);
  };
  const everything = (record: Unsigned): Cell[] =>
    record.points.flatMap((point) => record.variants.map((variant) => ({ variant, point, control: false })));
  const { open = everything, ...rest } = options;
  const record = await run(definition, {
    experiment: "a-post/one",
    file: "/nowhere/one.ts",
    effort: "quick",
    seed: 1,
    source: "0123456789abcdef",
    host,
    launch,
    signal: new AbortController().signal,
    open: (it) => {
      asked.push(it.rounds.length);
      return open(it);
    },
    save: async (it) => void saved.push(it),
    progress: (event) => progress.push(event),
    clock: () => time,
    ...rest,
  });
  const trials = requests.filter((request) => request.task === "trial");
  return { record, requests, trials, saved, progress, asked, elapsed: time - 1000 };
}
