import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import { join } from "node:path";
import { ServiceUnavailable } from "../unavailable.ts";
import { endServersOf, removeSharedMemory } from "./processes.ts";

/**
 * A directory of one's own for one Postgres, registered by where it is: beside it a socket (on Windows a named pipe) accepts connections
 * as long as the process that owns it lives. The system takes that away however the owner ends, so whether an owner lives is never
 * guessed from a process id, which may be another program's by now.
 */
export interface Instance {
  /** Private: only its owner can list it. */
  readonly directory: string;
  readonly data: string;
  /** Ends what still works in it and removes it. */
  readonly close: () => Promise<void>;
}

const NAME = /^[0-9a-f]{12}$/;
/** Bytes that every system allows for the path of a socket. */
const LONGEST_SOCKET = 103;

/**
 * The registry of this user, made if need be. Another user that runs the server (see `account.ts`) may pass through it, not list it.
 * @throws {ServiceUnavailable} the temporary directory cannot be written to.
 */
export function registry(): string {
  const user = process.getuid?.() ?? "user";
  try {
    const root = join(realpathSync(os.tmpdir()), `assay-postgres-${user}`);
    mkdirSync(root, { recursive: true, mode: 0o700 });
    const made = lstatSync(root);
    // In a directory that all can write to, somebody else may have been first.
    if (!made.isDirectory() || (process.getuid && made.uid !== process.getuid())) throw Object.assign(new Error(), { code: "EACCES" });
    chmodSync(root, user === 0 ? 0o711 : 0o700);
    return root;
  } catch (error) {
    throw unwritable(error);
  }
}

/** Makes and registers a new directory. @throws {ServiceUnavailable} the temporary directory cannot be written to. */
export async function openInstance(root: string): Promise<Instance> {
  const name = randomBytes(6).toString("hex");
  const directory = join(root, name);
  if (Buffer.byteLength(signOfLife(root, name)) > LONGEST_SOCKET) {
    throw new ServiceUnavailable("it needs Postgres, and the path of the directory for temporary files is too long for a socket in it");
  }
  const server = net.createServer((socket) => socket.destroy());
  try {
    // The sign of life comes before what it speaks for.
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(signOfLife(root, name), resolve));
    mkdirSync(directory, { mode: 0o711 });
  } catch (error) {
    server.close();
    throw unwritable(error);
  }
  return {
    directory,
    data: join(directory, "data"),
    close: async () => {
      await clear(directory);
      server.close();
    },
  };
}

/** Clears whatever owners left that can no longer do so themselves. */
export async function sweep(root: string): Promise<void> {
  for (const name of readdirSync(root).filter((entry) => NAME.test(entry))) {
    if (await accepts(signOfLife(root, name))) continue;
    await clear(join(root, name));
    if (process.platform !== "win32") rmSync(signOfLife(root, name), { force: true });
  }
}

async function clear(directory: string): Promise<void> {
  const data = join(directory, "data");
  if (existsSync(data)) {
    await endServersOf(data);
    removeSharedMemory(data);
  }
  try {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  } catch {
    // Two may be at it at once; what one of them could not remove the next start will.
  }
}

const signOfLife = (root: string, name: string): string =>
  process.platform === "win32" ? `\\\\.\\pipe\\assay-postgres-${name}` : join(root, `${name}.alive`);

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

function unwritable(error: unknown): ServiceUnavailable {
  const { code } = error as NodeJS.ErrnoException;
  return new ServiceUnavailable(
    `it needs Postgres, and the directory for temporary files cannot hold its data (${code ?? "unknown error"})`,
  );
}
