import { describe, expect, test } from "vitest";
import { companion } from "../../src/load/companion.ts";
import { isRunning } from "../_processes.ts";
import type { drains, open, silent, stuck, unready } from "./_companion.ts";

const module = new URL("./_companion.ts", import.meta.url).href;
const adding = (signal?: AbortSignal) => companion<typeof open>({ module, options: { start: 21 }, signal });

test("a companion is another process, says when it is ready, and answers questions that overlap", async () => {
  await using it = await adding();
  expect(it.ready).toEqual({ pid: it.pid, start: 21 });
  expect(it.pid).not.toBe(process.pid);
  expect(await Promise.all([it.ask("twice"), it.ask("twice")])).toEqual([42, 42]);
});

test("it is gone when it is disposed, even while it answers", async () => {
  const it = await adding();
  const never = expect(it.ask("never")).rejects.toThrow("the companion failed: its process");
  await it[Symbol.asyncDispose]();
  await never;
  expect(isRunning(it.pid)).toBe(false);
  await expect(it.ask("twice")).rejects.toThrow("the companion failed: its process exited with code 0 before it answered");
});

describe("what goes wrong is one line:", () => {
  test("an answer that throws, after which it goes on answering", async () => {
    await using it = await adding();
    await expect(it.ask("throw")).rejects.toThrow(/^the companion failed: RangeError: out of range$/);
    expect(await it.ask("twice")).toBe(42);
  });

  test.each([
    ["exit", /^the companion failed: its process exited with code 3 before it answered$/],
    ["crash", /^the companion failed: Error: nobody caught it$/],
  ] as const)("a process that ends by itself (%s) takes every question with it", async (question, line) => {
    await using it = await adding();
    const both = [it.ask("never"), it.ask(question)];
    for (const { status, reason } of (await Promise.allSettled(both)) as PromiseRejectedResult[]) {
      expect([status, (reason as Error).message]).toEqual(["rejected", expect.stringMatching(line)]);
    }
    expect((await it.ended).code).toBe(question === "exit" ? 3 : 1);
  });

  test("a module that throws, lacks its export or does not exist", async () => {
    await expect(companion<typeof unready>({ module, export: "unready", options: undefined })).rejects.toThrow(
      /^the companion failed: Error: no port$/,
    );
    await expect(companion({ module, export: "missing", options: {} as never })).rejects.toThrow(/no function as its export missing$/);
    await expect(companion({ module: `${module}.gone`, options: {} as never })).rejects.toThrow(
      /^the companion failed: \w*Error: Cannot find module/,
    );
  });

  test("a module that answers no questions", async () => {
    await using it = await companion<typeof silent>({ module, export: "silent", options: undefined });
    await expect((it.ask as unknown as (question: string) => Promise<unknown>)("twice")).rejects.toThrow("its module answers no questions");
  });

  test("one that is not ready in time", async () => {
    const late = companion<typeof stuck>({ module, export: "stuck", options: undefined, within: 0.5, name: "worker" });
    await expect(late).rejects.toThrow(/^the worker took longer than its limit of 0.5 s$/);
  });

  test("options that cannot be cloned", async () => {
    const options = { start: (() => 1) as unknown as number };
    await expect(companion<typeof open>({ module, options })).rejects.toThrow(/could not be cloned/);
  });
});

test("a signal ends it, whether it is opening, at work or idle", async () => {
  const stop = new AbortController();
  const idle = await adding(stop.signal);
  const working = await adding(stop.signal);
  const opening = companion<typeof stuck>({ module, export: "stuck", options: undefined, signal: stop.signal });
  const ends = expect(Promise.all([working.ask("never"), opening])).rejects.toThrow(/^the companion was interrupted$/);
  stop.abort();
  await ends;
  await expect(opening).rejects.toThrow("the companion was interrupted");
  expect((await Promise.all([idle.ended, working.ended])).map(({ signal }) => signal)).toEqual(["SIGKILL", "SIGKILL"]);
  await expect(adding(stop.signal)).rejects.toThrow("the companion was interrupted");
});

test.skipIf(process.platform === "win32")(
  "one that is killed on purpose says how it ended: by the signal, or by what it made of it",
  async () => {
    await using plain = await adding();
    plain.kill("SIGTERM");
    expect(await plain.ended).toEqual({ code: null, signal: "SIGTERM" });
    await using draining = await companion<typeof drains>({ module, export: "drains", options: undefined });
    draining.kill("SIGTERM");
    expect(await draining.ended).toEqual({ code: 7, signal: null });
  },
);
