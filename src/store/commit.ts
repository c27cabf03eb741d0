import { execFileSync } from "node:child_process";

/** The commit that a folder is at, with `+` where the work tree differs from it; undefined outside git or without it. */
export function commitOf(folder: string): string | undefined {
  const git = (...parameters: string[]): string =>
    execFileSync("git", ["-C", folder, ...parameters], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 5000 }).trim();
  try {
    const commit = git("rev-parse", "--short=12", "HEAD");
    const changed = git("status", "--porcelain", "--untracked-files=no", "--", ".") !== "";
    return `${commit}${changed ? "+" : ""}`;
  } catch {
    return undefined;
  }
}
