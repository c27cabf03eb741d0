import { fileURLToPath } from "node:url";
import { certify } from "../gate/certify.ts";
import { host as describeHost } from "../host/fingerprint.ts";
import type { Certificate, CertificateRun } from "../model/certificate.ts";
import { certificateLines } from "../report/certificate.ts";
import { certificatePath, partialCertificatePath, readCertificate, saveCertificate } from "../store/certificates.ts";
import { instrumentHash } from "../store/source.ts";
import { summariesOf } from "./certificate.ts";
import { diskError, exitCodes, UserError } from "./exit.ts";
import { interruptible } from "./interrupt.ts";

export interface CertifyFlags {
  /** With one core burnt by another process. */
  readonly burn?: boolean;
  /** Seconds. */
  readonly budget: number;
  readonly seed: number;
  readonly out: string;
  readonly json?: boolean;
}

/** `assay certify`: what the gate's word is worth on this host. Goes on where an interrupted one stopped. */
export async function certifyCommand({ burn = false, budget, seed, out, json }: CertifyFlags): Promise<number> {
  const { caches, ...described } = describeHost();
  const host = { ...described, caches: [...caches] };
  const part = burn ? "burnt" : "quiet";
  const standing = await standingCertificate(out, host.id);
  let certificate: Omit<Certificate, "digest"> = { ...standing, schema: 1, host };
  const begun = certificate[part];
  const source = gateSource();
  const continues = begun && !begun.finished && begun.source === source;
  if (continues) console.error(`going on with the certificate that was begun ${begun.startedAt.slice(0, 16).replace("T", " ")}`);
  using interrupt = interruptible();
  const run = await certify({
    run: continues ? begun : freshRun(seed, source),
    burn,
    budget,
    signal: interrupt.signal,
    save: async (it) => {
      certificate = { ...certificate, [part]: it };
      await saveCertificate(out, certificate).catch((error: unknown) => Promise.reject(diskError(error, out)));
    },
    progress: ({ round, rounds, done, of }) => live(`round ${round + 1} of at most ${rounds}: ${done} of ${of} comparisons`),
  }).catch((error: unknown) => {
    throw error instanceof UserError ? error : new UserError((error as Error).message, exitCodes.failed);
  });
  live("");
  if (interrupt.signal.aborted) {
    console.error("stopped; assay certify goes on with it");
    return exitCodes.interrupted;
  }
  const summaries = await summariesOf({ ...certificate, [part]: run });
  if (json) process.stdout.write(`${JSON.stringify({ certificate, summaries })}\n`);
  else console.log([...certificateLines(summaries), `\nrecord: ${certificatePath(out, host.id)}`].join("\n"));
  return exitCodes.well;
}

/** What is already there: a partial certificate of this host, or else its finished one, whose other part stays. */
async function standingCertificate(out: string, hostId: string): Promise<Partial<Certificate>> {
  for (const path of [partialCertificatePath(out, hostId), certificatePath(out, hostId)]) {
    const read = await readCertificate(path);
    if (!("because" in read)) return read;
  }
  return {};
}

const freshRun = (seed: number, source: string): CertificateRun => ({
  startedAt: new Date().toISOString(),
  finished: false,
  seconds: 0,
  seed,
  source,
  runtime: `node ${process.versions.node}`,
  kernels: [],
});

/** Hash of what a certificate's replicates depend on: instruments, kernels and the runtime. How they are judged is computed anew each time. */
export const gateSource = (): string => instrumentHash(fileURLToPath(new URL("../gate/certify.ts", import.meta.url)), ["gate", "measure"]);

function live(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
}
