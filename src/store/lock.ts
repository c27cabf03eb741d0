import { readFileSync } from "node:fs";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isTemporary, makeFolder } from "../host/disk.ts";

/** Another run is writing records to the same folder. */
export class FolderInUse extends Error {
  override name = "FolderInUse";
}

interface Owner {
  readonly pid: number;
  /** When that process began, in the system's own count; tells it from a later one that was given the same number. */
  readonly began: string | null;
}

/**
 * Takes a folder of records for this process, so that no two runs write the same record; disposing gives it back.
 * What a killed run left behind is noticed by its process being gone, and taken over.
 * @throws {FolderInUse} if another live process has it; what the file system says if the folder cannot be written to.
 */
export async function lockFolder(out: string): Promise<AsyncDisposable> {
  const folder = join(out, "records");
  const file = join(folder, ".lock");
  await makeFolder(folder);
  const self = JSON.stringify({ pid: process.pid, began: beginningOf(process.pid) } satisfies Owner);
  for (let tries = 0; tries < 3; tries++) {
    try {
      await writeFile(file, self, { flag: "wx" });
      await removeTemporaries(folder);
      return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const owner = await readOwner(file);
      if (owner && alive(owner))
        throw new FolderInUse(
          `process ${owner.pid} is already writing records to ${out}; wait for it, or choose another folder with --out`,
        );
      await rm(file, { force: true });
    }
  }
  throw new FolderInUse(`several runs want ${out} at the same time; try again, or choose another folder with --out`);
}

/** What a run that was killed in the middle of a write left behind; nobody else writes here now. */
async function removeTemporaries(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter(isTemporary)) await rm(join(folder, name), { force: true });
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    const owner = JSON.parse(await readFile(file, "utf8")) as Owner;
    return Number.isInteger(owner.pid) && owner.pid > 0 ? owner : undefined;
  } catch {
    // Cut off by the kill that left it behind, or gone by now.
    return undefined;
  }
}

function alive({ pid, began }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // It lives and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = beginningOf(pid);
  return began === null || now === null || began === now;
}

/** Field 22 of /proc/<pid>/stat (proc_pid_stat(5)); null on systems that have no such file. */
function beginningOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses, which may hold anything.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
