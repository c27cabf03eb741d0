import type { Rule, Segment } from "../model/figure.ts";
import type { Point } from "../model/sweep.ts";
import { pointKey } from "../model/sweep.ts";
import type { Estimate, Verdict } from "../model/verdict.ts";
import { chosen, short } from "./words.ts";

/** What a claim draws: a line at a value, or a short line at the one point where a ratio has to hold. */
export interface Edge {
  readonly kind: "bound" | "segment";
  /** The point that the claim is about. */
  readonly at: Point;
  /** On the value axis, in base units. */
  readonly y: number;
  /** The variant that the claim is about. */
  readonly of: string;
  readonly label: string;
}

/**
 * Edges of all bounds on this metric. A ratio's edge lies at `over × edge`, so it is drawn only where `over` was
 * measured. Edges that no axis could show (infinite, or an `over` of zero) are left out.
 */
export function edgesOf(verdicts: readonly Verdict[], metric: string, unit: string, estimates: readonly Estimate[]): Edge[] {
  const edges = verdicts.flatMap((verdict) => edgesOfOne(verdict, metric, unit, estimates));
  const distinct = new Map(
    edges.map((edge) => [[edge.kind, edge.kind === "bound" ? "" : pointKey(edge.at), edge.y, edge.of, edge.label].join("\n"), edge]),
  );
  return [...distinct.values()];
}

function edgesOfOne({ bound, at }: Verdict, metric: string, unit: string, estimates: readonly Estimate[]): Edge[] {
  const { quantity: asked } = bound;
  if (asked.metric !== metric) return [];
  const ends = [
    { end: bound.low, sign: "≥" },
    { end: bound.high, sign: "≤" },
  ].filter(({ end }) => Number.isFinite(end));
  if (asked.kind === "value") {
    return ends.map(({ end, sign }) => ({ kind: "bound", at, y: end, of: asked.of, label: `${sign} ${chosen(end, unit)} (claim)` }));
  }
  const over = estimates.find((it) => it.variant === asked.over && it.metric === metric && pointKey(it.point) === pointKey(at));
  if (over === undefined || !Number.isFinite(over.center) || over.center === 0) return [];
  // A range has two edges and one label, or the two would stand in each other's way.
  const range = `${chosen(bound.low, "ratio")} to ${chosen(bound.high, "ratio")}`;
  return ends.map(({ end, sign }, index) => ({
    kind: "segment",
    at,
    y: over.center * end,
    of: asked.of,
    label:
      index === 0 && ends.length === 2
        ? ""
        : `${ends.length === 2 ? range : `${sign} ${chosen(end, "ratio")}`} ${short(asked.over, 32)} (claim)`,
  }));
}

/** Lines of the edges that a panel shows; the same line drawn by two claims is drawn once. */
export function rulesOf(edges: readonly Edge[]): Rule[] {
  const rules = edges.filter(({ kind }) => kind === "bound").map(({ y, label }) => ({ at: y, label }));
  return [...new Map(rules.map((rule) => [`${rule.at} ${rule.label}`, rule])).values()];
}

/** Short lines of the edges that a panel shows; `x` and `slot` place an edge, or say that it has no place here. */
export function segmentsOf(edges: readonly Edge[], place: (edge: Edge) => { x: number; slot: number } | undefined): Segment[] {
  return edges.flatMap((edge) => {
    const placed = edge.kind === "segment" ? place(edge) : undefined;
    return placed ? [{ ...placed, y: edge.y, label: edge.label }] : [];
  });
}
