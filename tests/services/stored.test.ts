import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { enterRoom, openRoom } from "../../src/host/room.ts";
import type { Scratch } from "../../src/host/scratch.ts";
import { logLines } from "../../src/services/log-lines.ts";
import { postgres, type Postgres } from "../../src/services/postgres.ts";
import { dataOf, ownTemporary, processesOf } from "./_servers.ts";

const temporary = ownTemporary();
beforeAll(() => void delete process.env.DATABASE_URL);
afterAll(() => temporary.leave());

let room: Scratch;
let fills: number;
beforeEach(async () => {
  room = await openRoom();
  enterRoom(room.directory);
  fills = 0;
});
afterEach(() => room[Symbol.asyncDispose]());

const fill = async (server: Postgres): Promise<void> => {
  fills++;
  await server.query("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id");
};
const rows = async (server: Postgres): Promise<unknown> => (await server.query("SELECT count(*) FROM kept"))[0]![0];
const stores = (): string[] => readdirSync(room.directory);

describe("what an engine holds when it starts", () => {
  test("is loaded once a run, however often it is asked for", async () => {
    for (let use = 0; use < 3; use++) {
      await using server = await postgres({ stored: { name: "kept", fill } });
      expect(await rows(server)).toBe(1000);
    }
    expect(fills).toBe(1);
    expect(stores()).toEqual([expect.stringMatching(/^postgres-18.*-kept$/)]);
  });

  test("is the same for everybody where its use changes it", async () => {
    for (let use = 0; use < 2; use++) {
      await using server = await postgres({ stored: { name: "kept", fill, changes: true } });
      expect(await rows(server)).toBe(1000);
      await server.query("DELETE FROM kept");
    }
    expect(fills).toBe(1);
  });

  test("is another one for a server with other settings", async () => {
    await using _one = await postgres({ stored: { name: "kept", fill } });
    await using _other = await postgres({ settings: { wal_level: "logical" }, stored: { name: "kept", fill } });
    expect(fills).toBe(2);
  });

  test("is loaded again if the server that used it was killed", async () => {
    const server = await postgres({ stored: { name: "kept", fill } });
    process.kill(processesOf(await dataOf(server.connection)).postmaster, "SIGKILL");
    await expect(Promise.resolve(server[Symbol.asyncDispose]())).rejects.toThrow("Postgres ended while it was in use");
    expect(stores()).toEqual([]);
    await using again = await postgres({ stored: { name: "kept", fill } });
    expect(await rows(again)).toBe(1000);
    expect(fills).toBe(2);
  });

  test("is not there if loading it failed, and the failure is told", async () => {
    const broken = async (server: Postgres): Promise<void> => void (await server.query("SELECT 1 / 0"));
    await expect(postgres({ stored: { name: "kept", fill: broken } })).rejects.toThrow("division by zero");
    expect(stores()).toEqual([]);
  });

  test("has a name that stays in the room", async () => {
    await expect(postgres({ stored: { name: "../elsewhere", fill } })).rejects.toThrow(TypeError);
  });
});

describe("a log as a file", () => {
  test("is made once a run, and the same bytes every time", async () => {
    const [first, again] = [await logLines(2_000), await logLines(2_000)];
    expect(again).toEqual(first);
    const other = await logLines(2_000, { seed: 2 });
    expect(other.digest).not.toBe(first.digest);
    expect(first).toMatchObject({ rows: 2_000, digest: "e43c28cab133177cd2b2a29619df66a871726cdd1e834db72557c96394f51101" });
    expect(existsSync(first.path) && first.path.startsWith(join(room.directory, "log-"))).toBe(true);
  });
});
