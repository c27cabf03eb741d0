import { randomBytes } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/**
 * A private directory of this process, registered by where it is: beside it a socket (on Windows a named pipe) accepts connections as
 * long as the process lives. The system takes that away however the process ends, so whether an owner lives is never guessed from a
 * process id, which may be another program's by now.
 */
export interface Scratch extends AsyncDisposable {
  readonly directory: string;
}

export interface Registry {
  /** Part of its path: one user's registries of different kinds are swept apart. Absent: what any process of the lab may clear away. */
  readonly kind?: string;
  /** Permissions of the directories. 0700 unless given. */
  readonly mode?: number;
  /** Ends what may still work in a directory that is about to be removed. */
  readonly end?: (directory: string) => Promise<void>;
}

/** A directory, or the sign of life beside it. */
const NAME = /^([0-9a-f]{12})(\.alive)?$/;
const MOMENT = 30; // ms
/** Bytes that every system allows for the path of a socket. */
const LONGEST_SOCKET = 103;

/** The path of the directory for temporary files is too long for a socket in it. */
export class PathTooLong extends Error {
  readonly code = "ENAMETOOLONG";
}

/**
 * This user's registry, made if need be.
 * @throws what the file system says if the directory for temporary files cannot be written to, or somebody else was there first.
 */
export function registryOf({ kind = "scratch", mode = 0o700 }: Registry = {}): string {
  const user = process.getuid?.() ?? "user";
  const root = join(realpathSync(os.tmpdir()), `assay-${kind}-${user}`);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const made = lstatSync(root);
  if (!made.isDirectory() || (process.getuid && made.uid !== process.getuid())) {
    throw Object.assign(new Error(`assay-${kind}-${user} in the directory for temporary files is somebody else's`), { code: "EACCES" });
  }
  chmodSync(root, mode);
  return root;
}

/**
 * Makes a private directory of this process. It is removed when it is disposed; if this process is killed, by whoever sweeps next.
 * @throws {PathTooLong} and what the file system says.
 */
export async function openScratch(registry: Registry = {}): Promise<Scratch> {
  const root = registryOf(registry);
  const name = randomBytes(6).toString("hex");
  const directory = join(root, name);
  const alive = signOfLife(root, name);
  if (Buffer.byteLength(alive) > LONGEST_SOCKET) {
    throw new PathTooLong("the path of the directory for temporary files is too long for a socket in it");
  }
  const server = net.createServer((socket) => socket.destroy()).unref();
  try {
    // The sign of life comes before what it speaks for.
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(alive, resolve));
    mkdirSync(directory, { mode: registry.mode ?? 0o700 });
  } catch (error) {
    server.close();
    throw error;
  }
  const leaving = (): void => {
    remove(directory);
    forget(alive);
  };
  process.once("exit", leaving);
  return {
    directory,
    [Symbol.asyncDispose]: async () => {
      process.off("exit", leaving);
      await clear(directory, registry);
      server.close();
    },
  };
}

/** Clears whatever processes left that can no longer do so themselves. */
export async function sweepScratch(registry: Registry = {}): Promise<void> {
  const root = registryOf(registry);
  // One that was killed between the two has a sign of life and no directory.
  const names = new Set(readdirSync(root).flatMap((entry) => NAME.exec(entry)?.[1] ?? []));
  const sweep = async (name: string): Promise<void> => {
    // One that is just being made is there a moment before it accepts.
    if ((await accepts(signOfLife(root, name))) || (await wait(MOMENT).then(() => accepts(signOfLife(root, name))))) return;
    await clear(join(root, name), registry);
    forget(signOfLife(root, name));
  };
  await Promise.all([...names].map(sweep));
}

async function clear(directory: string, { end }: Registry): Promise<void> {
  await end?.(directory);
  remove(directory);
}

function remove(directory: string): void {
  try {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  } catch {
    // Two may be at it at once; what one of them could not remove the next sweep will.
  }
}

/** A named pipe of Windows goes by itself. */
function forget(alive: string): void {
  if (process.platform !== "win32") rmSync(alive, { force: true });
}

const signOfLife = (root: string, name: string): string =>
  process.platform === "win32" ? `\\\\.\\pipe\\${root.replaceAll(/\W+/g, "-")}-${name}` : join(root, `${name}.alive`);

/** Whether somebody listens. In doubt (no permission, a full queue): yes. */
function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code !== "ENOENT" && code !== "ECONNREFUSED"));
  });
}
