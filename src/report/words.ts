import type { Interval } from "../model/verdict.ts";

/**
 * The only place that turns base units into what people read. Numbers carry as many digits as their interval justifies.
 * Sizes are binary (KiB = 1024 B), rates decimal (GB/s = 10⁹ B/s), thousands are grouped by commas.
 */

/** A number's magnitude words: what to divide by, and what stands behind the quotient. */
interface Scale {
  readonly divisor: number;
  readonly suffix: string;
}

const KI = 1024;
const scales: { readonly [unit: string]: readonly Scale[] } = {
  seconds: [
    [1, " s"],
    [1e-3, " ms"],
    [1e-6, " µs"],
    [1e-9, " ns"],
  ].map(scale),
  bytes: [
    [KI ** 4, " TiB"],
    [KI ** 3, " GiB"],
    [KI ** 2, " MiB"],
    [KI, " KiB"],
    [1, " B"],
  ].map(scale),
  bytesPerSecond: [
    [1e12, " TB/s"],
    [1e9, " GB/s"],
    [1e6, " MB/s"],
    [1e3, " kB/s"],
    [1, " B/s"],
  ].map(scale),
  perSecond: [
    [1e9, " G/s"],
    [1e6, " M/s"],
    [1, "/s"],
  ].map(scale),
  fraction: [[0.01, "%"]].map(scale),
  ratio: [[1, "×"]].map(scale),
};
const plain: readonly Scale[] = [{ divisor: 1, suffix: "" }];

function scale([divisor, suffix]: readonly (number | string)[]): Scale {
  return { divisor: divisor as number, suffix: suffix as string };
}

/** The largest scale of a unit that the value fills; the smallest one for less. Unknown units stay plain. */
export function scaleOf(value: number, unit: string): Scale {
  const ladder = scales[unit] ?? plain;
  // 999.96 ns would print as "1000 ns": what rounds up to the next unit belongs there.
  const size = Math.abs(value) * 1.0005;
  return ladder.find(({ divisor }) => size >= divisor) ?? ladder[ladder.length - 1] ?? plain[0]!;
}

/** `12345.678` with two decimals → `12,345.68`. Safe for whatever a record may hold. */
export function numeral(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "n/a";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return sign + size.toExponential(1);
  const [whole = "0", fraction] = size.toFixed(Math.min(Math.max(decimals, 0), 9)).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const digits = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return /[1-9]/.test(digits) ? sign + digits : digits;
}

/**
 * How many decimals a number deserves: up to the first digit of half its interval's width, but at least two and at most
 * five digits in all; three where there is no interval.
 */
export function decimalsOf(value: number, width = 0): number {
  const size = Math.abs(value);
  if (!Number.isFinite(size) || size === 0) return 0;
  // Of what is printed, not of what is meant: 0.9999 prints as 1.00.
  const magnitude = Math.floor(Math.log10(Number(size.toPrecision(3))) + 1e-9);
  const justified = width > 0 && Number.isFinite(width) ? -Math.floor(Math.log10(width / 2) + 1e-9) : 2 - magnitude;
  return Math.max(0, Math.min(Math.max(justified, 1 - magnitude), 4 - magnitude));
}

/** A value of a unit in words: `1.02e-9` seconds → `1.02 ns`. `width` is that of its interval, in the same unit. */
export function quantity(value: number, unit: string, width = 0): string {
  if (!Number.isFinite(value)) return numeral(value, 0);
  const { divisor, suffix } = scaleOf(value, unit);
  const scaled = value / divisor;
  const whole = Math.abs(scaled - Math.round(scaled)) < 1e-9 * Math.max(1, Math.abs(scaled));
  return numeral(scaled, whole && !(width > 0) ? 0 : decimalsOf(scaled, width / divisor)) + suffix;
}

/** `1.44× [1.41, 1.47], n = 5`; the ends share the scale and the digits of the center. */
export function interval(it: Pick<Interval, "center" | "low" | "high" | "n">, unit: string): string {
  return `${range(it, unit)}, n = ${numeral(it.n, 0)}`;
}

/** The same without `n`: `1.02 ns [0.98, 1.07]`; a bare `40 B` where the interval has no width. */
export function range(it: Pick<Interval, "center" | "low" | "high">, unit: string): string {
  const width = it.high - it.low;
  if (width === 0 || !Number.isFinite(it.center)) return quantity(it.center, unit, width);
  // A center of zero says nothing of the scale, so its ends do.
  const lead = it.center !== 0 ? it.center : Math.max(Math.abs(it.low), Math.abs(it.high));
  const { divisor, suffix } = scaleOf(lead, unit);
  const whole = it.center === 0 && [it.low, it.high].every((end) => Number.isInteger(end / divisor));
  const decimals = whole ? 0 : decimalsOf(lead / divisor, width / divisor);
  const center = it.center === 0 ? `0${suffix}` : quantity(it.center, unit, width);
  return `${center} [${numeral(it.low / divisor, decimals)}, ${numeral(it.high / divisor, decimals)}]`;
}

/**
 * A change with its interval, and between them the word for it, if any: `8.1% slower [6.9, 9.4]`. A change may be next to nothing, so the largest
 * of the three numbers decides the digits; one without width stands alone.
 */
