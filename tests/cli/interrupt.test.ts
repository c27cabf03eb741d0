import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { readRecords } from "../../src/store/records.ts";
import { isRunning, trialsOf } from "../_processes.ts";
import { assay, interrupt, start, temporaryFolder, testdata } from "./_command.ts";

const sound = ["--benchmarks", testdata("sound")];

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; !what() && tries < 600; tries++) await setTimeout(25);
  expect(what()).toBe(true);
}

const partialsIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map(String)
        .filter((name) => name.endsWith(".partial.json"))
    : [];

// Windows has neither signals nor process groups to see this by.
describe.skipIf(process.platform === "win32")("Ctrl-C", () => {
  test("keeps the finished rounds where a report finds them, and leaves no process behind", async () => {
    using folder = temporaryFolder();
    const running = start("run", "tiny/slow", "--out", folder.path, ...sound);
    await until(() => partialsIn(folder.path).length > 0);
    const trials = trialsOf(running.child.pid!);
    interrupt(running);
    const { code, stderr } = await running.ended;
    expect(code).toBe(130);
    expect(stderr).toContain("finished rounds are kept");
    expect(stderr).toMatch(/tiny\/slow {2}interrupted after \d+ rounds?/);
    expect(trials.filter(isRunning)).toEqual([]);

    const { partial: records, refused } = await readRecords([folder.path]);
    expect(refused).toEqual([]);
    expect(partialsIn(folder.path)).toHaveLength(1);
    expect(records).toHaveLength(1);
    expect(records[0]!.rounds.length).toBeGreaterThan(0);
    expect(records[0]!.rounds.length).toBeLessThan(20);
    for (const { trials } of records[0]!.rounds)
      expect(
        trials
          .filter(({ control }) => !control)
          .map(({ variant }) => variant)
          .toSorted(),
      ).toEqual(["one", "two"]);

    const report = await assay("report", "--from", folder.path, "--out", folder.path, ...sound);
    expect(report).toMatchObject({ code: 0, stderr: "" });
    expect(existsSync(join(folder.path, "index.html"))).toBe(true);
  });

  /** Starts an experiment and waits until its first trial runs. */
  async function begun(experiment: string, folder: string) {
    const running = start("run", experiment, "--out", folder, ...sound);
    await until(() => trialsOf(running.child.pid!).length > 0);
    // Until it is in its story.
    await setTimeout(300);
    const trials = trialsOf(running.child.pid!);
    return { running, trials };
  }

  test("ends a trial that never yields as well", async () => {
    using folder = temporaryFolder();
    const { running, trials } = await begun("tiny/busy", folder.path);
    // One is in its loop, the next ones of the round wait for their turn.
    expect(trials.length).toBeGreaterThan(0);
    interrupt(running);
    expect((await running.ended).code).toBe(130);
    expect(trials.filter(isRunning)).toEqual([]);
  });

  test("pressed twice ends as well and takes the trial with it", async () => {
    using folder = temporaryFolder();
    const { running, trials } = await begun("tiny/busy", folder.path);
    interrupt(running);
    await setTimeout(50);
    interrupt(running);
    expect((await running.ended).code).toBe(130);
    await until(() => !trials.some(isRunning));
  });

  test("a lab that is killed leaves no trial that can still be told", async () => {
    using folder = temporaryFolder();
    const { running, trials } = await begun("tiny/slow", folder.path);
    process.kill(-running.child.pid!, "SIGKILL");
    await running.ended;
    await until(() => !trials.some(isRunning));
  });
});
