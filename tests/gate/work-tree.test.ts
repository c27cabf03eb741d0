import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { checkOut, workingTree } from "../../src/gate/work-tree.ts";
import { Repository } from "../_repository.ts";

/** The file `one.ts` is old in the first commit and new in the second. */
function twoCommits(): Repository {
  const repository = new Repository();
  repository.write("lab/benchmarks/one.ts", "old");
  repository.commit();
  repository.write("lab/benchmarks/one.ts", "new");
  repository.commit();
  return repository;
}

test("another version lies in a work tree of its own, with this one's dependencies where the lock files are the same, and is gone when disposed", async () => {
  using repository = twoCommits();
  repository.write("lab/node_modules/foreign/index.js", "");
  repository.write("lab/node_modules/@scope/foreign/index.js", "");
  symlinkSync(join(repository.path, "lab", "benchmarks"), join(repository.path, "lab", "node_modules", "own"));
  let folder: string;
  {
    await using base = await checkOut("HEAD~1", repository.benchmarks);
    const modules = join(base.project, "node_modules");
    expect(realpathSync(join(modules, "foreign"))).toBe(join(repository.path, "lab", "node_modules", "foreign"));
    expect(realpathSync(join(modules, "@scope", "foreign"))).toBe(join(repository.path, "lab", "node_modules", "@scope", "foreign"));
    // A package of the repository itself is the other version's own.
    expect(realpathSync(join(modules, "own"))).toBe(base.benchmarks);
    folder = base.benchmarks;
    expect(readFileSync(join(base.benchmarks, "one.ts"), "utf8")).toBe("old");
    expect(base.commit).toBe(repository.git("rev-parse", "HEAD~1"));
    expect(repository.trees()).toBe(2);
  }
  expect(existsSync(folder)).toBe(false);
  expect(repository.trees()).toBe(1);
  expect(existsSync(join(repository.path, "lab", "node_modules"))).toBe(true);
});

test("the work tree as it stands is marked where it differs from its commit", async () => {
  using repository = twoCommits();
  expect((await workingTree(repository.benchmarks)).commit).toBe(repository.git("rev-parse", "HEAD"));
  repository.write("lab/benchmarks/one.ts", "edited");
  expect((await workingTree(repository.benchmarks)).commit).toBe(`${repository.git("rev-parse", "HEAD")}+`);
});

test.each([
  ["no-such-branch", /^there is no commit no-such-branch here/],
  ["--help", /^there is no commit --help here/],
  ["", /^there is no commit {2}here/],
])("%j is refused in a line, and nothing is left", async (name, message) => {
  using repository = twoCommits();
  await expect(checkOut(name, repository.benchmarks)).rejects.toThrow(message);
  expect(repository.trees()).toBe(1);
});

test("in a shallow clone the message says how to get what is missing", async () => {
  using repository = twoCommits();
  const clone = mkdtempSync(join(tmpdir(), "assay-shallow-"));
  try {
    execFileSync("git", ["clone", "-q", "--depth=1", `file://${repository.path}`, clone], { stdio: "ignore" });
    const missing = repository.git("rev-parse", "HEAD~1");
    await expect(checkOut(missing, join(clone, "lab", "benchmarks"))).rejects.toThrow(/shallow: fetch it with git fetch --unshallow/);
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
});

test("what a killed process left behind the next check-out removes", async () => {
  using repository = twoCommits();
  const left = mkdtempSync(join(tmpdir(), "assay-gate-"));
  // No process has this number.
  repository.git("worktree", "add", "--detach", "--quiet", join(realpathSync(left), "99999999"), "HEAD~1");
  await using _base = await checkOut("HEAD~1", repository.benchmarks);
  expect(existsSync(left)).toBe(false);
  expect(repository.trees()).toBe(2);
});

test("a version without the folder of the posts says so and leaves nothing", async () => {
  using repository = twoCommits();
  repository.git("mv", "lab/benchmarks", "lab/posts");
  repository.commit();
  const posts = join(repository.path, "lab", "posts");
  await expect(checkOut("HEAD~1", posts)).rejects.toThrow(/HEAD~1 has no folder lab[/\\]posts/);
  expect(repository.trees()).toBe(1);
  expect(
    readdirSync(tmpdir()).filter((name) => name.startsWith("assay-gate-") && existsSync(join(tmpdir(), name, String(process.pid)))),
  ).toEqual([]);
});

test("a work tree of the user's own that is away for the moment stays known, and no hook of the repository runs", async () => {
  using repository = twoCommits();
  const away = mkdtempSync(join(tmpdir(), "assay-away-"));
  try {
    repository.git("worktree", "add", "--detach", "--quiet", join(away, "tree"), "HEAD~1");
    renameSync(join(away, "tree"), join(away, "moved"));
    const hook = join(repository.path, ".git", "hooks", "post-checkout");
    mkdirSync(dirname(hook), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch ${join(away, "hooked")}\n`, { mode: 0o755 });
    {
      await using _base = await checkOut("HEAD~1", repository.benchmarks);
    }
    renameSync(join(away, "moved"), join(away, "tree"));
    expect(execFileSync("git", ["-C", join(away, "tree"), "rev-parse", "HEAD"], { encoding: "utf8" }).trim()).toBe(
      repository.git("rev-parse", "HEAD~1"),
    );
    expect(existsSync(join(away, "hooked"))).toBe(false);
  } finally {
    rmSync(away, { recursive: true, force: true });
  }
});

test("in a hook of git, which tells where its index is, the index stays as it was", async () => {
  using repository = twoCommits();
  const index = join(repository.path, ".git", "index");
  const before = readFileSync(index);
  process.env.GIT_INDEX_FILE = index;
  try {
    await using _base = await checkOut("HEAD~1", repository.benchmarks);
    expect(readFileSync(index).equals(before)).toBe(true);
  } finally {
    delete process.env.GIT_INDEX_FILE;
  }
});
