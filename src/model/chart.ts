/**
 * What the one chart of an experiment shows, where the reading over the sweep is not the story.
 * `V` and `M` are the names it mentions, so that a misspelt one does not compile.
 */
export type Chart<V extends string = string, M extends string = string> =
  /** One reading over the sweep: what every experiment shows unless it says otherwise. */
  | { readonly shows: "reading"; readonly metric: M }
  /** One reading over a growing parameter, with the steps that are found in it beside the sizes that the system reports. */
  | { readonly shows: "staircase"; readonly metric: M }
  /** Several readings of one unit side by side: joined where they have an order (the percentiles of a load), else in rows of their own. */
  | { readonly shows: "across"; readonly metrics: readonly M[]; readonly joined: boolean }
  /** One marker a variant: what it costs in one reading against what it costs in another, and the front that no other variant beats. */
  | { readonly shows: "pareto"; readonly x: M; readonly y: M }
  /** How often each value occurs among the samples of a trial. */
  | { readonly shows: "histogram"; readonly metric: M }
  /** Every variant over one of them, round by round, and the ratio that a simple theory predicts for large inputs. */
  | { readonly shows: "relative"; readonly metric: M; readonly to: V; readonly predicted: { readonly [K in V]?: number } };

export const staircase = <const M extends string>(metric: M): Chart<never, M> => ({ shows: "staircase", metric });

/** Readings that have an order, joined by a line for each variant. */
export const across = <const M extends string>(...metrics: readonly M[]): Chart<never, M> => ({ shows: "across", metrics, joined: true });

/** Readings of several kinds, each in a row of its own. */
export const beside = <const M extends string>(...metrics: readonly M[]): Chart<never, M> => ({ shows: "across", metrics, joined: false });

export const pareto = <const X extends string, const Y extends string>(x: X, y: Y): Chart<never, X | Y> => ({ shows: "pareto", x, y });

export const histogram = <const M extends string>(metric: M): Chart<never, M> => ({ shows: "histogram", metric });

/** @param predicted for some variants the ratio that is expected once the input has outgrown every cache; drawn as a line. */
export const relative = <const M extends string, const V extends string, const P extends string = never>(
  metric: M,
  to: V,
  predicted: { readonly [K in P]: number } = {} as never,
): Chart<V | P, M> => ({ shows: "relative", metric, to, predicted: predicted as { readonly [K in V | P]?: number } });

/** Every metric that a chart mentions. */
export function metricsOf(chart: Chart): readonly string[] {
  if (chart.shows === "across") return chart.metrics;
  return chart.shows === "pareto" ? [chart.x, chart.y] : [chart.metric];
}

/** Every variant that a chart mentions. */
export function variantsOf(chart: Chart): readonly string[] {
  return chart.shows === "relative" ? [chart.to, ...Object.keys(chart.predicted)] : [];
}
