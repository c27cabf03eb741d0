import { setTimeout } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { boot, type Booted } from "../../src/measure/ahead.ts";
import type { Reply, TrialRequest } from "../../src/measure/protocol.ts";
import { trialsOf } from "../_processes.ts";
import { broken, sound } from "./_launched.ts";

const limits = { timeout: 10, memory: 2 ** 30 };
const signal = new AbortController().signal;
const start = { flags: [], limits };
let begun: readonly Booted[] = [];
afterEach(() => Promise.all(begun.map(({ end }) => end())));

async function booted(file: string, processes: number): Promise<readonly Booted[]> {
  return (begun = await boot(
    { file },
    Array.from({ length: processes }, () => start),
    signal,
  ));
}

const request = (file: string, over: Partial<TrialRequest> = {}): TrialRequest => ({
  task: "trial",
  file,
  seed: 1,
  window: 0.05,
  variant: "facts",
  control: false,
  point: { word: "one" },
  timing: 0.01,
  warmUp: [0, 0.01],
  ...over,
});
const letters = (reply: Reply): unknown => (reply.task === "trial" ? reply.trial.readings["letters"] : reply);

test("processes started side by side wait, and each measures its own trial in its turn", async () => {
  const file = sound("tiny/facts");
  const both = await booted(file, 2);
  await setTimeout(50);
  expect(trialsOf(process.pid)).toHaveLength(2);
  const variant = (await import(file)).default.variantNames[0];
  expect(letters(await both[1]!.launch(request(file, { variant, point: { word: "three" } }), [], limits, signal))).toEqual([5]);
  expect(trialsOf(process.pid)).toHaveLength(1);
  expect(letters(await both[0]!.launch(request(file, { variant }), [], limits, signal))).toEqual([3]);
  expect(trialsOf(process.pid)).toEqual([]);
});

test("a trial's wall time begins with its request and not with the process that has waited for it", async () => {
  const file = sound("tiny/facts");
  const [only] = await booted(file, 1);
  await setTimeout(200);
  const asked = performance.now();
  const { variantNames } = (await import(file)).default;
  const reply = await only!.launch(request(file, { variant: variantNames[0] }), [], limits, signal);
  if (reply.task !== "trial") throw new Error(JSON.stringify(reply));
  expect(reply.trial.conditions.wall).toBeLessThan((performance.now() - asked) / 1e3);
});

test("one that is not asked after all is gone when its end has come", async () => {
  const [only] = await booted(sound("tiny/facts"), 1);
  await only!.end();
  expect(trialsOf(process.pid)).toEqual([]);
  expect(await only!.launch(request(sound("tiny/facts")), [], limits, signal)).toEqual({ task: "failed", message: "not asked" });
});

test("what ends a process before it is asked is what it says when it is", async () => {
  const [flagged] = (begun = await boot({ file: sound("tiny/facts") }, [{ flags: ["--no-such-flag"], limits }], signal));
  expect(await flagged!.launch(request(sound("tiny/facts")), [], limits, signal)).toMatchObject({
    task: "failed",
    message: expect.stringContaining("exited with code 9"),
  });
});

test("a file that is no program fails when it is asked", async () => {
  const file = broken("no-such-file");
  const [none] = await booted(file, 1);
  expect(await none!.launch(request(file), [], limits, signal)).toMatchObject({
    task: "failed",
    message: expect.stringContaining("Cannot find module"),
  });
});

test("processes that the system does not start fail when they are asked", async () => {
  const [none] = await booted(`/${"x".repeat(4e6)}.ts`, 1);
  expect(await none!.launch(request("x"), [], limits, signal)).toMatchObject({
    task: "failed",
    message: expect.stringMatching(/^the runtime could not be started: /),
  });
  await none!.end();
});

test("an abort ends those that boot and the one that is asked; its limit holds from when it is asked", async () => {
  const stop = new AbortController();
  const file = sound("tiny/slow");
  const [waiting, slow] = (begun = await boot({ file }, [start, start], stop.signal));
  const late = slow!.launch(request(file, { variant: "one", point: {} }), [], { ...limits, timeout: 0.1 }, stop.signal);
  expect(await late).toEqual({ task: "failed", message: "took longer than its limit of 0.1 s" });
  stop.abort();
  expect(await waiting!.launch(request(file), [], limits, stop.signal)).toEqual({ task: "failed", message: "interrupted" });
  begun = await boot({ file }, [start], stop.signal);
  expect(await begun[0]!.launch(request(file), [], limits, stop.signal)).toEqual({ task: "failed", message: "interrupted" });
});
