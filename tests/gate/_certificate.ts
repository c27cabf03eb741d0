import type { Compared, Draw } from "../../src/gate/resample.ts";
import { seeded } from "../../src/inputs/random.ts";
import type { CertificateRun, CertifiedKernel, Injected } from "../../src/model/certificate.ts";
import { logInterval } from "../../src/stats/ratio.ts";
import { normal } from "../_normal.ts";

export const kernels = ["loop", "objects", "json", "map", "async"] as const;

/** How many replicates of either instrument, and how they spread around the truth. */
export interface Simulated {
  readonly duet: number;
  readonly isolated: number;
  readonly spread: number;
}

/** Replicates of one kernel whose truth is known: both instruments see it, and each replicate costs half a second. */
export function cellOf(
  kernel: CertifiedKernel["kernel"],
  injected: Injected,
  { duet, isolated, spread }: Simulated,
  random: () => number,
): CertifiedKernel {
  const truth = "more" in injected ? Math.log1p(injected.more / 100) : 0;
  const reads = (count: number, centre: number) =>
    Array.from({ length: count }, () => ({ logRatio: centre + spread * normal(random), seconds: 0.5 }));
  return { kernel, injected, duet: reads(duet, truth), isolated: reads(isolated, "more" in injected ? truth : 1) };
}

export const runOf = (cells: readonly CertifiedKernel[], changes: Partial<CertificateRun> = {}): CertificateRun => ({
  startedAt: "2026-11-21T12:00:00Z",
  finished: true,
  seconds: 900,
  seed: 1,
  source: "0123456789abcdef",
  runtime: "v26.10.0",
  kernels: [...cells],
  ...changes,
});

/** The same changes to every kernel. */
export function simulated(seed: number, changes: readonly Injected[], how: Simulated): CertificateRun {
  const random = seeded(seed);
  return runOf(kernels.flatMap((kernel) => changes.map((injected) => cellOf(kernel, injected, how, random))));
}

/** A comparison of ten replicates of either instrument, slower where the lower end of the duet's interval is above 1: of identical code once in forty. */
export function plainly(draw: Draw): Compared {
  const duet = draw("duet", "first", 10);
  const isolated = draw("isolated", "first", 10);
  const duetInterval = logInterval(
    duet.map(({ logRatio }) => logRatio),
    0.95,
  );
  return { slower: duetInterval.low > 1, duetInterval, seconds: [...duet, ...isolated].reduce((sum, it) => sum + it.seconds, 0) };
}
