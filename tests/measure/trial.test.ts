import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { canLimitMemory } from "../../src/measure/launch.ts";
import { TrialSchema } from "../../src/model/record.ts";
import { agreementOf, broken, readTrial, sound, trialOf } from "./_launched.ts";

describe("what goes wrong in a trial comes back as a failure in words:", () => {
  test("a setup that throws", async () => {
    expect(await trialOf(broken("throws-in-setup"))).toEqual({ task: "failed", message: "TypeError: no such thing to set up" });
    expect(await agreementOf(broken("throws-in-setup"))).toEqual({
      task: "failed",
      variant: "one",
      point: {},
      message: "no such thing to set up",
    });
  });

  test("variants that disagree, with the place", async () => {
    const reply = await agreementOf(broken("disagrees"));
    expect(reply).toEqual({ task: "agree", agree: false, detail: "one and two disagree: result.sum.2 is 3 and 4" });
  });

  test("a variant that never ends", async () => {
    const reply = await trialOf(broken("never-ends"));
    expect(reply).toEqual({ task: "failed", message: "took longer than its limit of 1 s" });
  });

  test.skipIf(!canLimitMemory)("typed arrays that exhaust the memory", async () => {
    const reply = await trialOf(broken("exhausts-buffers"));
    expect(reply).toMatchObject({ task: "failed", message: expect.stringMatching(/memory|allocation failed/i) });
  });

  test("objects that exhaust the heap", async () => {
    const reply = await trialOf(broken("exhausts-heap"));
    expect(reply).toMatchObject({ task: "failed", message: "ran out of memory (its limit is 64 MiB)" });
  });

  test("a variant that ends the process", async () => {
    const reply = await trialOf(broken("exits"));
    expect(reply).toEqual({ task: "failed", message: "exited with code 0 before it returned a reading" });
  });

  test("a file that is no program", async () => {
    const request = { task: "agree", file: broken("syntax-error"), seed: 1, window: 1, points: [{}] } as const;
    const { launch } = await import("../../src/measure/launch.ts");
    const reply = await launch(request, [], { timeout: 10, memory: 2 ** 30 }, new AbortController().signal);
    expect(reply).toMatchObject({ task: "failed", message: expect.stringMatching(/^SyntaxError: /) });
  });

  test("a flag that the runtime does not know", async () => {
    const request = { task: "agree", file: sound("tiny/sums"), seed: 1, window: 1, points: [{ numbers: 100 }] } as const;
    const { launch } = await import("../../src/measure/launch.ts");
    const reply = await launch(request, ["--no-such-flag"], { timeout: 10, memory: 2 ** 30 }, new AbortController().signal);
    expect(reply).toMatchObject({ task: "failed", message: expect.stringContaining("exited with code 9") });
  });
});

test("a trial returns one valid reading of every metric, and says whether it was the control", async () => {
  const point = { numbers: 1000 };
  const trial = await readTrial(sound("tiny/sums"), { point });
  expect(TrialSchema.safeParse(trial).error).toBeUndefined();
  expect(Object.keys(trial.readings).toSorted()).toEqual(["bytes", "cpu", "externalBytes", "gc", "rss", "time"]);
  expect(trial).toMatchObject({ variant: "once", point, stopwatch: "mitata" });
  expect(trial.control).toBeUndefined();
  expect(trial.conditions.batch).toBeGreaterThan(0);
  expect(trial.readings.time!.length).toBeGreaterThanOrEqual(3);
  const control = await readTrial(sound("tiny/sums"), { point, control: true });
  expect(control).toMatchObject({ variant: "once", control: true });
});

test("a variant that does nothing is warned of", async () => {
  expect((await readTrial(sound("known-costs/empty"))).warnings).toContain("nothing-to-time");
  expect((await readTrial(sound("tiny/sums"), { point: { numbers: 1000 } })).warnings).not.toContain("nothing-to-time");
});

test("promises are awaited, and timed by the stopwatch for them", async () => {
  expect(await agreementOf(sound("known-costs/asynchronous"))).toEqual({ task: "agree", agree: true });
  for (const variant of ["waits", "counts"]) {
    const trial = await readTrial(sound("known-costs/asynchronous"), { variant });
    expect(trial.stopwatch).toBe("tinybench");
    expect(trial.readings.time!.every((time) => time > 0)).toBe(true);
    expect(TrialSchema.safeParse(trial).error).toBeUndefined();
  }
});

test("a variant may print as much as it likes", async () => {
  const trial = await readTrial(sound("known-costs/prints"));
  expect(trial.readings.time!.length).toBeGreaterThanOrEqual(3);
});

test("a story is told once and its readings come back as they are", async () => {
  const trial = await readTrial(sound("tiny/facts"), { point: { word: "three" } });
  expect(trial.readings).toMatchObject({ letters: [5] });
  expect(Object.keys(trial.readings).toSorted()).toEqual(["cpu", "letters", "rss"]);
  expect(trial.stopwatch).toBeUndefined();
});

describe("what setup made is disposed", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-trial-"));
    process.env.DISPOSED = join(folder, "disposed");
  });
  afterEach(() => {
    delete process.env.DISPOSED;
    rmSync(folder, { recursive: true, force: true });
  });
  const disposed = (): string => readFileSync(join(folder, "disposed"), "utf8");

  test.each(["at once", "later"])("%s, after a trial and after each comparison", async (how) => {
    await readTrial(sound("known-costs/disposes"), { point: { how } });
    expect(disposed()).toBe(`${how}\n`);
    await agreementOf(sound("known-costs/disposes"), [{ how }]);
    expect(disposed()).toBe(`${how}\n${how}\n`);
  });

  test("even if the variant throws", async () => {
    const reply = await trialOf(sound("known-costs/disposes"), { point: { how: "after a throw" } });
    expect(reply).toEqual({ task: "failed", message: "Error: too bad" });
    expect(disposed()).toBe("after a throw\n");
  });
});

describe("what a call allocates is read", () => {
  const read = async (file: string, variant: string, metric: string): Promise<number> =>
    (await readTrial(sound(`known-costs/${file}`), { variant, timing: 0.05, warmUp: [0.02, 0.1] })).readings[metric]![0]!;

  test("on the heap: a hundred doubles take 848 bytes, give or take a fifth", async () => {
    const bytes = await read("allocates", "doubles", "bytes");
    expect(bytes).toBeGreaterThan(0.8 * 848);
    expect(bytes).toBeLessThan(1.2 * 848);
  });

  test("on the heap: a call of which only a few fit between two collections ends, and is read", async () => {
    const bytes = await read("allocates", "large", "bytes");
    expect(bytes).toBeGreaterThan(400_000);
    expect(bytes).toBeLessThan(4_000_000);
  });

  test("as nothing where nothing is allocated", async () => {
    expect(await read("allocates", "nothing", "bytes")).toBeLessThan(1);
    expect(await read("allocates", "nothing", "externalBytes")).toBe(0);
    expect(await read("empty", "empty", "bytes")).toBeLessThan(1);
  });

  test("outside the heap: a buffer of a thousand bytes takes a thousand", async () => {
    const bytes = await read("buffers", "buffers", "externalBytes");
    expect(bytes).toBeGreaterThan(950);
    expect(bytes).toBeLessThan(1050);
    expect(await read("buffers", "nothing", "externalBytes")).toBe(0);
  });
});
