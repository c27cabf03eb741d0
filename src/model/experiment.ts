import type { Article } from "./article.ts";
import type { Chart } from "./chart.ts";
import type { Claims } from "./claim.ts";
import { checkDefinition } from "./definition.ts";
import type { Host } from "./host.ts";
import type { Metric, ProcessMetric, TimedMetric } from "./metric.ts";
import { processMetrics, timedMetrics } from "./metric.ts";
import type { Needs } from "./needs.ts";
import type { Point, Selection, Sweep } from "./sweep.ts";

/** What `setup` and a scenario's story may ask of the lab. */
export interface Stage {
  /** The variant that this trial runs: `setup` need not make what the others work on. */
  readonly variant: string;
  /** Seeded, and the same for all variants of a round: uniform on [0, 1). */
  readonly random: () => number;
  /** How long a load may last, in seconds; it comes from the effort. */
  readonly window: number;
  /** Aborted when the trial runs out of time: stop, clean up, return. */
  readonly signal: AbortSignal;
  /** What the system reports of this machine: its caches, cores and memory. */
  readonly host: Host;
}

/** Bytes held, as money: what so many of them weigh at the price of memory that the reader sets when reporting. */
export interface Priced<M extends string = string> {
  /** A reading in bytes. */
  readonly metric: M;
  /** How many of them are paid for. */
  readonly times: number;
  /** What is paid for, in words: "a hundred million log records held in memory". */
  readonly says: string;
}

/** What both ways of asking a question have in common. */
interface Inquiry<Id extends string, S extends Sweep, V extends string, M extends string> {
  /** One question, answered by one chart. */
  readonly question: string;
  readonly sweep?: S;
  /** The part of the sweep that quick effort runs. Full effort runs all of it. */
  readonly quick?: NoInfer<Selection<S>>;
  readonly claims: Claims<Id, NoInfer<S>, NoInfer<V>, M>;
  readonly needs?: Needs<NoInfer<Point<S>>>;
  /** Flags of the runtime for every trial (`--no-liftoff`), or for the trials at a point where one is swept (`--max-semi-space-size=1`). */
  readonly flags?: readonly string[] | ((point: NoInfer<Point<S>>) => readonly string[]);
  /** Seconds after which a trial is ended and counted as failed. */
  readonly timeout?: number;
  /** Bytes of private memory that a trial may ask for, where the system can enforce it; 3 GiB, or what the point needs, unless given. */
  readonly memory?: number | ((point: NoInfer<Point<S>>) => number);
  /** What the chart shows; one reading over the sweep unless it says otherwise. */
  readonly chart?: NoInfer<M> | Chart<NoInfer<V>, NoInfer<M>>;
  /** Why the variants cannot return the same; printed on the page. */
  readonly differs?: string;
  /**
   * All trials of a round share one process, in the order of the round: cheaper, and for kernels that leave nothing behind for the next one, and
   * for stories whose work is done by an engine that each of them starts, as true. Declare it only where `npm run together` shows that it
   * reads what fresh processes read.
   */
  readonly together?: true;
  /** What the bytes come to in money. */
  readonly priced?: Priced<NoInfer<M>>;
}

/**
 * A timed experiment: the lab calls each variant over and over and times it.
 * `Id`, `S`, `V` and `I` are inferred from the article, the sweep, the names of the variants and what `setup` returns.
 */
export interface Experiment<Id extends string = string, S extends Sweep = Sweep, V extends string = string, I = unknown> extends Inquiry<
  Id,
  S,
  V,
  TimedMetric
> {
  /** Makes what the variants work on. Never timed. Disposed after the trial if it can be. */
  setup?(point: NoInfer<Point<S>>, stage: Stage): I | Promise<I>;
  /** What is compared. The first one also runs under a second name, as the null control. What they return must agree. */
  readonly variants: { readonly [K in V]: (input: I) => unknown };
  /** Operations that one call performs: every reading is divided by it. */
  readonly operations?: number | ((point: NoInfer<Point<S>>) => number);
  /** What an operation is called: `record` prints as "ns per record". */
  readonly per?: string;
  /**
   * Makes the value that must agree, calling the variant as often as it takes: as many calls as visit everything, a digest of
   * a large result. Unless given it is what the first call returns.
   */
  readonly agree?: (call: () => unknown, point: NoInfer<Point<S>>) => unknown;
  /** How the batches of a trial become one number. Experiments about allocation need the mean: collections are rare and belong to it. */
  readonly centre?: "median" | "mean";
}

