import { summarize } from "../gate/certificate.ts";
import { rehearse } from "../gate/rehearse.ts";
import type { Certificate, CertificateSummary } from "../model/certificate.ts";
import { gateSource } from "./certify.ts";

/** The margin that a certificate judges with: the gate's own unless it is told another. */
export const defaultMargin = { time: 0.01, bytes: 0.005 } as const;

/** Resampling is seeded: the same certificate always says the same. */
const SEED = 1;

/** What a certificate comes to, the quiet part first. */
export async function summariesOf({ quiet, burnt }: Pick<Certificate, "quiet" | "burnt">): Promise<CertificateSummary[]> {
  const source = gateSource();
  const summaries: CertificateSummary[] = [];
  for (const [run, isBurnt] of [
    [quiet, false],
    [burnt, true],
  ] as const) {
    if (!run) continue;
    const stale = run.source !== source;
    summaries.push(await summarize(run, { burnt: isBurnt, stale, seed: SEED, compare: (draw) => rehearse(draw, defaultMargin) }));
  }
  return summaries;
}
