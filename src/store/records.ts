import { existsSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../host/disk.ts";
import { efforts } from "../model/effort.ts";
import { pointsTried, RunRecordSchema, type RunRecord } from "../model/record.ts";
import { pointKey } from "../model/sweep.ts";
import { readSigned, type Refused, serialize, signed } from "./digest.ts";

type Unsigned = Omit<RunRecord, "digest">;

/** A record larger than this is no record of ours. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A file that is no usable record, and why, in one line. */
export type RefusedRecord = Refused;

export const recordPath = (out: string, experiment: string, hostId: string): string =>
  join(out, "records", ...experiment.split("/"), `${hostId}.json`);

export const partialPath = (out: string, experiment: string, hostId: string): string =>
  recordPath(out, experiment, hostId).replace(/\.json$/, ".partial.json");

/** Adds the digest by which a cut or edited record is told. */
export const sign = (record: Unsigned): RunRecord => signed(record);

/** Keeps what is finished so far. */
export async function savePartial(out: string, record: Unsigned): Promise<void> {
  await writeAtomically(partialPath(out, record.experiment, record.host.id), serialize(sign(record)));
}

/**
 * Keeps a finished record in the place of an older one, unless the older one measured the same code and says more: at a higher
 * effort, or at points that this one left out.
 * @returns the path of the record that now stands.
 */
export async function saveComplete(out: string, record: Unsigned): Promise<string> {
  const path = recordPath(out, record.experiment, record.host.id);
  const partial = partialPath(out, record.experiment, record.host.id);
  const standing = existsSync(path) ? await readRecord(path) : undefined;
  if (standing && !("because" in standing) && saysMore(standing, record)) {
    await rm(partial, { force: true });
    return path;
  }
  await writeAtomically(partial, serialize(sign(record)));
  await rename(partial, path);
  return path;
}

function saysMore(standing: RunRecord, record: Unsigned): boolean {
  if (standing.source !== record.source) return false;
  // A host that was short of something today has nothing to say against what it measured before.
  if (standing.rounds.length > 0 && record.notTried !== undefined) return true;
  const measured = new Set(pointsTried(record).map(pointKey));
  const leftOut = pointsTried(standing).some((point) => !measured.has(pointKey(point)));
  return leftOut || efforts.indexOf(standing.effort) > efforts.indexOf(record.effort);
}

/** Reads one record; what is not one is refused with the reason, never thrown. */
export const readRecord = (path: string): Promise<RunRecord | RefusedRecord> =>
  readSigned(path, RunRecordSchema, { noun: "record", mostBytes: MOST_BYTES });

export interface RecordsRead {
  readonly records: readonly RunRecord[];
  /** What interrupted runs left of their experiments. */
  readonly partial: readonly RunRecord[];
  readonly refused: readonly RefusedRecord[];
}

/** All records below these folders, and all files that had to be refused. */
export async function readRecords(folders: readonly string[]): Promise<RecordsRead> {
  const records: RunRecord[] = [];
  const partial: RunRecord[] = [];
  const refused: RefusedRecord[] = [];
  for (const folder of folders) {
    const root = join(folder, "records");
    if (!existsSync(root)) continue;
    const found = await readdir(root, { recursive: true }).catch((error: Error) => {
      refused.push({ path: root, because: error.message });
      return [];
    });
    for (const name of found.filter((file) => file.endsWith(".json")).toSorted()) {
      const read = await readRecord(join(root, name));
      if ("because" in read) refused.push(read);
      else (name.endsWith(".partial.json") ? partial : records).push(read);
    }
  }
  return { records, partial, refused };
}
