import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../host/disk.ts";
import { efforts } from "../model/effort.ts";
import { pointsTried, RunRecordSchema, type RunRecord } from "../model/record.ts";
import { pointKey } from "../model/sweep.ts";

type Unsigned = Omit<RunRecord, "digest">;

/** A record larger than this is no record of ours. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A file that is no usable record, and why, in one line. */
export interface RefusedRecord {
  readonly path: string;
  readonly because: string;
}

export const recordPath = (out: string, experiment: string, hostId: string): string =>
  join(out, "records", ...experiment.split("/"), `${hostId}.json`);

export const partialPath = (out: string, experiment: string, hostId: string): string =>
  recordPath(out, experiment, hostId).replace(/\.json$/, ".partial.json");

/** Adds the digest by which a cut or edited record is told. */
export function sign(record: Unsigned): RunRecord {
  const { digest: _old, ...rest } = record as RunRecord;
  return { ...rest, digest: digestOf(rest) };
}

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
export async function readRecord(path: string): Promise<RunRecord | RefusedRecord> {
  try {
    if ((await stat(path)).size > MOST_BYTES) return { path, because: "it is larger than any record can be" };
    const parsed: unknown = JSON.parse(await readFile(path, "utf8"));
    const schema = (parsed as { schema?: unknown } | null)?.schema;
    if (schema !== 1) return { path, because: `its schema is ${brief(schema)} and this version reads schema 1` };
    const checked = RunRecordSchema.safeParse(parsed);
    if (!checked.success) {
      const issue = checked.error.issues[0];
      const where = issue?.path.join(".") || "its root";
      return { path, because: oneLine(`it does not fit the schema at ${where}: ${issue?.message}`) };
    }
    const { digest, ...rest } = checked.data;
    if (digestOf(rest) !== digest) return { path, because: "it was changed after it was written (its digest does not match)" };
    return checked.data as RunRecord;
  } catch (error) {
    if (error instanceof SyntaxError) return { path, because: "it is cut off or no JSON" };
    return { path, because: oneLine((error as Error).message) };
  }
}

/** What a foreign file says must neither fill nor steer a terminal. */
const oneLine = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ").slice(0, 300);

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

const serialize = (record: RunRecord): string => `${JSON.stringify(record)}\n`;

/** Order of keys does not count: a record may pass through tools that sort them. */
function digestOf(record: object): string {
  return createHash("sha256").update(canonical(record)).digest("hex");
}

function canonical(it: unknown): string {
  if (Array.isArray(it)) return `[${it.map(canonical).join(",")}]`;
  if (it === null || typeof it !== "object") return JSON.stringify(it) ?? "null";
  const entries = Object.entries(it)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`).join(",")}}`;
}

function brief(it: unknown): string {
  const text = JSON.stringify(it) ?? "missing";
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
