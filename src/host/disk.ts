import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** Whether a name is that of a file which `writeAtomically` had not finished. */
export const isTemporary = (name: string): boolean => /\.\d+\.[0-9a-f]{8}\.tmp$/.test(name);

/**
 * Makes a folder and those above it, one after the other: the runtime's own recursive way never ends below some folders that refuse
 * (`/proc`), and calls read-only ones missing.
 * @throws what the file system says of the first one that it refuses.
 */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  for (let folder = resolve(path); !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  for (const folder of missing) {
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      // Another process was faster.
      if (error.code !== "EEXIST") throw error;
    });
  }
}

/**
 * Writes a file so that a reader sees the old content or the new one and never a part: temporary file beside it, fsync, rename.
 * @param durable whether it must survive a loss of power; what can be drawn again need not wait for the disk.
 * @throws what the file system says (EACCES, ENOSPC, …); the temporary file is gone then.
 */
export async function writeAtomically(path: string, data: string | Uint8Array, durable = true): Promise<void> {
  await makeFolder(dirname(path));
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(data);
      if (durable) await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
