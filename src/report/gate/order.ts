import { marginFor, worstFirst, type Comparison, type GateResult, type State } from "../../model/gate.ts";
import { pointKey } from "../../model/sweep.ts";

/** The identity of a comparison within one result. */
export const comparisonKey = ({ experiment, variant, point, metric }: Comparison): string =>
  JSON.stringify([experiment, variant, pointKey(point), metric]);

/** The share that this comparison may get worse by before anybody minds. */
export const marginOf = ({ margin }: GateResult, { metric }: Comparison): number => marginFor(margin, metric);

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
