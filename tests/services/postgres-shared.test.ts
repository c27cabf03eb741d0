import { once } from "node:events";
import net from "node:net";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ServiceFailed } from "../../src/services/failed.ts";
import { postgres, type Postgres } from "../../src/services/postgres.ts";
import { faultOf } from "../../src/services/postgres/shared-faults.ts";
import { ServiceUnavailable } from "../../src/services/unavailable.ts";
import { ask, childOf, eventually, ownTemporary, startOwner } from "./_servers.ts";

const temporary = ownTemporary();
const PASSWORD = "s3cret/ü%:@word";
let host: Postgres;
const address = ({ user = "reader", password = PASSWORD, port = host.connection.port, query = "" } = {}): string =>
  `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres${query}`;
const privates = async (): Promise<string[]> =>
  (
    await ask<{ names: string[] }>(
      host.connection,
      "SELECT array(SELECT datname::text FROM pg_database UNION ALL SELECT nspname FROM pg_namespace) AS names",
    )
  ).names.filter((name) => name.startsWith("assay"));

beforeAll(async () => {
  delete process.env.DATABASE_URL;
  host = await postgres({ maxConnections: 20 });
  // Ours has no template databases; a reader's server has.
  await ask(host.connection, "CREATE DATABASE template0 TEMPLATE postgres IS_TEMPLATE true");
  await ask(host.connection, `CREATE ROLE reader LOGIN CREATEDB PASSWORD '${PASSWORD}'`);
  await ask(host.connection, `CREATE ROLE guest LOGIN PASSWORD '${PASSWORD}'`);
  await ask(host.connection, "GRANT CREATE ON DATABASE postgres TO guest");
});
afterEach(() => void delete process.env.DATABASE_URL);
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  temporary.leave();
});

describe("where DATABASE_URL is set", () => {
  test("a private database is made on that server, and dropped", async () => {
    process.env.DATABASE_URL = address();
    const server = await postgres({ maxConnections: 2, settings: { work_mem: "8MB", fsync: "on" } });
    expect(server).toMatchObject({ source: "DATABASE_URL", maxConnections: 2, version: host.version });
    expect(await ask(server.connection, "SELECT current_database() AS name")).toEqual({ name: (await privates())[0] });
    expect(await ask(server.connection, "SHOW timezone")).toEqual({ TimeZone: "UTC" });
    expect(await ask(server.connection, "SHOW work_mem")).toEqual({ work_mem: "8MB" });
    expect(inspect(server)).not.toContain(PASSWORD);
    await server[Symbol.asyncDispose]();
    expect(await privates()).toEqual([]);
  });

  test("a private schema, if its user may not make databases", async () => {
    process.env.DATABASE_URL = address({ user: "guest" });
    const server = await postgres();
    await ask(server.connection, "CREATE TABLE mine (id int)");
    expect(await ask(server.connection, "SELECT schemaname AS name FROM pg_tables WHERE tablename = 'mine'")).toEqual({
      name: (await privates())[0],
    });
    await server[Symbol.asyncDispose]();
    expect(await privates()).toEqual([]);
  });

  test("what it cannot offer is not tried, and what was wrong about it is said", async () => {
    process.env.DATABASE_URL = address();
    await expect(postgres({ settings: { wal_level: "logical" } })).rejects.toEqual(
      new ServiceUnavailable("it needs wal_level = logical, and on the server that DATABASE_URL names it is replica"),
    );
    await expect(postgres({ maxConnections: 50 })).rejects.toBeInstanceOf(ServiceUnavailable);
    expect(await privates()).toEqual([]);
  });

  test.skipIf(process.platform === "win32")("the database of an owner that is killed is dropped", async () => {
    const { owner, connection } = await startOwner({ DATABASE_URL: address() });
    expect(await privates()).toEqual([connection.database]);
    process.kill(-owner.pid!, "SIGKILL");
    expect(await eventually(privates)).toEqual([]);
  });

  test.skipIf(process.platform === "win32")("if its keeper is killed too the next start drops it, and no other", async () => {
    process.env.DATABASE_URL = address();
    const { owner, connection } = await startOwner();
    const stays = await postgres();
    const keeper = childOf(owner.pid!);
    for (const pid of [keeper, owner.pid!]) process.kill(pid, "SIGKILL");
    expect(await privates()).toContain(connection.database);
    const next = await postgres();
    expect((await privates()).toSorted()).toEqual([stays.connection.database, next.connection.database].toSorted());
    await Promise.all([stays, next].map((server) => server[Symbol.asyncDispose]()));
    expect(await privates()).toEqual([]);
  });
});

describe("a DATABASE_URL that is wrong fails in one line that tells no secret", () => {
  const failure = async (url: string): Promise<string> => {
    process.env.DATABASE_URL = url;
    const error = await postgres().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ServiceFailed);
    const shown = inspect(error);
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), "wr0ng", "reader", "127.0.0.1"]) {
      if (url.includes(secret)) expect((error as Error).message).not.toContain(secret);
      if (!/reader|127/.test(secret)) expect(shown).not.toContain(secret);
    }
    return (error as Error).message;
  };

  test("with a wrong password", async () => {
    expect(await failure(address({ password: "wr0ng/ü" }))).toBe("the server that DATABASE_URL names refused the user or the password");
  });

  test("at a port where nobody listens", async () => {
    expect(await failure(address({ port: 1 }))).toBe("the server that DATABASE_URL names refused the connection");
  });

  test("at a server that never answers, within 2.5 s", async () => {
    const mute = net.createServer().listen(0, "127.0.0.1");
    await once(mute, "listening");
    const late = AbortSignal.timeout(2_500);
    expect(await failure(address({ port: (mute.address() as net.AddressInfo).port }))).toMatch(/did not answer within 2 s$/);
    expect(late.aborted).toBe(false);
    mute.close();
  });

  test("which is no address at all", async () => {
    expect(await failure("postgres://reader:wr0ng%@127.0.0.1:port/x")).toMatch(/^DATABASE_URL is no address of a Postgres/);
  });

  test("for a text of the driver that repeats the password in any spelling", () => {
    const url = address({ password: "p%25 w/ö" });
    for (const spelt of ["p%25 w/ö", encodeURIComponent("p%25 w/ö"), url]) {
      const { message } = faultOf(url)(new Error(`cannot use ${spelt} here`), { password: "p%25 w/ö" } as never);
      expect(message).toBe("the server that DATABASE_URL names failed: cannot use … here");
    }
  });
});
