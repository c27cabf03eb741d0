import { marginFor, type Comparison, type GateResult, type State } from "../../model/gate.ts";
import { pointKey } from "../../model/sweep.ts";
import type { Interval } from "../../model/verdict.ts";

/** The identity of a comparison within one result. */
export const comparisonKey = ({ experiment, variant, point, metric }: Comparison): string =>
  JSON.stringify([experiment, variant, pointKey(point), metric]);

/** Head over base, if that is a number that can be told: a side that read zero has none. */
export const ratioIn = ({ ratio }: Comparison): Interval | undefined =>
  ratio && ratio.center > 0 && Number.isFinite(ratio.center) ? ratio : undefined;

/** The share that this comparison may get worse by before anybody minds. */
export const marginOf = ({ margin }: GateResult, { metric }: Comparison): number => marginFor(margin, metric);

/** How many times worse the head is; infinite where it was nothing and is something. */
function harmOf(it: Comparison): number {
  const ratio = ratioIn(it)?.center;
  const grown =
    ratio ?? (it.values === undefined || it.values.base === it.values.head ? 1 : it.values.head > it.values.base ? Infinity : 0);
  return it.better === "lower" ? grown : 1 / grown;
}

/** Worst first; equals stay in their order. */
export function worstFirst(comparisons: readonly Comparison[]): Comparison[] {
  const harms = new Map(comparisons.map((it) => [it, harmOf(it)]));
  const before = (a: number, b: number): number => (a === b ? 0 : b - a);
  return comparisons.toSorted((a, b) => before(harms.get(a)!, harms.get(b)!));
}

/** Comparisons by experiment, in the order in which each first appears. */
export const byExperiment = (comparisons: readonly Comparison[]): Map<string, Comparison[]> =>
  Map.groupBy(comparisons, ({ experiment }) => experiment);

/** What a reader looks for in turn: what counts, then the other states from the worst on. */
export interface Sorted {
  readonly worse: readonly Comparison[];
  /** All that does not count, worst first within each state. */
  readonly rest: { readonly [S in State]: readonly Comparison[] };
}

export function sorted(comparisons: readonly Comparison[]): Sorted {
  const ordered = worstFirst(comparisons);
  const of = (state: State): Comparison[] => ordered.filter((it) => !it.worse && it.state === state);
  return {
    worse: ordered.filter(({ worse }) => worse),
    rest: {
      slower: of("slower"),
      entangled: of("entangled"),
      broken: of("broken"),
      undecided: of("undecided"),
      gone: of("gone"),
      new: of("new"),
      faster: of("faster"),
      same: of("same"),
    },
  };
}
