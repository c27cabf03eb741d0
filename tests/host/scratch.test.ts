import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { enterRoom, openRoom, room } from "../../src/host/room.ts";
import { openScratch, registryOf, sweepScratch } from "../../src/host/scratch.ts";
import { ownTemporary } from "../services/_servers.ts";

const SCRATCH = new URL("../../src/host/scratch.ts", import.meta.url).href;
const temporary = ownTemporary();
afterAll(() => temporary.leave());

/** A process in a group of its own that has a private directory. */
async function startOwner(): Promise<{ readonly directory: string; readonly end: (signal: NodeJS.Signals) => Promise<void> }> {
  const owner = spawn(process.execPath, [fileURLToPath(new URL("./_scratch-owner.ts", import.meta.url))], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = new Promise<void>((resolve) => owner.once("exit", () => resolve()));
  const lines = createInterface({ input: owner.stdout });
  const directory = await new Promise<string>((resolve) => lines.once("line", resolve));
  const end = (signal: NodeJS.Signals): Promise<void> => {
    owner.kill(signal);
    return gone;
  };
  return { directory, end };
}

test("a private directory is its user's alone, and gone with its sign of life once it is disposed", async () => {
  const scratch = await openScratch();
  writeFileSync(join(scratch.directory, "file"), "content");
  if (process.platform !== "win32") expect(statSync(scratch.directory).mode & 0o777).toBe(0o700);
  await scratch[Symbol.asyncDispose]();
  expect(readdirSync(registryOf())).toEqual([]);
});

test("what a killed process left is swept, what a living one uses is not", async () => {
  const [killed, living] = await Promise.all([startOwner(), startOwner()]);
  writeFileSync(join(killed.directory, "file"), "content");
  await killed.end("SIGKILL");
  expect(existsSync(killed.directory)).toBe(true);
  await sweepScratch();
  expect(existsSync(killed.directory)).toBe(false);
  expect(existsSync(living.directory)).toBe(true);
  await living.end("SIGKILL");
  await sweepScratch();
  expect(readdirSync(registryOf())).toEqual([]);
});

test("a process that just ends leaves neither the directory nor its sign of life", async () => {
  const leaving = spawn(process.execPath, [
    "--input-type=module",
    "-e",
    `await (await import(${JSON.stringify(SCRATCH)})).openScratch(); process.exit(0);`,
  ]);
  await new Promise((resolve) => leaving.once("exit", resolve));
  expect(readdirSync(registryOf())).toEqual([]);
});

test("a sign of life that speaks for nothing is swept, too", async () => {
  const { directory, end } = await startOwner();
  await end("SIGKILL");
  rmSync(directory, { recursive: true });
  await sweepScratch();
  expect(readdirSync(registryOf())).toEqual([]);
});

test("what may still work in a directory is ended before it is swept", async () => {
  const { directory, end } = await startOwner();
  await end("SIGKILL");
  const told: string[] = [];
  await sweepScratch({ end: async (swept) => void told.push(`${basename(swept)} ${existsSync(swept) ? "is there" : "is gone"}`) });
  expect(told).toEqual([`${basename(directory)} is there`]);
});

test("a registry that somebody else made first is refused", () => {
  const name = `assay-foreign-${process.getuid?.() ?? "user"}`;
  writeFileSync(join(temporary.path, name), "not a directory");
  expect(() => registryOf({ kind: "foreign" })).toThrow();
});

test("a path that is too long for a socket is refused in words", async () => {
  const deep = join(temporary.path, "a".repeat(60), "b".repeat(60));
  mkdirSync(deep, { recursive: true });
  process.env.TMPDIR = deep;
  try {
    await expect(openScratch()).rejects.toMatchObject({ code: "ENAMETOOLONG" });
  } finally {
    process.env.TMPDIR = temporary.path;
  }
});

test("a process that was told of no room has one of its own; one that was, has that", async () => {
  const own = await room();
  expect(await room()).toBe(own);
  expect(existsSync(own)).toBe(true);
  const run = await openRoom();
  enterRoom(run.directory);
  expect(await room()).toBe(run.directory);
  await run[Symbol.asyncDispose]();
  expect(existsSync(run.directory)).toBe(false);
  expect(existsSync(own)).toBe(true);
});
