import { constants, cpSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { room } from "../host/room.ts";
import type { Engine } from "./engine.ts";

/** What an engine is to hold when it starts. It is loaded once a run: later starts of the same engine find it there. */
export interface Stored<E> {
  /** Names what is held, the sizes included: `logs-1000000`. Letters, digits and hyphens. */
  readonly name: string;
  /** Loads it into an empty engine. */
  readonly fill: (engine: E) => Promise<void>;
  /** Whether its use changes it: then each use gets a copy. */
  readonly changes?: boolean;
}

/** How the data directory of an engine begins and what becomes of it. Directories that are not there are those of an engine that holds nothing. */
export interface DataDirectory {
  /** Directory to begin with. It is moved, or copied where `copy` says so. */
  readonly from?: string;
  readonly copy?: boolean;
  /** Where the data go when the engine was closed without harm, all of it written; unless given they are removed. */
  readonly to?: string;
}

/** A change of what a store holds must not meet stores of yesterday; names come from the files of benchmarks, and paths must stay in the room. */
const NAME = /^[a-z0-9][a-z0-9-]*$/i;

/**
 * Starts an engine that holds what is asked for. Two never share a store: it is moved into the engine that uses it and moved back, so that
 * whatever ends an engine before it was closed costs that store and nothing else.
 * @param start starts the engine on a data directory; an engine of the reader's own ignores that, and is filled each time.
 */
export async function holding<E extends Engine>(
  kind: string,
  start: (data: DataDirectory) => Promise<E>,
  stored: Stored<E> | undefined,
): Promise<E> {
  if (!stored) return start({});
  if (!NAME.test(stored.name)) throw new TypeError(`a store is named by letters, digits and hyphens, not ${JSON.stringify(stored.name)}`);
  const store = join(await room(), `${kind}-${stored.name}`);
  if (!existsSync(store)) {
    const filled = `${store}.filled`;
    rmSync(filled, { recursive: true, force: true });
    const engine = await start({ to: filled });
    try {
      await stored.fill(engine);
      if (engine.source !== "own") return engine;
    } catch (error) {
      await Promise.resolve(engine[Symbol.asyncDispose]()).catch(() => {});
      rmSync(filled, { recursive: true, force: true });
      throw error;
    }
    await engine[Symbol.asyncDispose]();
    renameSync(filled, store);
  }
  return start(stored.changes ? { from: store, copy: true } : { from: store, to: store });
}

/** Puts what an engine begins with where it will work on it: moved, or where its use changes it, copied. */
export function takeData(from: string, directory: string, copy: boolean): void {
  if (copy) cpSync(from, directory, { recursive: true, mode: constants.COPYFILE_FICLONE, verbatimSymlinks: true });
  else renameSync(from, directory);
}
