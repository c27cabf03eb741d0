import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { isRunning, trialsOf } from "../_processes.ts";
import { broken, readTrial, sound, trialOf } from "./_launched.ts";

test("a launch that is aborted before it begins starts nothing", async () => {
  expect(await trialOf(sound("tiny/slow"), { signal: AbortSignal.abort() })).toEqual({ task: "failed", message: "interrupted" });
});

test("an abort ends a trial that waits, and one that never yields", async () => {
  for (const name of ["tiny/slow", "tiny/busy"]) {
    const controller = new AbortController();
    const running = trialOf(sound(name), { signal: controller.signal });
    await setTimeout(100);
    controller.abort();
    expect(await running, name).toEqual({ task: "failed", message: "interrupted" });
  }
});

test("a limit beyond what timers can wait for is no limit of nothing", async () => {
  const trial = await readTrial(sound("tiny/facts"), { point: { word: "one" }, limits: { timeout: 1e8 } });
  expect(trial.readings.letters).toEqual([3]);
});

test("a request that the system does not take is a failure in words", async () => {
  const reply = await trialOf(sound("tiny/facts"), { variant: "x".repeat(4e6) });
  expect(reply).toMatchObject({
    task: "failed",
    message: expect.stringMatching(/^the runtime could not be started: .*(E2BIG|ENAMETOOLONG)/),
  });
});

describe.skipIf(process.platform === "win32")("processes that a variant leaves behind", () => {
  test("end with it, and do not hold up its reply", async () => {
    const { readings } = await readTrial(broken("leaves-children"), { variant: "grouped" });
    const [pid] = readings.pid!;
    // The signal is on its way; it needs no longer than this to arrive.
    for (let tries = 0; isRunning(pid!) && tries < 100; tries++) await setTimeout(50);
    expect(isRunning(pid!)).toBe(false);
  });

  test("do not hold up its reply even if they left its group", async () => {
    const { readings } = await readTrial(broken("leaves-children"), { variant: "detached" });
    process.kill(readings.pid![0]!, "SIGKILL");
  });
});

// Windows has no `ps` to see it by.
test.skipIf(process.platform === "win32")("a lab that exits takes a trial with it that is too busy to notice", async () => {
  const request = {
    task: "trial",
    file: sound("tiny/busy"),
    variant: "busy",
    control: false,
    point: {},
    seed: 1,
    window: 1,
    timing: 1,
    warmUp: [0, 1],
  };
  const lab = `
    import { launch } from ${JSON.stringify(new URL("../../src/measure/launch.ts", import.meta.url).href)};
    void launch(${JSON.stringify(request)}, [], { timeout: 20, memory: 2 ** 30 }, new AbortController().signal);
    process.stdin.once("end", () => process.exit(0)).resume();`;
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  const child = spawn(process.execPath, ["--input-type=module", "--eval", lab], { cwd, stdio: ["pipe", "ignore", "inherit"] });
  for (let tries = 0; trialsOf(child.pid!).length === 0 && tries < 200; tries++) await setTimeout(25);
  // Until it is in its loop.
  await setTimeout(300);
  const [trial] = trialsOf(child.pid!);
  expect(trial).toBeDefined();
  child.stdin!.end();
  await once(child, "close");
  for (let tries = 0; isRunning(trial!) && tries < 200; tries++) await setTimeout(25);
  expect(isRunning(trial!)).toBe(false);
});

test("what options the lab itself was started with does not reach its trials", async () => {
  process.env.NODE_OPTIONS = "--no-such-option";
  try {
    expect((await readTrial(sound("tiny/facts"), { point: { word: "one" } })).readings.letters).toEqual([3]);
  } finally {
    delete process.env.NODE_OPTIONS;
  }
});
