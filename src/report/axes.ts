import type { Axis, Panel, Tick } from "../model/figure.ts";
import type { Unit } from "../model/metric.ts";
import { chosen, isBytes, nameWords, numeral, scaleOf, sweepValue } from "./words.ts";

/** A value axis turns logarithmic where its values span more than this. */
const WIDE = 20;
/** The same for a swept number; doublings are the usual step there. */
const WIDE_SWEEP = 8;

/**
 * The axis of what was measured. `values` are all that must be seen: centers, and edges of claims; `ends` are ends of
 * intervals, which stretch the axis but do not decide its scale. Bars need zero on their axis, hence the scale is linear
 * as soon as one value is not positive.
 * @param wide how often the smallest value the largest one must be for that.
 */
export function valueAxis(label: string, unit: Unit, values: readonly number[], ends: readonly number[], wide = WIDE): Axis {
  const seen = values.filter(Number.isFinite);
  const low = Math.min(...seen);
  const high = Math.max(...seen);
  if (seen.length > 0 && low > 0 && high / low > wide) {
    const positive = [...seen, ...ends.filter((end) => Number.isFinite(end) && end > low / 10 && end < high * 10)];
    return logAxis(label, unit, Math.min(...positive), Math.max(...positive));
  }
  const all = [...seen, ...ends.filter(Number.isFinite)];
  return linearAxis(label, unit, Math.min(0, ...all), Math.max(0, ...all));
}

/** The axis on which panels show their values, what is drawn beside them included. */
export function axisOf(panels: readonly Panel[], label: string, unit: Unit, wide?: number): Axis {
  const readings = panels.flatMap(({ series, extrapolations = [] }) => [
    ...series.flatMap(({ points }) => points),
    ...extrapolations.map(({ to }) => to),
  ]);
  const drawn = panels.flatMap(({ bounds, segments }) => [...bounds.map(({ at }) => at), ...segments.map(({ y }) => y)]);
  return valueAxis(
    label,
    unit,
    [...readings.map(({ y }) => y), ...drawn],
    readings.flatMap(({ low, high }) => [low, high]),
    wide,
  );
}

function logAxis(label: string, unit: Unit, low: number, high: number): Axis {
  const room = (high / low) ** 0.06;
  const range = [low / room, high * room] as const;
  const round = unit === "bytes" ? doublings(range) : decimals(range);
  // Between two round numbers a log axis is as good as linear, and so are its ticks: one alone tells no distance.
  const ticks = round.length < 2 ? evenly(range, unit) : round.map((at) => ({ at, label: chosen(at, unit) }));
  return { label, unit, scale: "log10", range, ticks };
}

/** Ticks at equal distances, four or so, with the decimals that tell them apart; all in one scale of the unit. */
function evenly([low, high]: readonly [number, number], unit: Unit): Tick[] {
  const { divisor, suffix } = scaleOf(high, unit);
  const step = niceStep((high - low) / divisor / 4, unit === "bytes");
  const first = Math.ceil(low / divisor / step);
  const count = Math.floor(high / divisor / step) - first + 1;
  const digits = decimalsIn(step);
  return Array.from({ length: count }, (_, index) => {
    const scaled = (first + index) * step;
    return { at: scaled * divisor, label: numeral(scaled, digits) + suffix };
  });
}

/** Powers of two, every one or every second, third, … so that there are eight at most. */
function doublings([low, high]: readonly [number, number]): number[] {
  const first = Math.ceil(Math.log2(low));
  const count = Math.floor(Math.log2(high)) - first + 1;
  const every = Math.max(1, Math.ceil(count / 8));
  // Multiples of the step, so that 1 KiB and 1 MiB are among them where ten doublings divide.
  const start = Math.ceil(first / every) * every;
  return Array.from({ length: Math.max(0, Math.ceil((first + count - start) / every)) }, (_, index) => 2 ** (start + index * every));
}

/** 1, 2 and 5, or fewer, times powers of ten. */
function decimals(range: readonly [number, number]): number[] {
  const decades = Math.log10(range[1] / range[0]);
  const steps = decades > 3.2 ? [1] : decades > 1.7 ? [1, 3] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(range[0])); power <= Math.log10(range[1]); power++) {
    for (const step of steps) {
      const at = step * Number(`1e${power}`);
      if (at >= range[0] && at <= range[1]) ticks.push(at);
    }
  }
  // Beyond eight decades each second or third one is enough.
  return ticks.filter((_, index) => index % Math.ceil(ticks.length / 8) === 0);
}

/** An axis of how many, from zero, with whole numbers on it and room for a number over the highest column. */
export function countAxis(label: string, most: number): Axis {
  const axis = linearAxis(label, "count", 0, Math.max(most * 1.08, 1));
  return { ...axis, ticks: axis.ticks.filter(({ at }) => Number.isInteger(at)) };
}

