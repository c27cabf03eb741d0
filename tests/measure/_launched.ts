import { fileURLToPath, pathToFileURL } from "node:url";
import { startFlagsAt, startFlagsOf } from "../../src/measure/flags.ts";
import { launch, type Limits } from "../../src/measure/launch.ts";
import { cellsOf } from "../../src/measure/plan.ts";
import type { Reply } from "../../src/measure/protocol.ts";
import type { Definition } from "../../src/model/experiment.ts";
import type { Trial } from "../../src/model/record.ts";
import { pointsOf, type Point } from "../../src/model/sweep.ts";

export const broken = (name: string): string => fixture(`broken/troubled/${name}`);
export const sound = (name: string): string => fixture(`sound/${name}`);

const fixture = (name: string): string => fileURLToPath(new URL(`../testdata/${name}.ts`, import.meta.url));

export interface Asked {
  readonly variant?: string;
  readonly point?: Point;
  readonly control?: boolean;
  readonly timing?: number;
  readonly warmUp?: readonly [number, number];
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
}

/** Has one variant measured in a real process, with what its file asks for. */
export async function trialOf(file: string, asked: Asked = {}): Promise<Reply> {
  const definition = await definitionOf(file);
  const { variant = definition.variantNames[0]!, point = pointsOf(definition.sweep)[0]!, control = false } = asked;
  const { timing = 0.01, warmUp = [0, 0.01] } = asked;
  const request = { task: "trial", file, seed: 1, window: 0.05, variant, control, point, timing, warmUp } as const;
  return launch(request, startFlagsAt(definition, point), limitsOf(definition, asked.limits), asked.signal ?? new AbortController().signal);
}

export async function agreementOf(file: string, points?: readonly Point[]): Promise<Reply> {
  const definition = await definitionOf(file);
  const request = { task: "agree", file, seed: 1, window: 0.05, points: points ?? pointsOf(definition.sweep) } as const;
  return launch(request, startFlagsOf(definition), limitsOf(definition), new AbortController().signal);
}

/** @throws what the process said if it failed. */
export async function readTrial(file: string, asked: Asked = {}): Promise<Trial> {
  const reply = await trialOf(file, asked);
  if (reply.task !== "trial") throw new Error(JSON.stringify(reply));
  return reply.trial;
}

async function definitionOf(file: string): Promise<Definition> {
  return ((await import(pathToFileURL(file).href)) as { default: Definition }).default;
}

const limitsOf = (definition: Definition, over: Partial<Limits> = {}): Limits => ({
  timeout: definition.timeout ?? 20,
  memory: typeof definition.memory === "number" ? definition.memory : 2 ** 30,
  ...over,
});

/** Has all variants at all points measured in one process. */
export async function launchTogether(file: string): Promise<Reply> {
  const definition = await definitionOf(file);
  const cells = cellsOf(definition, pointsOf(definition.sweep));
  const request = { task: "together", file, seed: 1, window: 0.05, cells, timing: 0.004, warmUp: [0, 0.01] } as const;
  return launch(request, startFlagsOf(definition), limitsOf(definition), new AbortController().signal);
}
