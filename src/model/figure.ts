import type { Unit } from "./metric.ts";

/**
 * A chart before anyone draws it: plain data that PNG, SVG and the page are drawn from.
 * Numbers are in base units; whatever a reader reads is here in words already, so that drawing is geometry alone.
 */
export interface Figure {
  readonly title: string;
  /** What the value axis shows and which way is good; it stands above the chart instead of beside the axis. */
  readonly subtitle: string;
  readonly mark: Mark;
  readonly x: Axis;
  readonly y: Axis;
  /** Small multiples with the same axes, in order; almost always one. */
  readonly panels: readonly Panel[];
  /** What the host draws: lines at cache sizes, named. */
  readonly marks: readonly Rule[];
  /** What the chart comes to, in sentences that stand below it. */
  readonly notes: readonly string[];
  readonly caption: string;
  /** The chart in words, with its numbers, for those who cannot see it. */
  readonly alt: string;
}

/**
 * What stands for a reading. `line`: joined points over what grows or has an order. `point`: single points over kinds. `bar`: lying, one
 * a name. `dot` instead of `bar` where the axis has no zero for a bar to stand on. `scatter`: two readings against each other. `column`:
 * upright, as high as a value is frequent.
 */
export type Mark = "line" | "point" | "bar" | "dot" | "scatter" | "column";

/** Whether values rise; bars and dots lie in rows, where there is room for names. */
export const isUpright = (mark: Mark): boolean => mark !== "bar" && mark !== "dot";

export interface Axis {
  readonly label: string;
  readonly scale: "linear" | "log2" | "log10" | "category";
  readonly unit?: Unit;
  /** First and last value that the axis shows; of a category axis the first and last index. */
  readonly range: readonly [low: number, high: number];
  readonly ticks: readonly Tick[];
}

/** A value of an axis and the words that stand for it. On a category axis `at` is the index. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** One of several small charts side by side. */
export interface Panel {
  /** The point of the sweep that this panel shows; absent where there is but one panel. */
  readonly title?: string;
  readonly series: readonly Series[];
  /** Values that claims name: lines across the panel. */
  readonly bounds: readonly Rule[];
  /** Edges of ratio claims: each holds at one point only. */
  readonly segments: readonly Segment[];
  /** Lines across at values that nobody claims: what all is compared with, what a theory predicts. */
  readonly guides?: readonly Guide[];
  /** Upright lines at values of x: variants that are one number among distributions. */
  readonly uprights?: readonly Guide[];
  /** Upright bands: where something was found along x, with its interval. */
  readonly bands?: readonly Band[];
  /** Ranges of x that claims name. */
  readonly spans?: readonly Span[];
  /** Where series would go on to beyond what was measured. */
  readonly extrapolations?: readonly Extrapolation[];
  /** Corners of the line that nothing lies beyond. */
  readonly front?: readonly Corner[];
}

export interface Series {
  readonly name: string;
  /** Slot in the theme's palette: a variant keeps its colour and its marker whatever else is drawn. */
  readonly slot: number;
  readonly points: readonly Reading[];
}

/** An estimate as the chart shows it: `x` is a sweep value or an index of a category. */
export interface Reading {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  /** Interval along x where x was measured too; of a column its sides. */
  readonly xLow?: number;
  readonly xHigh?: number;
  readonly n: number;
  /** The value in words. */
  readonly words: string;
  /** Single readings that the estimate comes from: small marks of their own, where bars and dots lie. */
  readonly singles?: readonly number[];
}

/** A straight line across the chart at a value of one axis. */
export interface Rule {
  readonly at: number;
  readonly label: string;
}

/** A short line at one x: where the series would have to be for a ratio claim to hold just so. */
export interface Segment {
  readonly x: number;
  readonly y: number;
  /** Empty on the lower edge of a range, whose upper edge names both. */
  readonly label: string;
  /** Slot of the series that the claim is about. */
  readonly slot: number;
}

/** A rule that may belong to a series, whose colour it then has. */
export interface Guide extends Rule {
  readonly slot?: number;
  /** The only place along x where it holds. */
  readonly x?: number;
}

export interface Band extends Guide {
  readonly low: number;
  readonly high: number;
}

export interface Span {
  readonly low: number;
  readonly high: number;
  readonly label: string;
}

/** What nobody measured, and the last reading that it continues. */
export interface Extrapolation {
  readonly from: Corner;
  readonly to: Reading;
  /** Slot of the series that it continues. */
  readonly slot: number;
  readonly label: string;
}

export interface Corner {
  readonly x: number;
  readonly y: number;
}
