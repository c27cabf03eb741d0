import type { Unit } from "./metric.ts";

/**
 * A chart before anyone draws it: plain data that PNG, SVG and the page are drawn from.
 * Numbers are in base units; whatever a reader reads is here in words already, so that drawing is geometry alone.
 */
export interface Figure {
  readonly title: string;
  /** What the value axis shows and which way is good; it stands above the chart instead of beside the axis. */
  readonly subtitle: string;
  /** `line` where x is a number that grows; `bar` where x is a list of names; `dot` instead of `bar` where the values need a log axis, which has no zero for a bar to stand on. */
  readonly mark: "line" | "bar" | "dot";
  readonly x: Axis;
  readonly y: Axis;
  /** Small multiples with the same axes, in order; almost always one. */
  readonly panels: readonly Panel[];
  /** What the host draws: lines at cache sizes, named. */
  readonly marks: readonly Rule[];
  readonly caption: string;
  /** The chart in words, with its numbers, for those who cannot see it. */
  readonly alt: string;
}

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
  readonly n: number;
  /** The value in words. */
  readonly words: string;
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
