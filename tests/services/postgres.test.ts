import { existsSync } from "node:fs";
import { inspect } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postgres, type Postgres } from "../../src/services/postgres.ts";
import { ask, dataOf, leftovers, ownTemporary, processesOf } from "./_servers.ts";

const temporary = ownTemporary();
delete process.env.DATABASE_URL;
afterAll(() => temporary.leave());

describe("a Postgres of our own", () => {
  let server: Postgres;
  beforeAll(async () => {
    server = await postgres({ maxConnections: 3, settings: { work_mem: "8MB", "assay.note": "it's \\ quoted" } });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test("answers, and says what it is", async () => {
    expect(await ask(server.connection, "SELECT 6 * 7 AS answer")).toEqual({ answer: 42 });
    expect(server).toMatchObject({ source: "own", maxConnections: 3, version: expect.stringMatching(/^18\.\d+$/) });
  });

  test("has durable settings, and those it was asked for", async () => {
    for (const setting of ["fsync", "synchronous_commit", "full_page_writes"]) {
      expect(await ask(server.connection, `SHOW ${setting}`)).toEqual({ [setting]: "on" });
    }
    expect(await ask(server.connection, "SHOW work_mem")).toEqual({ work_mem: "8MB" });
    expect(await ask(server.connection, "SHOW assay.note")).toEqual({ "assay.note": "it's \\ quoted" });
  });

  test("listens on loopback alone, and has no socket in the file system", async () => {
    expect(await ask(server.connection, "SHOW listen_addresses")).toEqual({ listen_addresses: "127.0.0.1" });
    expect(await ask(server.connection, "SHOW unix_socket_directories")).toEqual({ unix_socket_directories: "" });
  });

  test("does not take time zone, language or sorting from the machine", async () => {
    expect(await ask(server.connection, "SHOW timezone")).toEqual({ TimeZone: "UTC" });
    expect(await ask(server.connection, "SHOW lc_messages")).toEqual({ lc_messages: "C" });
    expect(await ask(server.connection, "SELECT 'ä' > 'z' AS later, upper('ä') AS big")).toEqual({ later: true, big: "Ä" });
  });

  test("refuses one client more than it allows with 53300, and not one fewer", async () => {
    const clients = [1, 2, 3, 4].map(() => new pg.Client(server.connection));
    try {
      await Promise.all(clients.slice(0, 3).map((client) => client.connect()));
      await expect(clients[3]!.connect()).rejects.toMatchObject({ code: "53300", message: expect.stringContaining("too many clients") });
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  });

  test("asks for its password, which is not shown when its connection is printed", async () => {
    await expect(ask({ ...server.connection, password: "guessed" }, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
    expect(inspect(server)).not.toContain(server.connection.password);
    expect(JSON.parse(JSON.stringify(server.connection))).toEqual(server.connection);
  });
});

test("two at once are two servers, and each is gone once it is disposed", async () => {
  const servers = await Promise.all([postgres(), postgres()]);
  const connections = servers.map(({ connection }) => connection);
  expect(connections[0]!.port).not.toBe(connections[1]!.port);
  const data = await Promise.all(connections.map(dataOf));
  await servers[0]![Symbol.asyncDispose]();
  expect(await leftovers(connections[0]!, data[0]!)).toEqual([]);
  expect(await ask(connections[1]!, "SELECT 1 AS one")).toEqual({ one: 1 });
  await servers[1]![Symbol.asyncDispose]();
  await servers[1]![Symbol.asyncDispose]();
  expect(await leftovers(connections[1]!, data[1]!)).toEqual([]);
  expect(data.some((directory) => existsSync(directory))).toBe(false);
});

test("a query that never ends does not hold up its end", async () => {
  const server = await postgres();
  const data = await dataOf(server.connection);
  const busy = new pg.Client(server.connection);
  busy.on("error", () => {});
  await busy.connect();
  const query = busy.query("SELECT count(*) FROM generate_series(1, 1e12)").catch((error: Error) => error);
  await server[Symbol.asyncDispose]();
  expect(await query).toBeInstanceOf(Error);
  expect(await leftovers(server.connection, data)).toEqual([]);
});

test.skipIf(process.platform === "win32")(
  "one that ends by itself fails the experiment in one clear line, and is cleared all the same",
  async () => {
    const server = await postgres();
    const data = await dataOf(server.connection);
    process.kill(processesOf(data).postmaster, "SIGKILL");
    await expect(ask(server.connection, "SELECT pg_sleep(5)")).rejects.toThrow();
    await expect(server[Symbol.asyncDispose]()).rejects.toThrow(/^Postgres ended while it was in use: it was ended by SIGKILL$/);
    expect(await leftovers(server.connection, data)).toEqual([]);
  },
);