export function change({ center, low, high }: Pick<Interval, "center" | "low" | "high">, unit: "fraction" | "ratio", said: string): string {
  const { divisor, suffix } = scaleOf(center, unit);
  const largest = Math.max(...[center, low, high].filter(Number.isFinite).map(Math.abs));
  const decimals = decimalsOf(largest / divisor, (high - low) / divisor);
  const words = (it: number): string => (it === 0 ? "0" : numeral(it / divisor, decimals));
  return `${words(center)}${suffix}${said === "" ? "" : ` ${said}`}${low === high ? "" : ` [${words(low)}, ${words(high)}]`}`;
}

/** A number that somebody chose rather than measured: at most four digits and no zeros behind the last one that counts. */
export function chosen(value: number, unit: string): string {
  if (!Number.isFinite(value)) return numeral(value, 0);
  const { divisor, suffix } = scaleOf(value, unit);
  const short = Number((value / divisor).toPrecision(4));
  const [, decimals = ""] = /\.(\d+)$/.exec(String(short)) ?? [];
  return numeral(short, decimals.length) + suffix;
}

/** Range of a bound: `≥ 3×`, `≤ 40 B`, `between 1.2× and 1.5×`. */
export function boundWords(low: number, high: number, unit: string): string {
  if (low === -Infinity) return `≤ ${chosen(high, unit)}`;
  if (high === Infinity) return `≥ ${chosen(low, unit)}`;
  return low === high ? `exactly ${chosen(low, unit)}` : `between ${chosen(low, unit)} and ${chosen(high, unit)}`;
}

/** `$1,234` or `$0.42`: cents where they are what counts. */
export function dollars(amount: number): string {
  if (!Number.isFinite(amount)) return "n/a";
  const size = Math.abs(amount);
  const decimals = size === 0 || size >= 100 ? 0 : size >= 0.1 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(size)));
  return `${amount < 0 ? "−" : ""}$${numeral(size, decimals)}`;
}

/** A share in percent; never rounds a rest down to 0% or up to 100%. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return "< 1%";
  if (share < 1 && share > 0.995) return "> 99%";
  return `${numeral(share * 100, 0)}%`;
}

/** `requestSize` → `request size`, `time_to-visible` → `time to visible`; `p99` and `RSS` stay. */
export function nameWords(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])(?=[a-z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`).replace(/[_-]+/g, " ");
}

/** A sweep parameter whose name says that it counts bytes: `bytes`, `size`, `blockSize`, `payload_bytes`. */
export function isBytes(parameter: string): boolean {
  return /(^|[a-z0-9_-])([bB]ytes|[sS]ize)$/.test(parameter);
}

/** One value of a sweep in words: sizes as `64 MiB`, numbers grouped, everything else as it is. */
export function sweepValue(parameter: string, value: number | string | boolean): string {
  if (typeof value !== "number") return String(value);
  if (isBytes(parameter)) return quantity(value, "bytes");
  // Somebody chose it: no zeros behind the last digit that counts.
  const [, decimals = ""] = /\.(\d+)$/.exec(String(Number(value.toPrecision(4)))) ?? [];
  return numeral(value, Math.min(decimals.length, decimalsOf(value)));
}

/** A point in words: `bytes = 64 MiB, limit = soft`; nothing for the only point of an unswept experiment. */
export function pointWords(point: { readonly [parameter: string]: number | string | boolean }): string {
  return Object.entries(point)
    .map(([parameter, value]) => `${nameWords(parameter)} = ${sweepValue(parameter, value)}`)
    .join(", ");
}

const metricNames: { readonly [metric: string]: string } = {
  time: "time",
  bytes: "heap bytes allocated",
  externalBytes: "bytes allocated outside the heap",
  gc: "collector pause",
  rss: "peak resident memory",
  cpu: "processor time",
};

/** A metric in words, with what it is counted per: `time per record`. `rss` belongs to a process, never to an operation. */
export function metricWords(metric: string, per?: string, says?: string): string {
  if (says !== undefined) return short(says, 80);
  const name = Object.hasOwn(metricNames, metric) ? metricNames[metric]! : nameWords(metric);
  return per === undefined || metric === "rss" ? name : `${name} per ${per}`;
}

/** A time that people wait for: `0.4 s`, `95 s`, `12 min`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "n/a";
  return seconds < 100 ? `${numeral(seconds, seconds < 9.95 ? 1 : 0)} s` : `${numeral(seconds / 60, 0)} min`;
}

/** Characters that move the cursor, break the line or turn the direction of writing are shown by their code: `\u{202e}`. A tab stays. */
export function visible(text: string): string {
  const hidden = /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
  return text.replace(hidden, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`);
}

/** A name that nobody vouches for, on one line. */
export const oneLine = (text: string, most?: number): string => short(visible(text.replace(/\s+/g, " ").trim()), most);

/** A long word cut to what fits, for names that nobody vouches for. */
export function short(text: string, most = 120): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** `2026-06-03T…` → `3 June 2026`; `2026-06` → `June 2026`. What is no date stays as it is. */
export function dateWords(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(date) ?? [];
  const name = months[Number(month) - 1];
  if (year === undefined || name === undefined) return short(date, 40);
  return `${day === undefined ? "" : `${Number(day)} `}${name} ${year}`;
}
const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
