import { git } from "../host/git.ts";

/** The commit that a folder is at, with `+` where the work tree differs from it; undefined outside git or without it. */
export async function commitOf(folder: string): Promise<string | undefined> {
  try {
    const commit = await git(folder, "rev-parse", "--short=12", "HEAD");
    const changed = (await git(folder, "status", "--porcelain", "--untracked-files=no", "--", ".")) !== "";
    return `${commit}${changed ? "+" : ""}`;
  } catch {
    return undefined;
  }
}
