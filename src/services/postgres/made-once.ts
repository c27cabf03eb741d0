import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Makes a directory that several processes may want at once, so that it is there whole or not at all: each fills one under a name of its
 * own, and a rename, which fails if another was faster, decides. What processes that were killed left half-made is removed.
 * @throws what `fill` throws, and what the file system says.
 */
export function madeOnce(directory: string, fill: (partial: string) => void): void {
  if (existsSync(directory)) return;
  mkdirSync(dirname(directory), { recursive: true });
  removeHalfMade(directory);
  const partial = `${directory}.${process.pid}`;
  try {
    fill(partial);
    renameSync(partial, directory);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(directory)) throw error;
  }
}

/** Removes such a directory so that nobody sees it go piece by piece. */
export function unmake(directory: string): void {
  const leaving = `${directory}.${process.pid}`;
  try {
    renameSync(directory, leaving);
    rmSync(leaving, { recursive: true, force: true });
  } catch {
    // Another process removed it, or it may not be removed: then it goes unused.
  }
}

function removeHalfMade(directory: string): void {
  for (const name of readdirSync(dirname(directory))) {
    const [, pid] = name.startsWith(`${basename(directory)}.`) ? (name.match(/\.(\d+)$/)! ?? []) : [];
    if (pid !== undefined && !lives(Number(pid))) rmSync(join(dirname(directory), name), { recursive: true, force: true });
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