function linearAxis(label: string, unit: Unit, low: number, high: number): Axis {
  const largest = Math.max(Math.abs(low), Math.abs(high)) || scaleOf(0, unit).divisor * (unit === "fraction" ? 100 : 1);
  const { divisor, suffix } = scaleOf(largest, unit);
  const span = (Math.max(high, 0) - Math.min(low, 0) || largest) / divisor;
  const step = niceStep(span / 5, unit === "bytes" && divisor > 1);
  const first = Math.floor(low / divisor / step + 1e-9);
  let last = Math.ceil((high || largest) / divisor / step - 1e-9);
  // A count of zero everywhere still gets an axis from 0 to 1.
  if (last <= first) last = first + 1;
  const decimals = decimalsIn(step);
  const ticks: Tick[] = [];
  for (let index = first; index <= last; index++) {
    const at = index * step * divisor;
    ticks.push({ at, label: index === 0 ? "0" : numeral(index * step, decimals) + suffix });
  }
  return { label, unit, scale: "linear", range: [first * step * divisor, last * step * divisor], ticks };
}

/** Ratios are told from 1, which is where the axis need not end: it shows what there is and a little room. */
export function ratioAxis(label: string, values: readonly number[], ends: readonly number[]): Axis {
  const seen = values.filter((it) => Number.isFinite(it) && it > 0);
  const [least, most] = [Math.min(...seen), Math.max(...seen)];
  // The end of an interval far beyond all values would flatten them.
  const all = [...seen, ...ends.filter((end) => Number.isFinite(end) && end > least / 3 && end < most * 3)];
  const [low, high] = seen.length === 0 ? [0.5, 2] : [Math.min(...all), Math.max(...all)];
  if (high / low > 5) {
    const room = (high / low) ** 0.06;
    const range = [low / room, high * room] as const;
    return { label, scale: "log10", range, ticks: decimals(range).map((at) => ({ at, label: chosen(at, "ratio") })) };
  }
  const room = Math.max((high - low) * 0.08, 0.02);
  const [first, last] = [Math.max(low - room, 0), high + room];
  const step = niceStep((last - first) / 6, false);
  const count = Math.floor(last / step + 1e-9) - Math.ceil(first / step - 1e-9) + 1;
  const ticks = Array.from({ length: count }, (_, index) => (Math.ceil(first / step - 1e-9) + index) * step);
  const digits = decimalsIn(step);
  return { label, scale: "linear", range: [first, last], ticks: ticks.map((at) => ({ at, label: `${numeral(at, digits)}×` })) };
}

/** Decimals that it takes to write a step: 0.25 has two. */
function decimalsIn(step: number): number {
  let decimals = 0;
  // Of the step, not of one: a step far below 1 is not zero.
  while (decimals < 9 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6 * step * 10 ** decimals) decimals++;
  return decimals;
}

/** 1, 2 or 5 times a power of ten; powers of two where sizes are divided by 1024. */
function niceStep(raw: number, binary: boolean): number {
  if (binary) return 2 ** Math.ceil(Math.log2(raw));
  const power = 10 ** Math.floor(Math.log10(raw));
  return ([1, 2, 2.5, 5].find((step) => step * power >= raw) ?? 10) * power;
}

/** The axis of a swept number: one tick for each value swept, fewer where they would not fit. */
export function sweepAxis(parameter: string, values: readonly number[]): Axis {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const label = nameWords(parameter);
  const bytes = isBytes(parameter) ? { unit: "bytes" as const } : {};
  const log = low > 0 && high / low > WIDE_SWEEP;
  const room = log ? (high / low) ** 0.03 : (high - low) * 0.03;
  const place = (value: number): number => (log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low || 1));
  const every = Math.ceil(values.length / 9);
  const regular = values.filter((_, index) => (values.length - 1 - index) % every === 0);
  const ticks = apart(regular, place).map((at) => ({ at, label: sweepValue(parameter, at) }));
  return {
    label,
    ...bytes,
    scale: log ? "log2" : "linear",
    range: log ? [low / room, high * room] : [low - room, high + room],
    ticks,
  };
}

/** Least distance of two labels, as a share of the axis. */
const LABEL = 0.06;

/** The values whose labels do not run into each other; the last one always, and of two neighbours the later one. */
function apart(values: readonly number[], place: (value: number) => number): number[] {
  const kept: number[] = [];
  for (const value of values.toSorted((a, b) => b - a)) {
    const next = kept.at(-1);
    if (next === undefined || place(next) - place(value) >= LABEL) kept.push(value);
  }
  return kept.toReversed();
}

/** An axis of names, in order. */
export function categoryAxis(label: string, names: readonly string[]): Axis {
  return {
    label,
    scale: "category",
    range: [0, Math.max(0, names.length - 1)],
    ticks: names.map((name, at) => ({ at, label: name })),
  };
}

/** An axis of names as numbers: half a step of room at each end. */
export function spread(axis: Axis, room = 0.4): Axis {
  return axis.scale === "category" ? { ...axis, scale: "linear", range: [-room, axis.ticks.length - 1 + room] } : axis;
}
