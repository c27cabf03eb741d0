import type { Article } from "../model/article.ts";
import type { CertificateSummary } from "../model/certificate.ts";
import type { Definition } from "../model/experiment.ts";
import type { Figure } from "../model/figure.ts";
import type { MemoryPrice } from "../model/price.ts";
import type { RunRecord } from "../model/record.ts";
import type { ClaimVerdict, Estimate, Interval, Verdict } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import type { Overlay } from "./overlay.ts";

/** All that a report is made of. It is a function of this and nothing else: no clock, no file, no measurement. */
export interface ReportInput {
  /** In the order of the catalogue. */
  readonly posts: readonly PostReport[];
  /** How to run the lab again: `npx assay`. */
  readonly command: string;
  readonly version: string;
  /** What memory costs, for what experiments hold in it. */
  readonly price: MemoryPrice;
  /** How many of all verdicts chance alone is expected to turn, where that is known. */
  readonly chance?: { readonly expected: number; readonly of: number };
  /** What the gate's word is worth on the reader's host; empty where it has no certificate, absent where the page is not to speak of it. */
  readonly certificate?: readonly CertificateSummary[];
}

export interface PostReport {
  readonly folder: string;
  readonly article: Article;
  readonly claims: readonly ClaimVerdict[];
  readonly experiments: readonly ExperimentReport[];
  /** Benchmark files that could not be loaded, and why. */
  readonly broken?: readonly { readonly id: string; readonly message: string }[];
}

export interface ExperimentReport {
  /** `<article>/<experiment>`. */
  readonly id: string;
  readonly definition: Definition;
  /** The benchmark file as it stands. */
  readonly sourceText: string;
  /** Files of the same folder that it uses, as they stand. */
  readonly companions?: readonly { readonly name: string; readonly text: string }[];
  readonly record?: RunRecord;
  /** The record is a published one of another host, for the reader has none: shown as that, never judged. */
  readonly borrowed?: true;
  /** What other hosts measured of the same, the newest of each: laid over the chart at the reader's choice, never judged. */
  readonly others?: readonly RunRecord[];
  readonly verdicts: readonly Verdict[];
  readonly warnings: readonly Warning[];
  /** Why there is no record, or none that could be read. */
  readonly failure?: string;
  /** Other code than today's measured the record. */
  readonly stale: boolean;
}

/**
 * What was made of an experiment's record, ready for the page: either all of it or why not. `control` is the ratio of the
 * first variant to itself, `floor` the largest absolute log ratio in that interval.
 */
export type Drawn =
  | {
      readonly state: "drawn";
      readonly figure: Figure;
      readonly estimates: readonly Estimate[];
      readonly charts: Charts;
      /** Other hosts in the places of the figure. */
      readonly overlays?: readonly Overlay[];
      readonly control?: Interval;
      readonly floor?: number;
    }
  | { readonly state: "empty" }
  | { readonly state: "broken"; readonly why: string };

/** SVGs of one figure without title and caption: for wide screens, and for phones one for each panel. */
export interface Charts {
  readonly wide: string;
  readonly narrow: readonly string[];
}

/** A figure with the page's drawings of it. */
export interface Pictured {
  readonly figure: Figure;
  readonly charts: Charts;
}
