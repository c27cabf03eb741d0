import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { writeAtomically } from "../host/disk.ts";
import { host as thisHost } from "../host/fingerprint.ts";
import type { Certificate } from "../model/certificate.ts";
import { galleryOf, stamped, wholeGallery, withGallery, type Exhibit } from "../report/gallery.ts";
import { certificatePath, isFinished, readCertificate, saveCertificate } from "../store/certificates.ts";
import { lockFolder } from "../store/lock.ts";
import { readRecords, recordPath, saveComplete } from "../store/records.ts";
import { diskError, exitCodes, UserError } from "./exit.ts";
import { galleryPosts } from "./gallery.ts";

export interface PublishFlags {
  readonly benchmarks: string;
  /** Folder of the records that are to be published. */
  readonly from: string;
  /** Folder of the published ones. */
  readonly out: string;
  /** The document that shows the gallery; it is left alone where it is not there. */
  readonly readme: string;
  readonly host?: string;
  /** What this host is called: no reader knows it by its number. */
  readonly label?: string;
}

/** `assay publish`: moves a host's finished records and its certificate to the published ones, and redraws the gallery from all of these. */
export async function publishCommand(flags: PublishFlags): Promise<number> {
  const { benchmarks, from, out, readme, host = thisHost().id, label } = flags;
  const failed = (error: unknown): Promise<never> => Promise.reject(diskError(error, out));
  const { records, refused } = await readRecords([from]);
  for (const { path, because } of refused) console.error(`refused  ${path}: ${because}`);
  const own = records.filter((record) => record.host.id === host && record.effort !== "smoke");
  const certificate = await readCertificate(certificatePath(from, host));
  const certified = !("because" in certificate) && isFinished(certificate);
  if (own.length === 0 && !certified && !existsSync(join(out, "records"))) {
    throw new UserError(`${from} holds no finished record of host ${host}; measure with npx assay, or name a folder with --from`);
  }
  // Nothing is moved if what shows it could not be written afterwards.
  if (existsSync(readme)) replaced(readme, "");
  await using _lock = await lockFolder(out).catch(failed);
  const named = <H extends object>(it: H): H => (label === undefined ? it : { ...it, label });
  for (const record of own) {
    await saveComplete(out, { ...record, host: named(record.host) }).catch(failed);
    await rm(recordPath(from, record.experiment, host), { force: true });
  }
  if (certified) {
    await saveCertificate(out, { ...(certificate as Certificate), host: named((certificate as Certificate).host) }).catch(failed);
    await rm(certificatePath(from, host), { force: true });
  }
  const posts = await galleryPosts(benchmarks, out);
  const exhibits = posts.flatMap((post) => post.exhibits);
  await drawExhibits(exhibits, out).catch(failed);
  await writeAtomically(join(out, "README.md"), wholeGallery(posts), false).catch(failed);
  if (existsSync(readme)) {
    const base = `${relative(dirname(readme), out).replaceAll("\\", "/")}/`;
    await writeAtomically(readme, replaced(readme, galleryOf(posts, base)), false).catch(failed);
  }
  const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
  const moved = `${counted(own.length, "record")}${certified ? " and the certificate" : ""}`;
  console.log(`${moved} moved to ${out}; ${counted(exhibits.length, "chart")} drawn`);
  return exitCodes.well;
}

/** @throws {UserError} the document has no place for the gallery. */
function replaced(readme: string, gallery: string): string {
  try {
    return withGallery(readFileSync(readme, "utf8"), gallery);
  } catch (error) {
    throw new UserError(`${readme}: ${(error as Error).message}`);
  }
}

/** Light and dark as SVG, and a PNG for whoever shows no SVG; those of experiments that are not there any more go. */
async function drawExhibits(exhibits: readonly Exhibit[], out: string): Promise<void> {
  const { withDrawers } = await import("../report/draw-pool.ts");
  await rm(join(out, "charts"), { recursive: true, force: true });
  await withDrawers(async (draw) => {
    await Promise.all(
      exhibits.map(async ({ id, figure, record }) => {
        const { svg, darkSvg, png } = await draw({ figure, prefix: "" });
        const path = join(out, "charts", ...id.split("/"));
        await writeAtomically(`${path}.svg`, stamped(svg, record.digest), false);
        await writeAtomically(`${path}-dark.svg`, stamped(darkSvg, record.digest), false);
        await writeAtomically(`${path}.png`, png, false);
      }),
    );
  });
}
