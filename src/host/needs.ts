import { createRequire } from "node:module";
import os from "node:os";
import type { Needs } from "../model/needs.ts";

/** What this host lacks of what an experiment needs, as one clause for the ruling *not tried*; undefined if it lacks nothing. */
export function lacking(needs: Needs | undefined, from: string): string | undefined {
  if (!needs) return undefined;
  const cores = os.availableParallelism();
  if (needs.cores !== undefined && cores < needs.cores) return `it needs ${needs.cores} cores and this host offers ${cores}`;
  if (needs.memory !== undefined && os.freemem() < needs.memory) {
    const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
    return `it needs ${mebibytes(needs.memory)} of free memory and this host has ${mebibytes(os.freemem())}`;
  }
  if (needs.platforms && !needs.platforms.includes(process.platform)) {
    return `it needs one of ${needs.platforms.join(", ")} and this is ${process.platform}`;
  }
  const absent = needs.packages?.find((name) => !installed(name, from));
  return absent === undefined ? undefined : `it needs the package ${absent}, which is not installed`;
}

function installed(name: string, from: string): boolean {
  try {
    createRequire(from).resolve(name);
    return true;
  } catch (error) {
    // An ES module without a `require` entry is there all the same.
    return (error as NodeJS.ErrnoException).code === "ERR_PACKAGE_PATH_NOT_EXPORTED";
  }
}
