import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What git refused, in one line for the reader. */
export class GitError extends Error {
  override name = "GitError";
}

const run = promisify(execFile);

/** Git tells its hooks, and what they start, which index and which work tree are meant: here they are not. */
export const withoutGit = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));

/** What git prints, trimmed. No hook of the repository runs. @throws {GitError} the last thing it said. */
export async function git(folder: string, ...parameters: string[]): Promise<string> {
  try {
    const quiet = ["-c", `core.hooksPath=${nothing}`, "-C", folder, ...parameters];
    const { stdout } = await run("git", quiet, { maxBuffer: 64 * 1024 ** 2, windowsHide: true, env: withoutGit() });
    return stdout.trimEnd();
  } catch (error) {
    const { code, stderr = "" } = error as { code?: string | number; stderr?: string };
    if (code === "ENOENT") throw new GitError("git is not installed");
    const last = stderr.trim().split("\n").at(-1);
    throw new GitError(last?.replace(/^fatal: /, "") || `git ${parameters[0]} failed`);
  }
}

const nothing = process.platform === "win32" ? "NUL" : "/dev/null";

/**
 * The commit that a name stands for.
 * @throws {GitError} there is no such commit here; in a shallow clone it may only be missing, and the message says how to get it.
 */
export async function commitNamed(folder: string, name: string): Promise<string> {
  // A name that begins with a hyphen would be an option.
  const found = name.startsWith("-") ? "" : await git(folder, "rev-parse", "--verify", "--quiet", `${name}^{commit}`).catch(() => "");
  if (found !== "") return found;
  if (await git(folder, "rev-parse", "--is-shallow-repository").then((it) => it === "true")) {
    throw new GitError(`${name} is not in this clone, which is shallow: fetch it with git fetch --unshallow, or in CI with fetch-depth: 0`);
  }
  throw new GitError(`there is no commit ${name} here; name a branch, a tag or a hash`);
}

/** A unified diff of two files, without the lines that name them; empty where nothing differs. A file that is not there is an empty one. */
export async function difference(before: string | undefined, after: string | undefined): Promise<string> {
  const compare = ["diff", "--no-index", "--no-color", "--no-ext-diff", "--", before ?? nothing, after ?? nothing];
  const text = await run("git", compare, { maxBuffer: 64 * 1024 ** 2, windowsHide: true, env: withoutGit() }).then(
    ({ stdout }) => stdout,
    // With files that differ it exits with 1.
    (error: { stdout?: string }) => error.stdout ?? "",
  );
  const from = text.indexOf("\n@@ ");
  return from < 0 ? "" : text.slice(from + 1);
}
