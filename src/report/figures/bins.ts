import type { Axis, Tick } from "../../model/figure.ts";
import type { Unit } from "../../model/metric.ts";
import { categoryAxis, valueAxis } from "../axes.ts";
import { quantity } from "../words.ts";

/** Where a column stands, from side to side along the axis, and which values it counts. */
export interface Bin {
  readonly low: number;
  readonly high: number;
  /** The values in words. */
  readonly words: string;
  holds(value: number): boolean;
}

export interface Binning {
  readonly axis: Axis;
  readonly bins: readonly Bin[];
  /** Place of a value on the axis. */
  place(value: number): number;
}

/** As many distinct values have a column each. */
const FEW = 30;
/** Columns thinner than this share of the axis cannot be told apart. */
const THIN = 1 / 45;

/**
 * Columns for samples. A few distinct values have one each, at their places on the axis; where they lie too unevenly for that they
 * are categories. Many are counted in bins of equal width, on a log axis of equal ratio.
 * @param also values that the axis must show without counting them.
 */
export function binned(label: string, unit: Unit, samples: readonly number[], also: readonly number[]): Binning {
  const distinct = [...new Set([...samples, ...also])].toSorted((a, b) => a - b);
  const [low, high] = [distinct[0]!, distinct.at(-1)!];
  if (distinct.length <= FEW) {
    const gaps = distinct.slice(1).map((value, index) => value - distinct[index]!);
    const gap = Math.min(...gaps, high - low || Math.abs(high) || 1);
    if (gap >= (high - low) * THIN) return exactColumns(label, unit, distinct, gap);
    return categories(label, unit, distinct);
  }
  return low > 0 && high / low > 20 ? logBins(label, unit, low, high) : linearBins(label, unit, low, high);
}

function exactColumns(label: string, unit: Unit, distinct: readonly number[], gap: number): Binning {
  const half = gap * 0.4;
  const [low, high] = [distinct[0]!, distinct.at(-1)!];
  const every = Math.ceil(distinct.length / 10);
  const ticks = distinct.filter((_, index) => index % every === 0).map((at): Tick => ({ at, label: quantity(at, unit) }));
  return {
    axis: { label, unit, scale: "linear", range: [low - gap * 0.8, high + gap * 0.8], ticks },
    bins: distinct.map((value) => ({
      low: value - half,
      high: value + half,
      words: quantity(value, unit),
      holds: (sample) => sample === value,
    })),
    place: (value) => value,
  };
}

function categories(label: string, unit: Unit, distinct: readonly number[]): Binning {
  const words = distinct.map((value) => quantity(value, unit));
  return {
    axis: categoryAxis(label, words),
    bins: distinct.map((value, index) => ({
      low: index - 0.4,
      high: index + 0.4,
      words: words[index]!,
      holds: (sample) => sample === value,
    })),
    place: (value) => distinct.indexOf(value),
  };
}

function logBins(label: string, unit: Unit, low: number, high: number): Binning {
  const decades = Math.log10(high / low);
  const each = decades > 4 ? 5 : 10;
  const first = Math.floor(Math.log10(low) * each + 1e-9);
  const last = Math.floor(Math.log10(high) * each + 1e-9);
  const edge = (index: number): number => 10 ** (index / each);
  const bins = Array.from({ length: last - first + 1 }, (_, index) =>
    binFrom(edge(first + index), edge(first + index + 1), unit, index === 0, first + index === last),
  );
  const range = [edge(first), edge(last + 1)] as const;
  const ticks = valueAxis(label, unit, [low, high], []).ticks.filter(({ at }) => at >= range[0] && at <= range[1]);
  return {
    axis: { label, unit, scale: "log10", range, ticks },
    bins,
    place: (value) => value,
  };
}

function linearBins(label: string, unit: Unit, low: number, high: number): Binning {
  const raw = (high - low) / 36;
  const power = 10 ** Math.floor(Math.log10(raw));
  const width = ([1, 2, 5].find((step) => step * power >= raw) ?? 10) * power;
  const first = Math.floor(low / width + 1e-9);
  const last = Math.floor(high / width + 1e-9);
  const bins = Array.from({ length: last - first + 1 }, (_, index) =>
    binFrom((first + index) * width, (first + index + 1) * width, unit, index === 0, first + index === last),
  );
  const range = [first * width, (last + 1) * width] as const;
  const every = Math.ceil(bins.length / 7);
  const ticks = Array.from({ length: Math.floor(bins.length / every) + 1 }, (_, index) => (first + index * every) * width);
  return {
    axis: { label, unit, scale: "linear", range, ticks: ticks.map((at) => ({ at, label: quantity(at, unit) })) },
    bins,
    place: (value) => value,
  };
}

const binFrom = (low: number, high: number, unit: Unit, isFirst: boolean, isLast: boolean): Bin => ({
  low,
  high,
  words: `${quantity(low, unit)} to ${quantity(high, unit)}`,
  // Neighbours share an edge, which belongs to the upper one. The outer ones are open: rounding of an edge must lose no sample.
  holds: (value) => (isFirst || value >= low) && (isLast || value < high),
});