/** A scenario: each variant is a story told once a trial (a load, a crash, a build) that returns named readings. */
export interface Scenario<
  Id extends string = string,
  S extends Sweep = Sweep,
  V extends string = string,
  I = unknown,
  M extends string = string,
> extends Inquiry<Id, S, V, NoInfer<M> | ProcessMetric> {
  readonly metrics: { readonly [K in M]: Metric };
  setup?(point: NoInfer<Point<S>>, stage: Stage): I | Promise<I>;
  /**
   * Makes what every variant must agree on before any trial, from an input of its own: the rows that three databases answer with. `stage.variant` says
   * which one is asked. Unless given, the variants of a scenario need not agree on anything.
   */
  readonly agree?: (input: I, stage: Stage) => Promise<unknown>;
  /** A reading may be a list: the samples of a distribution, of which the median counts and a histogram shows all. */
  readonly variants: { readonly [K in V]: (input: I, stage: Stage) => Promise<{ readonly [K in NoInfer<M>]: number | readonly number[] }> };
}

/** What follows from a definition once it is made. */
interface Defined {
  readonly article: Article;
  readonly variantNames: readonly string[];
  readonly sweep: Sweep;
  readonly metrics: { readonly [metric: string]: Metric };
  readonly chart: Chart;
}

/** A defined experiment as the verbs see it: names have become plain strings, everything optional has its default. */
export type DefinedExperiment = Omit<Experiment, "sweep" | "chart"> & Defined & { readonly kind: "experiment" };
export type DefinedScenario = Omit<Scenario, "sweep" | "metrics" | "chart"> & Defined & { readonly kind: "scenario" };
export type Definition = DefinedExperiment | DefinedScenario;

/** Whether the variants are to agree before any of them is measured: those of a scenario only where it says on what. */
export const mustAgree = (definition: Definition): boolean => definition.kind === "experiment" || definition.agree !== undefined;

/**
 * Defines a timed experiment: the default export of `benchmarks/<article>/<experiment>.ts`.
 * @throws {DefinitionError} what compiles and still cannot be meant: a claim at a point outside the sweep, no variant, …
 */
export function experiment<Id extends string, const S extends Sweep, V extends string, I>(
  article: Article<Id>,
  it: Experiment<NoInfer<Id>, S, V, I>,
): DefinedExperiment {
  const general = it as unknown as Experiment;
  const defined = {
    ...general,
    kind: "experiment",
    article: article as unknown as Article,
    sweep: general.sweep ?? {},
    variantNames: Object.keys(it.variants),
    metrics: timedMetrics,
    chart: chartOf(general.chart, timedMetric(general)),
  } as const;
  checkDefinition(defined);
  return defined;
}

/**
 * Defines a scenario: the default export of `benchmarks/<article>/<experiment>.ts`.
 * @throws {DefinitionError} what compiles and still cannot be meant.
 */
export function scenario<Id extends string, const S extends Sweep, V extends string, I, M extends string>(
  article: Article<Id>,
  it: Scenario<NoInfer<Id>, S, V, I, M>,
): DefinedScenario {
  const general = it as unknown as Scenario;
  const defined = {
    ...general,
    kind: "scenario",
    article: article as unknown as Article,
    sweep: general.sweep ?? {},
    variantNames: Object.keys(it.variants),
    metrics: { ...general.metrics, ...processMetrics },
    chart: chartOf(general.chart, Object.keys(it.metrics)[0] ?? "cpu"),
  } as const;
  checkDefinition(defined);
  return defined;
}

const chartOf = (given: string | Chart | undefined, unlessGiven: string): Chart =>
  typeof given === "object" ? given : { shows: "reading", metric: given ?? unlessGiven };

/** The time, unless all claims are about one other reading: then that is what the reader came for. */
function timedMetric({ claims }: Experiment): string {
  const claimed = new Set(Object.values(claims).flatMap((readings) => (readings ?? []).map(({ holds }) => holds.quantity.metric)));
  const [only] = claimed;
  return claimed.size === 1 && only !== undefined ? only : "time";
}
