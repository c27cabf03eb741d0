import { startFlagsAt } from "../measure/flags.ts";
import { chosenPoints } from "../measure/plan.ts";
import type { Definition } from "../model/experiment.ts";
import type { Comparison, Versions } from "../model/gate.ts";
import { pointKey, type Point } from "../model/sweep.ts";

/** One version of an experiment. */
export interface Benchmark {
  readonly file: string;
  readonly definition: Definition;
  /** Everything that its readings depend on in its own project, as text that is the same where nothing differs. */
  readonly imports: string;
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
  readonly files: Versions<string>;
  readonly flags: Versions<readonly string[]>;
  readonly definitions: Versions<Definition>;
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
      else if (before.definition.kind !== after.definition.kind) {
        row("broken", { because: `it was ${named(before.definition)} and is ${named(after.definition)}` });
      } else if (before.imports === after.imports) unchanged.push(experiment);
      else subjects.push(...cells(experiment, { base: before, head: after }, row));
    }
  }
  return { subjects, rows, unchanged };
}

const named = ({ kind }: Definition): string => (kind === "scenario" ? "a scenario" : "a timed experiment");

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
  { base, head }: Versions<Benchmark>,
  row: (state: Comparison["state"], it: Partial<Comparison>) => void,
): Subject[] {
  const definitions = { base: base.definition, head: head.definition };
  const variants = { base: new Set(definitions.base.variantNames), head: new Set(definitions.head.variantNames) };
  for (const variant of variants.head.difference(variants.base)) row("new", { variant });
  for (const variant of variants.base.difference(variants.head)) row("gone", { variant });
  const points = { base: pointsByKey(definitions.base), head: pointsByKey(definitions.head) };
  const shared = [...variants.head.intersection(variants.base)];
  const swept = (keys: ReadonlyMap<string, Point>, lacking: ReadonlyMap<string, Point>): Point[] =>
    [...keys].filter(([key]) => !lacking.has(key)).map(([, point]) => point);
  for (const point of swept(points.head, points.base)) for (const variant of shared) row("new", { variant, point });
  for (const point of swept(points.base, points.head)) for (const variant of shared) row("gone", { variant, point });
  return [...points.head]
    .filter(([key]) => points.base.has(key))
    .flatMap(([, point]) =>
      shared.map((variant) => ({
        experiment,
        variant,
        point,
        definitions,
        files: { base: base.file, head: head.file },
        flags: { base: startFlagsAt(definitions.base, point), head: startFlagsAt(definitions.head, point) },
      })),
    );
}

const pointsByKey = (definition: Definition): Map<string, Point> =>
  new Map(chosenPoints(definition, "quick").map((point) => [pointKey(point), point]));
