import { z } from "zod";
import { HostSchema } from "./record.ts";

/**
 * The certificate: what the gate's word is worth on one host, from identical code and from slowdowns that were put in on purpose.
 * The record holds the raw replicates; everything else is computed from them.
 */

const Finite = z.number();

/** Slowdowns that show alone and hide beside the unchanged version, because both share what is spoilt. */
const hidden = ["element-kind", "retained-heap", "dependency"] as const;

/** How much slower the changed version of a kernel was made: `more` percent more work (0, 1, 2, 5, 10), or one of the regressions that hide beside the unchanged version. */
const InjectedSchema = z.union([z.strictObject({ more: Finite.nonnegative() }), z.strictObject({ hidden: z.enum(hidden) })]);

const ReadSchema = z.strictObject({ logRatio: Finite, seconds: Finite.nonnegative() });

const CertifiedKernelSchema = z.strictObject({
  kernel: z.enum(["loop", "objects", "json", "map", "async"]),
  injected: InjectedSchema,
  /** One a process of the duet. */
  duet: z.array(ReadSchema),
  /** One a pair of isolated processes. */
  isolated: z.array(ReadSchema),
});

const CertificateRunSchema = z.strictObject({
  startedAt: z.iso.datetime(),
  /** Replicates wanted of each kernel and size; fewer are there while it is unfinished. */
  finished: z.boolean(),
  /** Seconds that it took, all its parts together. */
  seconds: Finite.nonnegative(),
  seed: z.int().nonnegative(),
  /** Hash of the gate's own code, the runtime and its flags. */
  source: z.string().regex(/^[0-9a-f]{16}$/),
  runtime: z.string().max(100),
  kernels: z.array(CertifiedKernelSchema).max(200),
});

export const CertificateSchema = z.strictObject({
  schema: z.literal(1),
  host: HostSchema,
  /** With nothing else running, as far as the lab knows. */
  quiet: CertificateRunSchema.optional(),
  /** With one core burnt by another process all the time. */
  burnt: CertificateRunSchema.optional(),
  /** SHA-256 of everything else in it. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});

export type Certificate = z.infer<typeof CertificateSchema>;
export type CertificateRun = z.infer<typeof CertificateRunSchema>;
export type CertifiedKernel = z.infer<typeof CertifiedKernelSchema>;
export type Injected = z.infer<typeof InjectedSchema>;

/** The same text for the same kind of change. */
export const injectedKey = (it: Injected): string => ("more" in it ? `more=${it.more}` : `hidden=${it.hidden}`);

/** More work in ascending order, then what hides. */
export function inOrder(a: Injected, b: Injected): number {
  if ("more" in a) return "more" in b ? a.more - b.more : -1;
  return "more" in b ? 1 : hidden.indexOf(a.hidden) - hidden.indexOf(b.hidden);
}

/** A share of comparisons with Wilson's 95 % interval. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** How many independent comparisons the replicates amount to: comparisons that are drawn from the same processes are not independent. */
  readonly effective: number;
}

/** What the gate made of one kind of change, over all kernels or of one. */
export interface CertifiedRow {
  readonly injected: Injected;
  /** Absent where all kernels are taken together. */
  readonly kernel?: CertifiedKernel["kernel"];
  /** Called slower: false alarms where the code is identical, catches elsewhere. */
  readonly caught: Share;
  /** Intervals of the duet that hold the true ratio; absent where no ratio is the true one. */
  readonly covered?: Share;
  /** Standard deviation of ln(head / base) from process to process. */
  readonly spread: { readonly duet: number; readonly isolated: number };
  /** Median of what a comparison cost, in seconds. */
  readonly cost: number;
}

/**
 * A figure that was wanted: a share of comparisons, or seconds. It is missed where Wilson's interval of the share excludes it, or the
 * seconds exceed it; and not met, either, where there is no replicate to show it (an `effective` of 0; `NaN` seconds).
 */
export type Wanted = WantedShare | { readonly says: string; readonly met: boolean; readonly atMost: number; readonly seconds: number };

export type WantedShare = {
  /** What the share is of, without the figure: `identical code is called slower`. */
  readonly says: string;
  /** The kind of change that it is about; absent where it is about all. */
  readonly injected?: Injected;
  readonly share: Share;
  readonly met: boolean;
} & ({ readonly atLeast: number } | { readonly atMost: number });

/** What one run of a certificate comes to, for the gate's last line, the page and the chart. */
export interface CertificateSummary {
  readonly startedAt: string;
  readonly burnt: boolean;
  readonly finished: boolean;
  /** Made by another version of the gate's code, or on another runtime. */
  readonly stale: boolean;
  readonly runtime: string;
  /** All kernels together first, one row a kind of change; then each kernel alone. */
  readonly rows: readonly CertifiedRow[];
  readonly covered: Share;
  /** Median seconds a comparison over all of them; NaN where there is none yet. */
  readonly cost: number;
  /** The figures that were wanted, and whether each is met. */
  readonly wanted: readonly Wanted[];
}
