import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { broken, isRunning, readTrial, sound, trialOf } from "./_launched.ts";

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

test("what options the lab itself was started with does not reach its trials", async () => {
  process.env.NODE_OPTIONS = "--no-such-option";
  try {
    expect((await readTrial(sound("tiny/facts"), { point: { word: "one" } })).readings.letters).toEqual([3]);
  } finally {
    delete process.env.NODE_OPTIONS;
  }
});
