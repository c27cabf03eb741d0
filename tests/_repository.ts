import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A git repository in a temporary folder: the package lies in `lab`, its posts in `lab/benchmarks`. Gone when it is disposed. */
export class Repository {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "assay-repository-")));
  readonly benchmarks = join(this.path, "lab", "benchmarks");

  constructor() {
    this.git("init", "-q");
    mkdirSync(join(this.path, "lab", "node_modules"), { recursive: true });
    this.write("lab/package.json", '{ "type": "module" }');
    this.write("lab/package-lock.json", "{}");
    this.write(".gitignore", "node_modules\n");
  }

  /** @param path below the repository. */
  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.path, path)), { recursive: true });
    writeFileSync(join(this.path, path), text);
  }

  commit(): void {
    this.git("add", "-A");
    this.git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "one");
  }

  git(...parameters: string[]): string {
    return execFileSync("git", ["-C", this.path, ...parameters], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  }

  /** Work trees, the repository's own among them. */
  trees(): number {
    return this.git("worktree", "list").split("\n").length;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
