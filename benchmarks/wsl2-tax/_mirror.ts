/** The remedy: a copy of a project where it can be built quickly. */
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesBelow, type Files } from "./_files.ts";

/**
 * Brings a copy up to date as rsync does by default: whatever differs in size or time of change is copied. What is gone from the source
 * stays.
 * @param files how the source is reached, slow as it may be.
 * @returns how many files were copied.
 */
export function mirror(source: string, copy: string, files: Files): number {
  const native = filesBelow(copy);
  let copied = 0;
  const visit = (folder: string): void => {
    for (const entry of files.list(join(source, folder)) ?? []) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile() && update(path)) copied++;
    }
  };
  const update = (path: string): boolean => {
    const there = files.stat(join(source, path));
    const here = native.stat(join(copy, path));
    if (!there || (here && here.size === there.size && Math.abs(here.mtimeMs - there.mtimeMs) < 1)) return false;
    const text = files.read(join(source, path))!;
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
    utimesSync(join(copy, path), there.atime, there.mtime);
    return true;
  };
  visit("");
  files.settle();
  return copied;
}
