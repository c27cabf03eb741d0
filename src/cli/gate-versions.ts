import { changeOf } from "../gate/changes.ts";
import { GitError } from "../gate/git.ts";
import type { Benchmark, Side } from "../gate/pairs.ts";
import { useThisLab } from "../gate/side.ts";
import { checkOut, workingTree, type CheckedOut } from "../gate/work-tree.ts";
import type { Change, NamedVersion, Versions } from "../model/gate.ts";
import { discover, type Catalogue } from "../store/discover.ts";
import { select, UnknownPattern } from "../store/pattern.ts";
import { importsOf, type Imports } from "../store/source.ts";
import { exitCodes, UserError } from "./exit.ts";

/** One version of the benchmarks, on disk and loaded. */
export interface LoadedVersion extends AsyncDisposable, NamedVersion {
  readonly side: Side;
  /** What each experiment imports. */
  readonly imports: ReadonlyMap<string, Imports>;
  readonly project: string;
}

/**
 * Puts a version on disk and loads what the patterns name of it: its benchmarks and what they import, with this lab.
 * @param name a commit, or undefined for the work tree as it stands.
 * @throws {UserError} what git refused; that the run was interrupted.
 */
export async function loadVersion(
  name: string | undefined,
  benchmarks: string,
  patterns: readonly string[],
  signal: AbortSignal,
): Promise<LoadedVersion> {
  const tree = await onDisk(name, benchmarks, signal);
  try {
    useThisLab();
    const catalogue = narrowed(await discover(tree.benchmarks), patterns);
    const experiments = catalogue.articles.flatMap((article) => article.experiments);
    const imports = new Map(experiments.map(({ id, file }) => [id, importsOf(file, tree.project)]));
    const benchmarkOf = ({ id, file, definition }: (typeof experiments)[number]): [string, Benchmark] => {
      const { files, packages } = imports.get(id)!;
      return [id, { file, definition, imports: JSON.stringify([[...files], [...packages]]) }];
    };
    const broken = [...catalogue.broken, ...catalogue.articles.flatMap((article) => article.broken)];
    return {
      name: name ?? "the work tree",
      commit: tree.commit,
      project: tree.project,
      imports,
      side: { benchmarks: new Map(experiments.map(benchmarkOf)), broken: new Map(broken.map(({ id, message }) => [id, message])) },
      [Symbol.asyncDispose]: () => tree[Symbol.asyncDispose](),
    };
  } catch (error) {
    await tree[Symbol.asyncDispose]();
    throw error;
  }
}

async function onDisk(name: string | undefined, benchmarks: string, signal: AbortSignal): Promise<CheckedOut> {
  try {
    return await (name === undefined ? workingTree(benchmarks) : checkOut(name, benchmarks, signal));
  } catch (error) {
    if (signal.aborted) throw new UserError("interrupted before anything was compared", exitCodes.interrupted);
    throw error instanceof GitError ? new UserError(error.message) : error;
  }
}

/** What a version has of what is asked for; a version may have nothing of it. */
function narrowed(catalogue: Catalogue, patterns: readonly string[]): Catalogue {
  if (patterns.length === 0) return catalogue;
  const known = patterns.filter((pattern) => isKnown(catalogue, pattern));
  return known.length > 0 ? select(catalogue, known) : { articles: [], broken: [] };
}

function isKnown(catalogue: Catalogue, pattern: string): boolean {
  try {
    select(catalogue, [pattern]);
    return true;
  } catch (error) {
    if (error instanceof UnknownPattern) return false;
    throw error;
  }
}

/** What differs in what these experiments import. */
export async function changesOf(experiments: Iterable<string>, { base, head }: Versions<LoadedVersion>): Promise<Change[]> {
  const projects = { base: base.project, head: head.project };
  const changes: Change[] = [];
  for (const experiment of experiments) {
    const made = { base: base.imports.get(experiment), head: head.imports.get(experiment) };
    if (made.base && made.head) changes.push(await changeOf(experiment, { base: made.base, head: made.head }, projects));
  }
  return changes;
}
