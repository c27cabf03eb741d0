import type { Read } from "../../src/gate/investigation.ts";
import type { Benchmark, Side } from "../../src/gate/pairs.ts";
import { readingsOf } from "../../src/gate/sample.ts";
import { seeded, seedFrom } from "../../src/inputs/random.ts";
import { startFlagsAt } from "../../src/measure/flags.ts";
import { chosenPoints } from "../../src/measure/plan.ts";
import { article } from "../../src/model/article.ts";
import { experiment, scenario, type Definition } from "../../src/model/experiment.ts";
import { count, perSecond } from "../../src/model/metric.ts";
import { normal } from "../_normal.ts";

const post = article({ title: "Post", slug: "post", published: "2026-11", claims: {} });

export const timed = (...variants: string[]): Definition =>
  experiment(post, { question: "?", variants: Object.fromEntries(variants.map((name) => [name, () => 0])), claims: {} });

export const swept = (sizes: number[], ...variants: string[]): Definition =>
  experiment(post, {
    question: "?",
    sweep: { size: sizes },
    variants: Object.fromEntries(variants.map((name) => [name, () => 0])),
    claims: {},
  });

export const story = (): Definition =>
  scenario(post, {
    question: "?",
    metrics: { lost: count("lower"), goodput: perSecond("higher") },
    variants: { told: async () => ({ lost: 0, goodput: 1 }) },
    claims: {},
  });

const described = (definition: Definition, file: string, imports: string): Benchmark => ({
  file,
  kind: definition.kind,
  variants: definition.variantNames,
  points: chosenPoints(definition, "quick").map((point) => ({
    point,
    flags: startFlagsAt(definition, point),
    limits: { timeout: 1, memory: 1 },
  })),
  readings: readingsOf(definition),
  imports,
});

/** A version that has these experiments; `imports` tells versions apart. */
export const version = (imports: string, experiments: Record<string, Definition>, broken: Record<string, string> = {}): Side => ({
  benchmarks: new Map(
    Object.entries(experiments).map(([id, definition]): [string, Benchmark] => [
      id,
      described(definition, `/${imports}/${id}.ts`, imports),
    ]),
  ),
  broken: new Map(Object.entries(broken)),
});

/** What a simulated comparison is truly like. */
export interface Truth {
  /** Head over base, beside each other and alone. */
  readonly duet?: number;
  readonly isolated?: number;
  /** Spread of ln(head / base) from process to process. */
  readonly spread?: number;
  readonly bytes?: readonly [base: number, head: number];
  readonly readings?: Readonly<Record<string, readonly [base: number, head: number]>>;
}

/** Reads what it is told, with normal noise, and counts what it was asked. */
export function simulated(truths: Readonly<Record<string, Truth>>, seconds = 1): { read: Read; clock: () => number; asked: string[] } {
  let time = 0;
  const asked: string[] = [];
  const read: Read = async (source, { experiment: id, variant }, replicate) => {
    time += seconds;
    asked.push(`${source} ${id} ${variant}`);
    const { duet = 1, isolated = duet, spread = 0.01, bytes = [0, 0], readings } = truths[`${id} ${variant}`] ?? {};
    const random = seeded(seedFrom(source, id, variant, replicate));
    const noise = spread * normal(random);
    if (source === "stories") {
      const pairs = Object.entries(readings ?? {}).map(([name, [base, head]]) => [name, { base, head: head * Math.exp(noise) }]);
      return { task: "sampled", readings: Object.fromEntries(pairs) };
    }
    const logTime = Math.log(source === "duet" ? duet : isolated) + noise;
    const of = { time: { base: 1e-6, head: 1e-6 * Math.exp(logTime) }, bytes: { base: bytes[0], head: bytes[1] } };
    return { task: "sampled", readings: of, logTime };
  };
  return { read, clock: () => time, asked };
}
