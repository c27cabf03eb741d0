/** Doubts about a number, each with what the reader can do about it. Printed beside the number, never instead of it. */
export const warnings = {
  "not-steady": {
    says: "the time per operation was still drifting when the warm-up ended",
    remedy: "run with --effort full, which warms up for longer",
  },
  "nothing-to-time": {
    says: "the variant cannot be told from an empty call: the compiler may have removed its work",
    remedy: "return what the work computes, and make it depend on the input",
  },
  "stolen-time": {
    says: "the hypervisor gave this machine's processor to others while it was being timed",
    remedy: "run again when the host is quiet, or on a machine of your own",
  },
  "switched-out": {
    says: "other programs took the processor while it was being timed",
    remedy: "close what else is running and run again",
  },
  "shared-core": {
    says: "something else used the same core nearly all the time while it was being timed (another program, or a stranger's virtual machine)",
    remedy: "run again when the host is quiet, or on a machine of your own",
  },
  "coarse-timer": {
    says: "one call takes so little against the clock's resolution that the batch could not be made long enough",
    remedy: "let one call do more work and say so in `operations`",
  },
  "null-excludes-one": {
    says: "the same variant under two names came out different: something other than the code differs between trials",
    remedy: "run again; if it stays, distrust small differences in this experiment",
  },
  "exact-varies": {
    says: "a reading that was declared exact differed between rounds",
    remedy: "drop `exact` from the metric, or find what is random in the variant",
  },
  "no-memory-limit": {
    says: "this system offers no way to limit the memory of a trial",
    remedy: "watch the memory yourself, or run on Linux",
  },
  stale: {
    says: "the code that measured this record is not the code of today",
    remedy: "run the experiment again",
  },
} as const satisfies Record<string, { says: string; remedy: string }>;

export type WarningKind = keyof typeof warnings;

export const warningKinds = Object.keys(warnings) as WarningKind[];

/** A doubt and where it arose. Without a variant it concerns the whole experiment. */
export interface Warning {
  readonly kind: WarningKind;
  readonly variant?: string;
  readonly point?: { readonly [parameter: string]: number | string | boolean };
  /** How many of how many trials showed it. */
  readonly trials?: { readonly some: number; readonly all: number };
}
