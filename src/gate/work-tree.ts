import { existsSync, mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { commitNamed, git, GitError } from "../host/git.ts";
import { provide } from "./dependencies.ts";

/** One version of a project on disk. */
export interface CheckedOut extends AsyncDisposable {
  /** The folder of its posts. */
  readonly benchmarks: string;
  /** The folder that holds its package.json. */
  readonly project: string;
  /** Hash of the commit, with `+` where the work tree differs from it. */
  readonly commit: string;
  /** A folder of this version's own that goes with it; absent for the work tree as it stands. */
  readonly scratch?: string;
}

const PREFIX = "assay-gate-";

/** The version that lies in the work tree as it stands, edits and new files included. */
export async function workingTree(benchmarks: string): Promise<CheckedOut> {
  const folder = resolve(benchmarks);
  const commit = await git(folder, "rev-parse", "HEAD");
  const changed = (await git(folder, "status", "--porcelain")) !== "";
  return { benchmarks: folder, project: projectOf(folder), commit: commit + (changed ? "+" : ""), async [Symbol.asyncDispose]() {} };
}

/**
 * Checks a commit out into a work tree of its own in the system's temporary folder, with the dependencies of its own lock file.
 * Gone with its folder when it is disposed; what a killed process left behind the next one removes.
 * @param benchmarks the folder of the posts in this work tree.
 * @throws {GitError} what git refused; that it holds no such folder; that its dependencies could not be installed.
 */
export async function checkOut(name: string, benchmarks: string, signal?: AbortSignal): Promise<CheckedOut> {
  const posts = realpathSync(resolve(benchmarks));
  const top = realpathSync(await git(posts, "rev-parse", "--show-toplevel"));
  const commit = await commitNamed(posts, name);
  await clearAway(top);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), PREFIX)));
  const tree = join(folder, String(process.pid));
  const dispose = (): Promise<void> => remove(top, tree, folder);
  try {
    await git(top, "worktree", "add", "--detach", "--quiet", tree, commit);
    const there = (path: string): string => join(tree, relative(top, path));
    if (!existsSync(there(posts))) throw new GitError(`${name} has no folder ${relative(top, posts)}`);
    const project = projectOf(posts);
    await provide({ here: top, there: tree, project: relative(top, project) }, name, signal);
    return { benchmarks: there(posts), project: there(project), commit, scratch: folder, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** The nearest folder above the posts that is a package. */
function projectOf(benchmarks: string): string {
  for (let folder = benchmarks; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (dirname(folder) === folder) return dirname(benchmarks);
  }
}

/** Removes one work tree and what git knows of it, and nothing of any other: another's may only be away for the moment. */
async function remove(top: string, tree: string, folder: string): Promise<void> {
  // Twice, because one that is being made is locked.
  await git(top, "worktree", "remove", "--force", "--force", tree).catch(() => {});
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const entries = join(resolve(top, await git(top, "rev-parse", "--git-common-dir")), "worktrees");
  for (const entry of await readdir(entries).catch(() => [])) {
    const pointer = join(entries, entry, "gitdir");
    const points = existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : "";
    if (points !== "" && resolve(points) === join(tree, ".git")) await rm(join(entries, entry), { recursive: true, force: true });
  }
}

/** Removes the work trees of gates that are not running any more: each lies in a folder named after its process. */
async function clearAway(top: string): Promise<void> {
  const listed = await git(top, "worktree", "list", "--porcelain");
  for (const [, path = ""] of listed.matchAll(/^worktree (.+)$/gm)) {
    const [, folder, pid] = new RegExp(`^(.*[/\\\\]${PREFIX}\\w+)[/\\\\](\\d+)$`).exec(path) ?? [];
    if (folder !== undefined && !isAlive(Number(pid))) await remove(top, path, folder);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
