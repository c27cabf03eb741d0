import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { readRecords } from "../../src/store/records.ts";
import { assay, start, temporaryFolder, testdata } from "./_command.ts";

const sound = ["--benchmarks", testdata("sound")];

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await what()) && tries < 600; tries++) await setTimeout(25);
  expect(await what()).toBe(true);
}

// Windows has no groups of processes to kill.
test.skipIf(process.platform === "win32")("a run that was killed keeps its finished rounds, and --resume goes on after them", async () => {
  using folder = temporaryFolder();
  const killed = start("run", "tiny/slow", "--out", folder.path, ...sound);
  const rounds = async () => (await readRecords([folder.path])).partial[0]?.rounds ?? [];
  await until(async () => (await rounds()).length > 0);

  const second = await assay("run", "tiny/facts", "--out", folder.path, ...sound);
  expect(second.code).toBe(2);
  expect(second.stderr).toMatch(/^assay: process \d+ is already writing records to /);

  process.kill(-killed.child.pid!, "SIGKILL");
  await killed.ended;
  const before = await rounds();
  const { code } = await assay("run", "tiny/slow", "--resume", "--budget", "1s", "--out", folder.path, ...sound);
  expect(code).toBe(0);
  const { records, refused } = await readRecords([folder.path]);
  expect(refused).toEqual([]);
  expect(records).toHaveLength(1);
  expect(records[0]!.rounds.length).toBeGreaterThan(before.length);
  expect(records[0]!.rounds.slice(0, before.length)).toEqual(before);
  expect(existsSync(join(folder.path, "records", ".lock"))).toBe(false);
});

test("what is finished is not measured again by --resume", async () => {
  using folder = temporaryFolder();
  await assay("run", "tiny/facts", "--out", folder.path, ...sound);
  const [before] = (await readRecords([folder.path])).records;
  const { code, stdout } = await assay("run", "tiny/facts", "--resume", "--out", folder.path, ...sound);
  expect(code).toBe(0);
  expect(stdout).toContain("1 reproduced");
  expect((await readRecords([folder.path])).records).toEqual([before]);
});
