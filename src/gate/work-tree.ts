import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { commitNamed, git, GitError } from "./git.ts";

/** One version of a project on disk. */
export interface CheckedOut extends AsyncDisposable {
  /** The folder of its posts. */
  readonly benchmarks: string;
  /** The folder that holds its package.json. */
  readonly project: string;
  /** Hash of the commit, with `+` where the work tree differs from it. */
  readonly commit: string;
}

/** Seconds that installing the dependencies of another version may take. */
const INSTALL_TIMEOUT = 300;
const PREFIX = "assay-gate-";

/** The version that lies in the work tree as it stands, edits included. */
export async function workingTree(benchmarks: string): Promise<CheckedOut> {
  const commit = await git(benchmarks, "rev-parse", "HEAD");
  const changed = (await git(benchmarks, "status", "--porcelain", "--untracked-files=no")) !== "";
  return { benchmarks, project: projectOf(benchmarks), commit: commit + (changed ? "+" : ""), async [Symbol.asyncDispose]() {} };
}

/**
 * Checks a commit out into a work tree of its own in the system's temporary folder, with the dependencies of its own lock file: this project's
 * where the lock files are the same, its own installation where they differ. Gone with its folder when it is disposed; what a killed
 * process left behind the next one removes.
 * @param benchmarks the folder of the posts in this work tree.
 * @throws {GitError} what git refused; that it holds no such folder; that its dependencies could not be installed.
 */
export async function checkOut(name: string, benchmarks: string, signal?: AbortSignal): Promise<CheckedOut> {
  const top = realpathSync(await git(benchmarks, "rev-parse", "--show-toplevel"));
  const commit = await commitNamed(benchmarks, name);
  await clearAway(top);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), PREFIX)));
  const tree = join(folder, String(process.pid));
  const remove = async (): Promise<void> => {
    await git(top, "worktree", "remove", "--force", tree).catch(() => {});
    await rm(folder, { recursive: true, force: true });
    await git(top, "worktree", "prune").catch(() => {});
  };
  try {
    await git(top, "worktree", "add", "--detach", "--quiet", tree, commit);
    const there = (path: string): string => join(tree, relative(top, realpathSync(path)));
    const project = projectOf(benchmarks);
    if (!existsSync(there(benchmarks))) throw new GitError(`${name} has no folder ${relative(top, realpathSync(benchmarks))}`);
    await provide(project, there(project), name, signal);
    return { benchmarks: there(benchmarks), project: there(project), commit, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
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

async function provide(here: string, there: string, name: string, signal: AbortSignal | undefined): Promise<void> {
  const lock = (folder: string): string | undefined => {
    const path = join(folder, "package-lock.json");
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  };
  if (lock(here) === lock(there) || lock(there) === undefined) {
    const modules = join(here, "node_modules");
    if (existsSync(modules)) symlinkSync(realpathSync(modules), join(there, "node_modules"), "junction");
    return;
  }
  try {
    const options = { cwd: there, timeout: INSTALL_TIMEOUT * 1e3, maxBuffer: 64 * 1024 ** 2, shell: process.platform === "win32", signal };
    await promisify(execFile)("npm", ["ci", "--no-audit", "--no-fund"], options);
  } catch (error) {
    const words = String((error as { stderr?: string }).stderr ?? error).trim();
    throw new GitError(
      `the dependencies of ${name} could not be installed: ${words.split("\n").find((line) => line.trim()) ?? "npm ci failed"}`,
    );
  }
}

/** Removes the work trees of gates that are not running any more: each lies in a folder named after its process. */
async function clearAway(top: string): Promise<void> {
  const listed = await git(top, "worktree", "list", "--porcelain");
  for (const [, path = ""] of listed.matchAll(/^worktree (.+)$/gm)) {
    const [, folder, pid] = new RegExp(`^(.*[/\\\\]${PREFIX}\\w+)[/\\\\](\\d+)$`).exec(path) ?? [];
    if (folder === undefined || isAlive(Number(pid))) continue;
    await git(top, "worktree", "remove", "--force", path).catch(() => {});
    await rm(folder, { recursive: true, force: true });
  }
  await git(top, "worktree", "prune");
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
