import type { Limits } from "../measure/launch.ts";
import type { Definition } from "../model/experiment.ts";
import type { Comparison, Versions } from "../model/gate.ts";
import type { Metric } from "../model/metric.ts";
import { pointKey, type Point } from "../model/sweep.ts";

/** One version of an experiment, as far as comparing it needs to know it: plain data, because it was loaded in a process of its own. */
export interface Benchmark {
  readonly file: string;
  readonly kind: Definition["kind"];
  readonly variants: readonly string[];
  /** The points that quick effort runs. */
  readonly points: readonly Place[];
  /** The readings that are compared. */
  readonly readings: { readonly [metric: string]: Metric };
  /** What an operation is called. */
  readonly per?: string;
  /** Hash of everything that its readings depend on in its own project. */
  readonly imports: string;
}

/** A point, and what holds for processes there. */
export interface Place {
  readonly point: Point;
  readonly flags: readonly string[];
  readonly limits: Limits;
  /** What this host lacks for it. */
  readonly lack?: string;
}

/** One version of a folder of benchmarks: by identity, the experiments and what could not be loaded, with the reason. */
export interface Side {
  readonly benchmarks: ReadonlyMap<string, Benchmark>;
  readonly broken: ReadonlyMap<string, string>;
}

/** One variant at one point that both versions have: what a few processes compare, in all its readings at once. */
export interface Subject {
  readonly experiment: string;
  readonly variant: string;
  readonly point: Point;
  readonly versions: Versions<Benchmark>;
  readonly places: Versions<Place>;
}

/** What two versions have in common, and what they have not. */
export interface Paired {
  readonly subjects: readonly Subject[];
  /** New, gone or broken: there is nothing to time. */
  readonly rows: readonly Comparison[];
  /** Experiments of which nothing differs that they import. */
  readonly unchanged: readonly string[];
}

/**
 * Pairs the experiments of two versions by identity, their variants by name, their points by value. A variant that was renamed is
 * gone under its old name and new under the other: nothing says that they are the same.
 */
export function pairUp({ base, head }: Versions<Side>): Paired {
  const subjects: Subject[] = [];
  const rows: Comparison[] = [];
  const unchanged: string[] = [];
  const all = new Set([base, head].flatMap(({ benchmarks, broken }) => [...benchmarks.keys(), ...broken.keys()]));
  for (const experiment of [...all].toSorted()) {
    const row = (state: Comparison["state"], it: Partial<Comparison> = {}): void => void rows.push(wholeRow(experiment, state, it));
    // A post that cannot be loaded takes its experiments with it.
    const whyOf = ({ broken }: Side): string | undefined => broken.get(experiment) ?? broken.get(experiment.split("/")[0]!);
    const why = { base: whyOf(base), head: whyOf(head) };
    if (why.base !== undefined && why.head !== undefined) row("broken", { because: why.head });
    else if (why.head !== undefined) row("broken", { because: why.head, fault: "head" });
    else if (why.base !== undefined) row("broken", { because: why.base, fault: "base" });
    else {
      const [before, after] = [base.benchmarks.get(experiment), head.benchmarks.get(experiment)];
      if (!after) row("gone");
      else if (!before) row("new");
      else if (before.kind !== after.kind) {
        row("broken", { because: `it was ${named(before)} and is ${named(after)}` });
      } else if (before.imports === after.imports) unchanged.push(experiment);
      else subjects.push(...cells(experiment, { base: before, head: after }, row));
    }
  }
  return { subjects, rows, unchanged };
}

const named = ({ kind }: Benchmark): string => (kind === "scenario" ? "a scenario" : "a timed experiment");

/** A row about an experiment or a variant as a whole. */
export const wholeRow = (experiment: string, state: Comparison["state"], it: Partial<Comparison>): Comparison => ({
  experiment,
  variant: "",
  point: {},
  metric: "",
  unit: "count",
  better: "lower",
  state,
  worse: false,
  seconds: 0,
  ...it,
});

function cells(
  experiment: string,
  versions: Versions<Benchmark>,
  row: (state: Comparison["state"], it: Partial<Comparison>) => void,
): Subject[] {
  const variants = { base: new Set(versions.base.variants), head: new Set(versions.head.variants) };
  for (const variant of variants.head.difference(variants.base)) row("new", { variant });
  for (const variant of variants.base.difference(variants.head)) row("gone", { variant });
  const places = { base: placesByKey(versions.base), head: placesByKey(versions.head) };
  const shared = [...variants.head.intersection(variants.base)];
  const alone = (own: ReadonlyMap<string, Place>, others: ReadonlyMap<string, Place>): Place[] =>
    [...own].filter(([key]) => !others.has(key)).map(([, place]) => place);
  for (const { point } of alone(places.head, places.base)) for (const variant of shared) row("new", { variant, point });
  for (const { point } of alone(places.base, places.head)) for (const variant of shared) row("gone", { variant, point });
  return [...places.head].flatMap(([key, head]) => {
    const base = places.base.get(key);
    return base ? shared.map((variant) => ({ experiment, variant, point: head.point, versions, places: { base, head } })) : [];
  });
}

const placesByKey = ({ points }: Benchmark): Map<string, Place> => new Map(points.map((place) => [pointKey(place.point), place]));
