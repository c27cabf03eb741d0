import { changeOf, type Made } from "../gate/changes.ts";
import type { Side } from "../gate/pairs.ts";
import { checkOut, workingTree, type CheckedOut } from "../gate/work-tree.ts";
import { GitError } from "../host/git.ts";
import { launcher } from "../measure/launch.ts";
import { WORK_TREE, type Change, type NamedVersion, type Versions } from "../model/gate.ts";
import { exitCodes, UserError } from "./exit.ts";
import type { Loaded, LoadRequest } from "./load-version.ts";

/** One version of the benchmarks, on disk and loaded. */
export interface LoadedVersion extends AsyncDisposable, NamedVersion {
  readonly side: Side;
  /** What each experiment imports. */
  readonly made: ReadonlyMap<string, Made>;
  readonly project: string;
  /** A folder that goes with it; absent for the work tree as it stands. */
  readonly scratch?: string;
}

const load = launcher<LoadRequest, Loaded>(new URL("./load-version.ts", import.meta.url));
const limits = { timeout: 60, memory: 4 * 1024 ** 3 };

/**
 * Puts a version on disk and loads what the patterns name of it.
 * @param name a commit, or undefined for the work tree as it stands.
 * @throws {UserError} what git refused; that the benchmarks as a whole cannot be loaded; that the run was interrupted.
 */
export async function loadVersion(
  name: string | undefined,
  benchmarks: string,
  patterns: readonly string[],
  signal: AbortSignal,
): Promise<LoadedVersion> {
  const tree = await onDisk(name, benchmarks, signal);
  const called = name ?? WORK_TREE;
  try {
    const loaded = await load({ benchmarks: tree.benchmarks, project: tree.project, patterns }, [], limits, signal);
    if (signal.aborted) throw interrupted();
    if (loaded.task === "failed")
      throw new UserError(`the benchmarks of ${name ?? "the work tree"} could not be loaded: ${loaded.message}`, exitCodes.failed);
    return {
      name: called,
      commit: tree.commit,
      project: tree.project,
      ...(tree.scratch !== undefined && { scratch: tree.scratch }),
      made: new Map(loaded.made.map(([id, files, packages]) => [id, { files: new Map(files), packages: new Map(packages) }])),
      side: { benchmarks: new Map(loaded.benchmarks), broken: new Map(loaded.broken) },
      [Symbol.asyncDispose]: () => tree[Symbol.asyncDispose](),
    };
  } catch (error) {
    await tree[Symbol.asyncDispose]();
    throw error;
  }
}

const interrupted = (): UserError => new UserError("interrupted before anything was compared", exitCodes.interrupted);

async function onDisk(name: string | undefined, benchmarks: string, signal: AbortSignal): Promise<CheckedOut> {
  try {
    return await (name === undefined ? workingTree(benchmarks) : checkOut(name, benchmarks, signal));
  } catch (error) {
    if (signal.aborted) throw interrupted();
    // Whatever keeps a version from the disk is no regression.
    throw error instanceof GitError
      ? new UserError(error.message)
      : new UserError(`${name} could not be checked out: ${(error as Error).message}`);
  }
}

/** What differs in what these experiments import. */
export async function changesOf(experiments: Iterable<string>, { base, head }: Versions<LoadedVersion>): Promise<Change[]> {
  const projects = { base: base.project, head: head.project };
  const changes: Change[] = [];
  for (const experiment of experiments) {
    const made = { base: base.made.get(experiment), head: head.made.get(experiment) };
    if (made.base && made.head) changes.push(await changeOf(experiment, { base: made.base, head: made.head }, projects));
  }
  return changes;
}
