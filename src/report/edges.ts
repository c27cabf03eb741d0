import type { Rule, Segment } from "../model/figure.ts";
import { isFactor, isPlace, type Quantity, startOf } from "../model/quantity.ts";
import type { Point } from "../model/sweep.ts";
import { pointKey } from "../model/sweep.ts";
import type { Estimate, Verdict } from "../model/verdict.ts";
import { chosen, pointWords, short } from "./words.ts";

/** What a claim draws: a short line at the one point where it has to hold, or where there is one point only a line across the chart. */
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
 * Edges of all bounds on this metric, where the variant that they bound was measured: elsewhere they would be edges of nothing. A
 * ratio's edge lies at `over × edge`, so it is drawn only where `over` was measured; that of a growth above what it starts from; that of an
 * extrapolation beyond the sweep. Edges that no axis could show (infinite, or an `over` of zero) are left out.
 */
export function edgesOf(verdicts: readonly Verdict[], metric: string, unit: string, estimates: readonly Estimate[]): Edge[] {
  const measured = new Set(estimates.map(({ point }) => pointKey(point)));
  const swept = measured.size > 1;
  const isMeasured = ({ at, bound }: Verdict): boolean =>
    estimates.some(({ variant, point }) => variant === bound.quantity.of && pointKey(point) === pointKey(at));
  const edges = verdicts.filter(isMeasured).flatMap((verdict) => edgesOfOne(verdict, metric, unit, estimates, swept));
  const distinct = new Map(
    edges.map((edge) => [[edge.kind, edge.kind === "bound" ? "" : pointKey(edge.at), edge.y, edge.of, edge.label].join("\n"), edge]),
  );
  return [...distinct.values()];
}

function edgesOfOne(verdict: Verdict, metric: string, unit: string, estimates: readonly Estimate[], swept: boolean): Edge[] {
  const { bound, at } = verdict;
  const { quantity: asked } = bound;
  // A place along the sweep lies on the other axis, and what could not be extrapolated on none.
  if (asked.metric !== metric || isPlace(asked.kind) || (asked.kind === "extrapolated" && !verdict.measured)) return [];
  const ends = [
    { end: bound.low, sign: "≥" },
    { end: bound.high, sign: "≤" },
  ].filter(({ end }) => Number.isFinite(end));
  const { over, words: beside } = comparedWith(asked, at, estimates);
  if (over === undefined || !Number.isFinite(over) || over === 0) return [];
  const words = (end: number): string => chosen(end, isFactor(asked.kind) ? "ratio" : unit);
  const range = bound.low === bound.high ? words(bound.low) : `${words(bound.low)} to ${words(bound.high)}`;
  return ends.map(({ end, sign }, index) => ({
    kind: asked.kind === "value" && !swept ? "bound" : "segment",
    at: asked.kind === "extrapolated" ? { ...at, [asked.along]: asked.to } : at,
    y: over * end,
    of: asked.of,
    // A range has two edges and one label, or the two would stand in each other's way.
    label: index === 0 && ends.length === 2 ? "" : `${ends.length === 2 ? range : `${sign} ${words(end)}`}${beside} (claim)`,
  }));
}

/** What a factor multiplies, with the words that name it; for what is none, nothing to multiply. */
function comparedWith(asked: Quantity, at: Point, estimates: readonly Estimate[]): { readonly over?: number; readonly words: string } {
  if (asked.kind !== "ratio" && asked.kind !== "growth") return { over: 1, words: "" };
  const [variant, point] = asked.kind === "ratio" ? [asked.over, at] : [asked.of, startOf(asked, at)];
  const found = estimates.find((it) => it.variant === variant && it.metric === asked.metric && pointKey(it.point) === pointKey(point));
  const words = asked.kind === "ratio" ? ` ${short(asked.over, 32)}` : ` that at ${short(pointWords(asked.since), 40)}`;
  return { ...(found && { over: found.center }), words };
}

/** Lines of the edges that a panel shows; the same line drawn by two claims is drawn once. */
export function rulesOf(edges: readonly Edge[]): Rule[] {
  const rules = edges.filter(({ kind }) => kind === "bound").map(({ y, label }) => ({ at: y, label }));
  return [...new Map(rules.map((rule) => [`${rule.at} ${rule.label}`, rule])).values()];
}

/** Edges this near to each other, as a share of the larger, are one line with both labels: two would stand in each other's way. */
const TOGETHER = 0.03;

/**
 * Short lines of the edges that a panel shows; `x` and `slot` place an edge, or say that it has no place here.
 * @param acrossSlots whether all series stand at the same place (lines do, bars stand side by side).
 */
export function segmentsOf(
  edges: readonly Edge[],
  place: (edge: Edge) => { x: number; slot: number } | undefined,
  acrossSlots = false,
): Segment[] {
  const segments: Segment[] = [];
  for (const edge of edges) {
    const placed = edge.kind === "segment" ? place(edge) : undefined;
    if (!placed) continue;
    const near = segments.findIndex(
      ({ x, slot, y }) =>
        x === placed.x &&
        (acrossSlots || slot === placed.slot) &&
        Math.abs(y - edge.y) <= TOGETHER * Math.max(Math.abs(y), Math.abs(edge.y)),
    );
    const beside = segments[near];
    if (beside) segments[near] = { ...beside, label: joined([beside.label, edge.label]) };
    else segments.push({ ...placed, y: edge.y, label: edge.label });
  }
  return segments;
}

/** `≤ 0.7× declared, ≥ 1.05× sorted (claim)`; where all are held against the same, `≥ 1.5×, ≥ 2× sorted (claim)`. */
export function joined(labels: readonly string[]): string {
  const told = [...new Set(labels.filter((label) => label !== ""))].map((label) => label.replace(/ \(claim\)$/, ""));
  const against = new Set(told.map((label) => label.replace(/^(?:[≥≤] \S+|\S+ to \S+|\S+)/, "")));
  const [only = ""] = against;
  const words =
    against.size === 1 ? `${told.map((label) => label.slice(0, label.length - only.length)).join(", ")}${only}` : told.join(", ");
  return words === "" ? "" : `${words} (claim)`;
}
