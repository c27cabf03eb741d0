import { existsSync } from "node:fs";
import { join } from "node:path";
import { openScratch, registryOf, sweepScratch, type Registry, type Scratch } from "../../host/scratch.ts";
import { ServiceUnavailable } from "../unavailable.ts";
import { endServersOf, removeSharedMemory } from "./processes.ts";

/** Another user that runs the server (see `account.ts`) may pass through, not list. */
const mode = process.getuid?.() === 0 ? 0o711 : 0o700;

const REGISTRY: Registry = {
  kind: "postgres",
  mode,
  end: async (directory) => {
    const data = dataOf(directory);
    if (!existsSync(data)) return;
    await endServersOf(data);
    removeSharedMemory(data);
  },
};

/** Where the data of one Postgres lie within its private directory. */
export const dataOf = (directory: string): string => join(directory, "data");

/**
 * The registry of this user, made if need be, and cleared of what its owners could no longer clear away.
 * @throws {ServiceUnavailable} the directory for temporary files cannot be written to.
 */
export async function sweptRegistry(): Promise<string> {
  try {
    const root = registryOf(REGISTRY);
    await sweepScratch(REGISTRY);
    return root;
  } catch (error) {
    throw unwritable(error);
  }
}

/** A private directory for one Postgres. @throws {ServiceUnavailable} the directory for temporary files cannot be written to. */
export async function openInstance(): Promise<Scratch> {
  try {
    return await openScratch(REGISTRY);
  } catch (error) {
    throw unwritable(error);
  }
}

function unwritable(error: unknown): ServiceUnavailable {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENAMETOOLONG") {
    return new ServiceUnavailable("it needs Postgres, and the path of the directory for temporary files is too long for a socket in it");
  }
  return new ServiceUnavailable(
    `it needs Postgres, and the directory for temporary files cannot hold its data (${code ?? "unknown error"})`,
  );
}
