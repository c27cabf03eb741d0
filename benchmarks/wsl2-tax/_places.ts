/** The file systems of this host in which the same work is done: found by themselves, each with a directory of its own to work in. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import os from "node:os";
import { basename, dirname, join } from "node:path";
import { privateDirectory, ServiceUnavailable } from "#lab";
import { isInMemory, isWindowsSide, isWritable, isWsl2, mountOf, mountsIn, type Mount } from "./_mounts.ts";

/** `memory` is a tmpfs. */
export type Place = "this disk" | "memory" | "Windows side";

/** Somewhere to work, gone when it is disposed. */
export interface Workplace extends AsyncDisposable {
  readonly directory: string;
}

const NO_WSL = "it needs WSL in its version 2: this host is none, so it has no Windows side";
const NO_DRIVE = "it needs a drive of Windows that WSL has mounted and that may be written to, and there is none";

/**
 * A directory of this process in a place, removed when it is disposed or the process has ended; if that was killed, when somebody next
 * opens one there.
 * @throws {ServiceUnavailable} this host has no such place, or none that may be written to.
 */
export async function openPlace(place: Place): Promise<Workplace> {
  const mounts = mountsIn(textOf("/proc/mounts"));
  if (place === "this disk") return onDisk(mounts);
  if (place === "memory") {
    return firstOf(memories(mounts), "it needs a file system in memory (tmpfs), and none here may be written to");
  }
  if (!isWsl2(textOf("/proc/version"))) throw new ServiceUnavailable(NO_WSL);
  const drives = mounts.filter(isWindowsSide).filter(isWritable);
  if (drives.length === 0) throw new ServiceUnavailable(NO_DRIVE);
  return firstOf(drives.flatMap(candidatesOn), "it needs a directory on the Windows side, and none that it tried may be written to");
}

const memories = (mounts: readonly Mount[]): string[] =>
  mounts
    .filter((it) => isInMemory(it) && isWritable(it) && !/^\/(?:sys|proc|dev\/?$)/.test(it.directory))
    .map(({ directory }) => directory);

/** The directory for temporary files lies in memory on some systems. */
async function onDisk(mounts: readonly Mount[]): Promise<Workplace> {
  const isDisk = (path: string): boolean => {
    const mount = mountOf(path, mounts);
    return mount === undefined || (!isInMemory(mount) && !isWindowsSide(mount));
  };
  if (isDisk(realpathSync(os.tmpdir()))) return privateDirectory();
  return firstOf(["/var/tmp", os.homedir()].filter(isDisk), "it needs a disk, and where files may be put here lies in memory");
}

/** Where a user may write on a drive of Windows. */
function candidatesOn({ directory }: Mount): string[] {
  const users = join(directory, "Users");
  const owned = entriesOf(users).map((name) => join(users, name, "AppData", "Local", "Temp"));
  return [...owned, join(users, "Public"), directory].filter((it) => existsSync(it));
}

async function firstOf(roots: readonly string[], otherwise: string): Promise<Workplace> {
  const token = await privateDirectory();
  for (const root of roots) {
    try {
      return within(root, token);
    } catch {
      // The next one may be ours to write to.
    }
  }
  await token[Symbol.asyncDispose]();
  throw new ServiceUnavailable(otherwise);
}

/**
 * A directory that bears the name of a private directory of this process and lives no longer than that: one whose namesake is gone was left
 * by a process that was killed.
 */
function within(root: string, token: Workplace): Workplace {
  const registry = dirname(token.directory);
  const kind = `assay-place-${createHash("sha256").update(registry).digest("hex").slice(0, 8)}-`;
  const directory = join(root, `${kind}${basename(token.directory)}`);
  mkdirSync(directory, { mode: 0o700 });
  for (const name of entriesOf(root)) {
    if (name.startsWith(kind) && !existsSync(join(registry, name.slice(kind.length)))) remove(join(root, name));
  }
  const leaving = (): void => remove(directory);
  process.once("exit", leaving);
  return {
    directory,
    [Symbol.asyncDispose]: async () => {
      process.off("exit", leaving);
      remove(directory);
      await token[Symbol.asyncDispose]();
    },
  };
}

function remove(directory: string): void {
  try {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  } catch {
    // Whoever comes next tries again.
  }
}

function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
