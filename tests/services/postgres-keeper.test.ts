import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { ServiceFailed } from "../../src/services/failed.ts";
import { postgres } from "../../src/services/postgres.ts";
import { isRunning } from "../_processes.ts";
import { dataOf, eventually, leftovers, ownTemporary, processesOf } from "./_servers.ts";

const temporary = ownTemporary();
let tests = 0;
// One that was started in another environment is not used: so each test has keepers of its own.
beforeEach(() => {
  delete process.env.DATABASE_URL;
  process.env.ASSAY_TEST = `keeper ${tests++}`;
});
afterAll(() => {
  delete process.env.ASSAY_TEST;
  temporary.leave();
});

/** Who kept a server that has been started and is gone again. */
async function keeperOfOne(): Promise<number> {
  const server = await postgres();
  const data = await dataOf(server.connection);
  const { keeper } = processesOf(data);
  await server[Symbol.asyncDispose]();
  expect(await leftovers(server.connection, data)).toEqual([]);
  return keeper;
}

describe.skipIf(process.platform !== "linux")("the process that keeps a server", () => {
  test("keeps the next one, too, and only one at a time", async () => {
    const keeper = await keeperOfOne();
    await using first = await postgres();
    await using second = await postgres();
    const keepers = await Promise.all([first, second].map(async ({ connection }) => processesOf(await dataOf(connection)).keeper));
    expect(keepers[0]).toBe(keeper);
    expect(keepers[1]).not.toBe(keeper);
  });

  test("has read the environment as it started, and where that has changed another one is started", async () => {
    const own = process.env.ASSAY_TEST;
    const keeper = await keeperOfOne();
    process.env.ASSAY_TEST = "changed";
    expect(await keeperOfOne()).not.toBe(keeper);
    process.env.ASSAY_TEST = own;
    expect(await keeperOfOne()).toBe(keeper);
  });

  test("tells that a server ended while it was in use, and keeps the next one", async () => {
    const server = await postgres();
    const data = await dataOf(server.connection);
    const { postmaster, keeper } = processesOf(data);
    process.kill(postmaster, "SIGKILL");
    await expect(server[Symbol.asyncDispose]()).rejects.toThrow(
      new ServiceFailed("Postgres ended while it was in use: it was ended by SIGKILL"),
    );
    expect(await eventually(() => leftovers(server.connection, data))).toEqual([]);
    expect(await keeperOfOne()).toBe(keeper);
  });

  test("is replaced when it has gone while nobody needed it", async () => {
    const keeper = await keeperOfOne();
    process.kill(keeper, "SIGKILL");
    await eventually(async () => (isRunning(keeper) ? ["keeper"] : []));
    // Nothing has told this process of it yet.
    expect(await keeperOfOne()).not.toBe(keeper);
  });
});
