import { dirname, join, parse, relative } from "node:path";
import { writeAtomically } from "../host/disk.ts";
import { host as describeHost } from "../host/fingerprint.ts";
import type { CertificateSummary } from "../model/certificate.ts";
import type { GateResult, Margin } from "../model/gate.ts";
import { gateMarkdown } from "../report/gate/markdown.ts";
import { comparisonKey, marginOf } from "../report/gate/order.ts";
import { replicatesFigure } from "../report/gate/replicates.ts";
import { gateLines } from "../report/gate/terminal.ts";
import { newestCertificate } from "../store/certificates.ts";
import { summariesOf } from "./certificate.ts";
import { diskError } from "./exit.ts";
import { localReports, publishedReports } from "./places.ts";

/** Prints what the gate found, and writes the summary for a pull request where it is asked for. */
export async function tellGate(
  result: GateResult,
  { json, all, markdown }: { readonly json?: boolean; readonly all?: boolean; readonly markdown?: string },
): Promise<void> {
  const certificate = await certificateHere(result.margin);
  const known = certificate && { certificate };
  if (json) process.stdout.write(`${JSON.stringify({ ...result, certificate: certificate ?? null })}\n`);
  else console.log(gateLines(result, { all: all ?? false, ...known }).join("\n"));
  if (markdown === undefined) return;
  const failed = (error: unknown): Promise<never> => Promise.reject(diskError(error, markdown));
  const charts = await chartsOf(result, markdown).catch(failed);
  await writeAtomically(markdown, gateMarkdown(result, { ...known, charts }), false).catch(failed);
}

/** What the newest certificate of this host comes to; of a quiet host unless there is only the other. */
async function certificateHere(margin: Margin): Promise<CertificateSummary | undefined> {
  const { certificate, refused } = await newestCertificate([localReports, publishedReports], describeHost().id);
  for (const { path, because } of refused) console.error(`refused  ${path}: ${because}`);
  return certificate && (await summariesOf(certificate, margin))[0];
}

/** Draws the replicates of everything that counts, in a folder beside the summary. The paths are relative to it. */
async function chartsOf(result: GateResult, markdown: string): Promise<Map<string, string>> {
  const charts = new Map<string, string>();
  const shown = result.comparisons.filter(({ worse, replicates }) => worse && replicates);
  if (shown.length === 0) return charts;
  const [{ drawSvg }, { light }] = await Promise.all([import("../report/draw.ts"), import("../report/theme.ts")]);
  const folder = join(dirname(markdown), `${parse(markdown).name}-charts`);
  for (const [index, comparison] of shown.entries()) {
    const path = join(folder, `${comparison.experiment.replaceAll("/", "-")}-${index + 1}.svg`);
    await writeAtomically(path, drawSvg(replicatesFigure(comparison, marginOf(result, comparison)), light), false);
    charts.set(comparisonKey(comparison), relative(dirname(markdown), path).replaceAll("\\", "/"));
  }
  return charts;
}
