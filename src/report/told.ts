import { type Axis, type Figure, isUpright, type Reading, type Series } from "../model/figure.ts";
import { numeral, range, sweepValue } from "./words.ts";

/** A reading of a chart in words, part by part: what the page shows beside it and reads aloud. */
export interface Told {
  /** The variant, and the host where it is another one. */
  readonly name: string;
  /** Where along x, and in which panel. */
  readonly at?: string;
  readonly value: string;
  /** Ends of the interval, in the unit of the value; absent where it has no width. */
  readonly interval?: string;
  readonly n: string;
}

export function told(figure: Figure, panel: number, { name }: Pick<Series, "name">, reading: Reading, host?: string): Told {
  const tick = tickOf(figure.x, reading.x);
  const panelTitle = figure.panels[panel]?.title;
  const several = figure.panels.some(({ series }) => series.length > 1);
  // Bars of one series are named by their place; so are points that each stand over their own name.
  const placed = (!isUpright(figure.mark) && !several) || (figure.x.scale === "category" && tick === name);
  const own = placed ? tick : name;
  const along = figure.x.label === "" ? tick : `${figure.x.label} = ${tick}`;
  const at = [...(placed || figure.mark === "scatter" || figure.mark === "column" ? [] : [along]), ...(panelTitle ? [panelTitle] : [])];
  return {
    name: host === undefined ? own : `${own} on ${host}`,
    ...(at.length > 0 && { at: at.join(", ") }),
    ...valueOf(figure, reading),
    n: `${numeral(reading.n, 0)} ${reading.n === 1 ? "round" : "rounds"}`,
  };
}

function valueOf(figure: Figure, reading: Reading): Pick<Told, "value" | "interval"> {
  if (figure.mark === "column") return { value: reading.words };
  const up = parted(reading.y, reading.low, reading.high, figure.y);
  if (figure.mark !== "scatter") return up;
  const across = parted(reading.x, reading.xLow ?? reading.x, reading.xHigh ?? reading.x, figure.x);
  const both = [
    { axis: figure.x, it: across },
    { axis: figure.y, it: up },
  ];
  const intervals = both.flatMap(({ axis, it }) => (it.interval === undefined ? [] : [`${axis.label} ${it.interval}`]));
  return {
    value: both.map(({ axis, it }) => `${axis.label} ${it.value}`).join(", "),
    ...(intervals.length > 0 && { interval: intervals.join(", ") }),
  };
}

function parted(center: number, low: number, high: number, axis: Axis): Pick<Told, "value" | "interval"> {
  const [, value, from, to] = /^(.*) \[(.*), (.*)\]$/.exec(range({ center, low, high }, axis.unit ?? "ratio")) ?? [];
  if (value === undefined) return { value: range({ center, low: center, high: center }, axis.unit ?? "ratio") };
  return { value, interval: `${from} to ${to}` };
}

function tickOf(x: Axis, at: number): string {
  return x.ticks.find((it) => it.at === at)?.label ?? sweepValue(x.unit === "bytes" ? "bytes" : "", at);
}

/** `scattered, bytes = 64 MiB: 74 ns, interval 72 to 76, 8 rounds.` */
export function sentence({ name, at, value, interval, n }: Told): string {
  return `${at === undefined ? name : `${name}, ${at}`}: ${[value, ...(interval === undefined ? [] : [`interval ${interval}`]), n].join(", ")}.`;
}
