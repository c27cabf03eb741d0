import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { GitError, withoutGit } from "../host/git.ts";

/** Seconds that installing the dependencies of another version may take. */
const INSTALL_TIMEOUT = 300;

/** This work tree and another one of the same repository. */
export interface Trees {
  readonly here: string;
  readonly there: string;
  /** Path of the project below either. */
  readonly project: string;
}

/**
 * Gives another version of a project its dependencies: this one's where the lock files are the same (or the other has none), an installation of its own
 * where they differ. The lock file that counts is the nearest from the project upwards.
 * @throws {GitError} they could not be installed, with npm's reason.
 */
export async function provide(trees: Trees, name: string, signal: AbortSignal | undefined): Promise<void> {
  const folders = upwards(trees.project);
  const governing = folders.find((folder) => existsSync(join(trees.there, folder, "package-lock.json")));
  const lock = (tree: string): string | undefined => {
    const path = join(tree, governing ?? "", "package-lock.json");
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  };
  if (governing === undefined || lock(trees.here) === lock(trees.there)) {
    for (const folder of folders) share(trees, folder);
  } else await install(join(trees.there, governing), name, signal);
}

/** `packages/lab` → `packages/lab`, `packages`, and the top. */
function upwards(project: string): string[] {
  if (project === "") return [""];
  const above = dirname(project);
  return [project, ...upwards(above === "." ? "" : above)];
}

/** Links what is installed here, package by package: one that belongs to the repository is the other version's own. */
function share({ here, there }: Trees, folder: string): void {
  const [from, to] = [join(here, folder, "node_modules"), join(there, folder, "node_modules")];
  if (!existsSync(from) || existsSync(to)) return;
  mkdirSync(to, { recursive: true });
  for (const name of packagesIn(from)) {
    const real = realpathSync(join(from, name));
    const inside = relative(here, real);
    const own = !inside.startsWith("..") && !inside.split(sep).includes("node_modules");
    mkdirSync(dirname(join(to, name)), { recursive: true });
    symlinkSync(own ? join(there, inside) : real, join(to, name), "junction");
  }
}

const packagesIn = (modules: string): string[] =>
  readdirSync(modules)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => (name.startsWith("@") ? readdirSync(join(modules, name)).map((it) => join(name, it)) : [name]))
    .filter((name) => existsSync(join(modules, name)));

function install(folder: string, name: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const posix = process.platform !== "win32";
    const child = spawn("npm", ["ci", "--no-audit", "--no-fund"], {
      cwd: folder,
      env: withoutGit(),
      stdio: ["ignore", "ignore", "pipe"],
      shell: !posix,
      // A group of its own, so that what an install script started ends with it.
      detached: posix,
    });
    let words = "";
    child.stderr!.setEncoding("utf8").on("data", (text: string) => (words = (words + text).slice(-20_000)));
    const end = (): void => {
      try {
        if (posix && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
        else child.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
    };
    const clock = setTimeout(end, INSTALL_TIMEOUT * 1e3);
    signal?.addEventListener("abort", end, { once: true });
    const settle = (error?: string): void => {
      clearTimeout(clock);
      signal?.removeEventListener("abort", end);
      if (error === undefined) resolve();
      else reject(new GitError(`the dependencies of ${name} could not be installed: ${error}`));
    };
    child.on("error", (error: NodeJS.ErrnoException) => settle(error.code === "ENOENT" ? "npm is not installed" : error.message));
    child.on("close", (code, killed) => {
      if (code === 0) return settle();
      const lines = words.split("\n").map((line) => line.replace(/^npm (error|ERR!) ?/, "\u0000").trim());
      const said = lines.find((line) => /^\0(?!code )\S/.test(line))?.slice(1);
      settle(said ?? (killed ? `it was ended by ${killed}` : `npm ci exited with ${code}`));
    });
  });
}
