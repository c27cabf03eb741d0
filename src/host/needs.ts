import { createRequire } from "node:module";
import os from "node:os";
import type { Needs } from "../model/needs.ts";
import type { Point } from "../model/sweep.ts";
import { memoryForTrial } from "./memory.ts";

/** What this host lacks of what an experiment needs, as one clause for the ruling *not tried*; undefined if it lacks nothing. */
export function lacking(needs: Needs | undefined, from: string): string | undefined {
  if (!needs) return undefined;
  const cores = os.availableParallelism();
  if (needs.cores !== undefined && cores < needs.cores) return `it needs ${needs.cores} cores and this host offers ${cores}`;
  if (typeof needs.memory === "number") {
    const available = memoryForTrial();
    if (available < needs.memory) return scarce(needs.memory, available);
  }
  if (needs.platforms && !needs.platforms.includes(process.platform)) {
    return `it needs one of ${needs.platforms.join(", ")} and this is ${process.platform}`;
  }
  const absent = needs.packages?.find((name) => !installed(name, from));
  return absent === undefined ? undefined : `it needs the package ${absent}, which is not installed`;
}

/** What this host lacks for one point of an experiment; undefined if it lacks nothing. */
export function lackingAt(needs: Needs | undefined, point: Point, available: number = memoryForTrial()): string | undefined {
  if (typeof needs?.memory !== "function") return undefined;
  const needed = needs.memory(point);
  return needed <= available ? undefined : scarce(needed, available);
}

function scarce(needed: number, available: number): string {
  const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
  return `it needs ${mebibytes(needed)} of free memory and this host has ${mebibytes(available)}`;
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
