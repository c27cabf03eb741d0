import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../host/disk.ts";
import { CertificateSchema, type Certificate, type CertificateRun } from "../model/certificate.ts";
import { readSigned, type Refused, serialize, signed } from "./digest.ts";

/** A certificate larger than this is none of ours. */
const MOST_BYTES = 16 * 1024 * 1024;

export const certificatePath = (out: string, hostId: string): string => join(out, "certificates", `${hostId}.json`);

/** Where an unfinished one is kept: an interrupted run must not cost the host the certificate that it has. */
export const partialCertificatePath = (out: string, hostId: string): string => join(out, "certificates", `${hostId}.partial.json`);

/** Whether each part that was begun has all the replicates that were wanted. */
export const isFinished = ({ quiet, burnt }: Pick<Certificate, "quiet" | "burnt">): boolean =>
  [quiet, burnt].every((run) => run?.finished !== false);

/**
 * Keeps a certificate. A finished one takes the place of the one before it and of the partial one; an unfinished one is kept beside it.
 * @returns the path of what was written.
 */
export async function saveCertificate(out: string, certificate: Omit<Certificate, "digest">): Promise<string> {
  const partial = partialCertificatePath(out, certificate.host.id);
  const finished = isFinished(certificate);
  const path = finished ? certificatePath(out, certificate.host.id) : partial;
  await writeAtomically(path, serialize(signed<Certificate>(certificate)));
  if (finished) await rm(partial, { force: true });
  return path;
}

/** Reads one certificate; what is none is refused with the reason in one line, never thrown. */
export const readCertificate = (path: string): Promise<Certificate | Refused> =>
  readSigned(path, CertificateSchema, { noun: "certificate", mostBytes: MOST_BYTES });

export interface CertificatesRead {
  /** Unfinished ones among them. */
  readonly certificates: readonly Certificate[];
  readonly refused: readonly Refused[];
}

/** All certificates of these folders, of whatever host, and all files that had to be refused. */
export async function certificatesIn(folders: readonly string[]): Promise<CertificatesRead> {
  const certificates: Certificate[] = [];
  const refused: Refused[] = [];
  for (const folder of new Set(folders)) {
    const root = join(folder, "certificates");
    if (!existsSync(root)) continue;
    const found = await readdir(root).catch((error: Error) => {
      refused.push({ path: root, because: error.message });
      return [];
    });
    for (const name of found.filter((file) => file.endsWith(".json")).toSorted()) {
      const read = await readCertificate(join(root, name));
      if ("because" in read) refused.push(read);
      else certificates.push(read);
    }
  }
  return { certificates, refused };
}

/** What a host's certificates say, part by part: the newest that is finished, or else the newest there is. */
export async function newestCertificate(
  folders: readonly string[],
  hostId: string,
): Promise<{ readonly certificate?: Pick<Certificate, "quiet" | "burnt">; readonly refused: readonly Refused[] }> {
  const { certificates, refused } = await certificatesIn(folders);
  const own = certificates.filter(({ host }) => host.id === hostId);
  const [quiet, burnt] = (["quiet", "burnt"] as const).map((part) => newestOf(own.flatMap((it) => it[part] ?? [])));
  const certificate = { ...(quiet && { quiet }), ...(burnt && { burnt }) };
  return { ...((quiet ?? burnt) && { certificate }), refused };
}

function newestOf(runs: readonly CertificateRun[]): CertificateRun | undefined {
  const finished = runs.filter((run) => run.finished);
  return (finished.length > 0 ? finished : runs).toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt))[0];
}
