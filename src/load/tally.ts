import { Histogram, RESOLUTION, type HistogramData, type Percentiles } from "./histogram.ts";
import { codeOf, isRefused } from "./target.ts";

/** What became of a load. Every request that was due is counted exactly once: offered = completed + failed + dropped + refused. */
export interface Load {
  readonly offered: number;
  readonly completed: number;
  /** In error, or without an answer at the deadline (`DEADLINE`), or never sent because the generator itself was so late (`UNSENT`). */
  readonly failed: number;
  /** Never sent, because `maxInFlight` others waited. */
  readonly dropped: number;
  /** Turned away by the server. */
  readonly refused: number;
  /** Failed and refused requests by code. */
  readonly errors: Readonly<Record<string, number>>;
  /**
   * Seconds from when a request was due to its answer, of those that completed. Beside failed, dropped or refused requests it is a lower
   * bound: they would have waited longer. Absent if none completed.
   */
  readonly latency?: Percentiles;
  /** Seconds by which requests started after they were due: the generator's own share of their latency. Absent if none started. */
  readonly lateness?: Percentiles;
  /** Completed requests a second of `seconds`: goodput. */
  readonly perSecond: number;
  /** From the beginning of the window to its end or to the end of the last request, whichever came later; at most the deadline. */
  readonly seconds: number;
  /** Both histograms as plain data, to merge the loads of several generators. */
  readonly samples: { readonly latency: HistogramData; readonly lateness: HistogramData };
}

/** Counts what becomes of each request of a load. */
export class Tally {
  readonly #latency = new Histogram();
  readonly #lateness = new Histogram();
  readonly #errors = new Map<string, number>();
  readonly #counts = { offered: 0, completed: 0, failed: 0, dropped: 0, refused: 0 };

  /** @returns the number of the arrival, from 0. */
  offer(): number {
    return this.#counts.offered++;
  }

  /** The generator came to a request this many seconds after it was due. */
  reach(late: number): void {
    this.#lateness.record(Math.max(late, RESOLUTION));
  }

  complete(seconds: number): void {
    this.#counts.completed++;
    this.#latency.record(Math.max(seconds, RESOLUTION));
  }

  drop(): void {
    this.#counts.dropped++;
  }

  /** A request that threw: refused or failed, as the error says. */
  err(error: unknown): void {
    this.#count(isRefused(error) ? "refused" : "failed", codeOf(error), 1);
  }

  fail(code: string, requests = 1): void {
    if (requests > 0) this.#count("failed", code, requests);
  }

  load(seconds: number): Load {
    const [latency, lateness] = [this.#latency.percentiles(), this.#lateness.percentiles()];
    return {
      ...this.#counts,
      errors: Object.fromEntries(this.#errors),
      ...(latency && { latency }),
      ...(lateness && { lateness }),
      perSecond: this.#counts.completed / seconds,
      seconds,
      samples: { latency: this.#latency.toJSON(), lateness: this.#lateness.toJSON() },
    };
  }

  #count(what: "failed" | "refused", code: string, requests: number): void {
    this.#counts[what] += requests;
    this.#errors.set(code, (this.#errors.get(code) ?? 0) + requests);
  }
}
