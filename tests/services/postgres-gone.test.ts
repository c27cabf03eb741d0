import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postgres } from "../../src/services/postgres.ts";
import { isRunning } from "../_processes.ts";
import { dataOf, eventually, leftovers, ownTemporary, processesOf, startOwner } from "./_servers.ts";

const temporary = ownTemporary();
beforeAll(() => void delete process.env.DATABASE_URL);
afterAll(() => temporary.leave());

/** Kills processes, and waits until they are gone. */
async function killed(processes: readonly number[]): Promise<void> {
  for (const pid of processes) process.kill(pid, "SIGKILL");
  expect(await eventually(async () => processes.filter(isRunning).map(String))).toEqual([]);
}

/** What is in this user's registry beside templates. */
const instances = (): string[] =>
  readdirSync(temporary.path)
    .filter((name) => name.startsWith("assay-postgres-"))
    // Not recursively: what is being removed at this moment would be missed in the middle of the walk.
    .flatMap((registry) => readdirSync(join(temporary.path, registry)))
    .filter((name) => /^[0-9a-f]{12}(\.alive)?$/.test(name));

/** Key and id of the shared memory that guards a data directory, as its server wrote them down. */
const guardOf = (data: string): string[] => readFileSync(`${data}/postmaster.pid`, "utf8").split("\n")[6]!.trim().split(/\s+/);
const inUse = ([key, id]: readonly string[]): boolean =>
  readFileSync("/proc/sysvipc/shm", "utf8")
    .split("\n")
    .some((line) => line.trim().split(/\s+/).slice(0, 2).join() === [key, id].join());

describe.skipIf(process.platform === "win32")("a server whose owner ends is gone with it", () => {
  test.each(["SIGTERM", "SIGINT", "SIGKILL"] as const)("by %s to its whole process group", async (signal) => {
    const { owner, connection } = await startOwner();
    const data = await dataOf(connection);
    process.kill(-owner.pid!, signal);
    expect(await eventually(() => leftovers(connection, data))).toEqual([]);
  });

  test("by SIGKILL at any moment while it is starting", async () => {
    for (const moment of [60, 120, 180, 240]) {
      const owner = spawn(process.execPath, [fileURLToPath(new URL("./_owner.ts", import.meta.url))], { stdio: "ignore", detached: true });
      await setTimeout(moment);
      process.kill(-owner.pid!, "SIGKILL");
    }
    expect(await eventually(async () => instances())).toEqual([]);
  });
});

describe.skipIf(process.platform !== "linux")("what nobody is left to clear, the next start clears", () => {
  test("owner and keeper killed, the server itself still running", async () => {
    const { owner, connection } = await startOwner();
    const data = await dataOf(connection);
    await killed([processesOf(data).keeper, owner.pid!]);
    expect(await leftovers(connection, data)).toContain("port");
    await using _next = await postgres();
    expect(await leftovers(connection, data)).toEqual([]);
  });

  test("owner, keeper and server killed: directory and shared memory", async () => {
    const { owner, connection } = await startOwner();
    const data = await dataOf(connection);
    const { keeper, postmaster } = processesOf(data);
    const guard = guardOf(data);
    expect(inUse(guard)).toBe(true);
    await killed([keeper, owner.pid!, postmaster]);
    await (await postgres())[Symbol.asyncDispose]();
    expect(await leftovers(connection, data)).toEqual([]);
    expect(inUse(guard)).toBe(false);
  });

  test("while a server whose owner lives is left alone", async () => {
    await using first = await postgres();
    await using _second = await postgres();
    expect(await leftovers(first.connection, await dataOf(first.connection))).toContain("port");
  });
});
