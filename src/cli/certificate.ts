import { summarize } from "../gate/certificate.ts";
import { rehearse } from "../gate/rehearse.ts";
import type { Certificate, CertificateSummary } from "../model/certificate.ts";
import { defaultMargin, type Margin } from "../model/gate.ts";
import { gateSource } from "./certify.ts";

/** Resampling is seeded: the same certificate always says the same. */
const SEED = 1;

/**
 * What a certificate comes to, the quiet part first.
 * @param margin the one that the gate judges with.
 */
export async function summariesOf(
  { quiet, burnt }: Pick<Certificate, "quiet" | "burnt">,
  margin: Margin = defaultMargin,
): Promise<CertificateSummary[]> {
  const source = gateSource();
  const summaries: CertificateSummary[] = [];
  for (const [run, isBurnt] of [
    [quiet, false],
    [burnt, true],
  ] as const) {
    if (!run) continue;
    const stale = run.source !== source;
    summaries.push(await summarize(run, { burnt: isBurnt, stale, seed: SEED, compare: (draw) => rehearse(draw, margin) }));
  }
  return summaries;
}
