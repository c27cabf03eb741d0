import { createHistogram } from "node:perf_hooks";

/** The least that is told apart, in seconds. What takes no time by the clock is recorded as this. */
export const RESOLUTION = 1e-9;
/** The longest that is told apart, in seconds: far beyond the deadline of any load. */
export const LONGEST = 3600;

const NANOSECONDS = 1e9;
/** Three significant figures, which HDR histograms keep by 2,048 steps for every power of two (1,024 in each but the first). */
const FIGURES = 3;
const STEP_BITS = 10;
const SAMPLES_BEYOND = 10;

/** What a load's page may print, in seconds. `p99` and `p999` are absent where fewer than 10 samples lie beyond them. */
export interface Percentiles {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99?: number;
  readonly p999?: number;
  readonly max: number;
}

/** A histogram as plain data, to send to another process and merge there. */
export interface HistogramData {
  /** Lower edge of each bucket in nanoseconds, and how many samples fell into it. */
  readonly buckets: readonly (readonly [nanoseconds: number, count: number])[];
  readonly sum: number;
  readonly max: number;
  readonly clamped: number;
}

/**
 * Durations in seconds, in the HDR histogram that the runtime brings: whatever their range, a percentile is right to one part in a
 * thousand, and recording one costs the same in the middle of a stall as before it.
 * The runtime's histogram can be handed to a thread but not to a process, so the count of each bucket is kept beside it; count, sum and
 * maximum are exact.
 * Source: G. Tene, HdrHistogram; https://nodejs.org/api/perf_hooks.html#class-recordablehistogram-extends-histogram
 */
export class Histogram {
  readonly #hdr = createHistogram({ lowest: 1, highest: LONGEST * NANOSECONDS, figures: FIGURES });
  readonly #buckets = new Map<number, number>();
  #sum = 0;
  #max = 0;
  #clamped = 0;

  static from(data: HistogramData): Histogram {
    const histogram = new Histogram();
    histogram.merge(data);
    return histogram;
  }

  /**
   * @param seconds above 0. Above an hour it counts as an hour, and in `clamped`; `max` and `mean` keep what it was.
   * @throws {RangeError} where it is no duration: 0, negative, infinite or not a number.
   */
  record(seconds: number): void {
    if (!(seconds > 0 && Number.isFinite(seconds))) throw new RangeError(`${seconds} s is no duration to record`);
    if (seconds > LONGEST) this.#clamped++;
    this.#count(Math.max(1, Math.round(Math.min(seconds, LONGEST) * NANOSECONDS)), 1);
    this.#sum += seconds;
    this.#max = Math.max(this.#max, seconds);
  }

  merge(other: Histogram | HistogramData): void {
    const { buckets, sum, max, clamped } = other instanceof Histogram ? other.toJSON() : other;
    for (const [nanoseconds, count] of buckets) this.#count(nanoseconds, count);
    this.#sum += sum;
    this.#max = Math.max(this.#max, max);
    this.#clamped += clamped;
  }

  get count(): number {
    return this.#hdr.count;
  }

  /** Exact, in seconds; 0 if nothing was recorded. */
  get max(): number {
    return this.#max;
  }

  /** Exact, in seconds; `NaN` if nothing was recorded. */
  get mean(): number {
    return this.#sum / this.count;
  }

  /** How many samples were longer than an hour. */
  get clamped(): number {
    return this.#clamped;
  }

  /**
   * The smallest recorded duration that at least this share of all samples do not exceed (nearest rank), in seconds. Above 0.9 it is
   * `undefined` where fewer than 10 samples lie beyond: such a percentile would be the story of a few samples.
   * @param share between 0 and 1: 0.99 is the 99th percentile.
   */
  percentile(share: number): number | undefined {
    if (!(share > 0 && share < 1)) throw new RangeError(`a percentile is a share between 0 and 1, not ${share}`);
    if (this.count === 0) return undefined;
    const rank = Math.ceil(share * this.count);
    if (share > 0.9 && this.count - rank < SAMPLES_BEYOND) return undefined;
    // A quarter below the rank, so that rounding on the way through per cent leads to it whichever way the runtime rounds.
    const nanoseconds = this.#hdr.percentile(((rank - 0.25) / this.count) * 100);
    return Math.min(nanoseconds / NANOSECONDS, this.#max);
  }

  /** What may be printed; `undefined` if nothing was recorded. */
  percentiles(): Percentiles | undefined {
    if (this.count === 0) return undefined;
    const p99 = this.percentile(0.99);
    const p999 = this.percentile(0.999);
    return {
      count: this.count,
      mean: this.mean,
      p50: this.percentile(0.5)!,
      p90: this.percentile(0.9)!,
      ...(p99 === undefined ? {} : { p99 }),
      ...(p999 === undefined ? {} : { p999 }),
      max: this.#max,
    };
  }

  toJSON(): HistogramData {
    return { buckets: [...this.#buckets], sum: this.#sum, max: this.#max, clamped: this.#clamped };
  }

  #count(nanoseconds: number, count: number): void {
    const edge = lowerEdge(nanoseconds);
    this.#buckets.set(edge, (this.#buckets.get(edge) ?? 0) + count);
    for (let recorded = 0; recorded < count; recorded++) this.#hdr.record(nanoseconds);
  }
}

/** The highest percentile that may be printed: p99.9, p99 or p90, by its share, in seconds. */
export function highestHonest({ p90, p99, p999 }: Percentiles): { readonly share: number; readonly seconds: number } {
  if (p999 !== undefined) return { share: 0.999, seconds: p999 };
  if (p99 !== undefined) return { share: 0.99, seconds: p99 };
  return { share: 0.9, seconds: p90 };
}

/** Where the HDR bucket of a value begins: all but its first 11 binary digits cleared. */
function lowerEdge(nanoseconds: number): number {
  const width = 2 ** Math.max(0, Math.floor(Math.log2(nanoseconds)) - STEP_BITS);
  return Math.floor(nanoseconds / width) * width;
}
