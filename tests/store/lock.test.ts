import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FolderInUse, lockFolder } from "../../src/store/lock.ts";
import { filesBelow, temporaryFolder } from "./_folder.ts";

const lockOf = (folder: string): string => join(folder, "records", ".lock");

/** A folder in which this text is the lock. */
function lockedBy(text: string) {
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, "records"), { recursive: true });
  writeFileSync(lockOf(folder.path), text);
  return folder;
}

test("two runs cannot have a folder at the same time, and the second is told who has it", async () => {
  using folder = temporaryFolder();
  const first = await lockFolder(folder.path);
  await expect(lockFolder(folder.path)).rejects.toThrow(FolderInUse);
  await expect(lockFolder(folder.path)).rejects.toThrow(`process ${process.pid} is already writing records`);
  await first[Symbol.asyncDispose]();
  expect(existsSync(lockOf(folder.path))).toBe(false);
  await using _second = await lockFolder(folder.path);
});

test("what a run that is gone left locked is taken over", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  for (const text of [JSON.stringify({ pid, began: "1" }), "", "{", "null", "[]", '{"pid":-1}', '{"pid":"1"}', "\u0000"]) {
    using folder = lockedBy(text);
    await using _lock = await lockFolder(folder.path);
  }
});

test.skipIf(process.platform !== "linux")("a process that was given the number of one that is gone does not keep its lock", async () => {
  using folder = lockedBy(JSON.stringify({ pid: process.pid, began: "1" }));
  await using _lock = await lockFolder(folder.path);
});

test("temporary files of a run that was killed are cleared away, and nothing else is", async () => {
  using folder = temporaryFolder();
  const below = join(folder.path, "records", "a-post", "one");
  mkdirSync(below, { recursive: true });
  for (const name of ["0123456789ab.json", "0123456789ab.partial.json", "0123456789ab.partial.json.123.0a1b2c3d.tmp"])
    writeFileSync(join(below, name), "");
  const lock = await lockFolder(folder.path);
  await lock[Symbol.asyncDispose]();
  expect(filesBelow(folder.path)).toEqual(["0123456789ab.json", "0123456789ab.partial.json"].map((name) => `records/a-post/one/${name}`));
});
