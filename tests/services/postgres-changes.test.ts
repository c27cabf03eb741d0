import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ServiceFailed } from "../../src/services/failed.ts";
import { postgres, type Postgres } from "../../src/services/postgres.ts";
import { followChanges, type Transaction } from "../../src/services/postgres/changes.ts";
import { ServiceUnavailable } from "../../src/services/unavailable.ts";
import { ask, ownTemporary } from "./_servers.ts";

const temporary = ownTemporary();
delete process.env.DATABASE_URL;
afterAll(() => temporary.leave());

describe("whoever follows the changes of a table", () => {
  let server: Postgres;
  let client: pg.Client;
  const followed = { tables: ["people"] };
  beforeAll(async () => {
    server = await postgres({ settings: { wal_level: "logical", max_replication_slots: "2" } });
    client = new pg.Client(server.connection);
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await server[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await client.query("DROP TABLE IF EXISTS people, others");
    await client.query("CREATE TABLE people (id bigint PRIMARY KEY, name text, note text); CREATE TABLE others (id int PRIMARY KEY)");
  });

  /** What the follower was handed, after these statements. */
  async function handedOver(...statements: readonly string[]): Promise<Transaction[]> {
    const heard: Transaction[] = [];
    await using following = await followChanges(server.connection, followed, (transactions) => void heard.push(...transactions));
    for (const statement of statements) await client.query(statement);
    await following.caughtUp();
    return heard;
  }

  test("is told of rows that are added, changed, given another key, and removed", async () => {
    const heard = await handedOver(
      "INSERT INTO people VALUES (1, 'Ada', NULL)",
      "UPDATE people SET name = 'Bo' WHERE id = 1",
      "UPDATE people SET id = 2 WHERE id = 1",
      "DELETE FROM people WHERE id = 2",
    );
    expect(heard.map(({ changes }) => changes)).toEqual([
      [{ kind: "insert", table: "people", row: { id: 1, name: "Ada", note: null } }],
      [{ kind: "update", table: "people", key: { id: 1 }, row: { id: 1, name: "Bo", note: null } }],
      [{ kind: "update", table: "people", key: { id: 1 }, row: { id: 2, name: "Bo", note: null } }],
      [{ kind: "delete", table: "people", key: { id: 2 } }],
    ]);
  });

  test("gets transactions whole, in the order of their commits, and none that was rolled back", async () => {
    const other = new pg.Client(server.connection);
    await other.connect();
    try {
      const heard: Transaction[] = [];
      await using following = await followChanges(server.connection, followed, (transactions) => void heard.push(...transactions));
      await other.query("BEGIN; INSERT INTO people VALUES (1)");
      await client.query("INSERT INTO people VALUES (2)");
      await client.query("BEGIN; INSERT INTO people VALUES (9); ROLLBACK");
      await other.query("INSERT INTO people VALUES (3); COMMIT");
      await following.caughtUp();
      const ids = heard.map(({ changes }) => changes.map((change) => change.kind === "insert" && change.row.id));
      expect(ids).toEqual([[2], [1, 3]]);
      expect(heard[0]!.committedAt).toBeLessThanOrEqual(heard[1]!.committedAt);
      expect(heard[0]!.position).toMatch(/^[0-9A-F]+\/[0-9A-F]+$/);
    } finally {
      await other.end();
    }
  });

  test("hears nothing of other tables, nor of what was there before", async () => {
    await client.query("INSERT INTO people VALUES (1)");
    expect(await handedOver("INSERT INTO others VALUES (1)")).toEqual([]);
  });

  test("lacks in an update the large value that was left as it was", async () => {
    const [, update] = await handedOver(
      "ALTER TABLE people ALTER note SET STORAGE EXTERNAL; INSERT INTO people VALUES (1, 'Ada', repeat('x', 5000))",
      "UPDATE people SET name = 'Bo' WHERE id = 1",
    );
    expect(update!.changes).toEqual([{ kind: "update", table: "people", key: { id: 1 }, row: { id: 1, name: "Bo" } }]);
  });

  test("has acknowledged what it was done with, and nothing before", async () => {
    const work = Promise.withResolvers<void>();
    await using following = await followChanges(server.connection, followed, () => work.promise);
    const confirmed = (): Promise<{ behind: boolean }> =>
      ask(server.connection, "SELECT confirmed_flush_lsn < pg_current_wal_lsn() AS behind FROM pg_replication_slots");
    await client.query("INSERT INTO people VALUES (1)");
    expect(await confirmed()).toEqual({ behind: true });
    work.resolve();
    await following.caughtUp();
    await expect.poll(confirmed).toEqual({ behind: false });
  });

  test("leaves neither a slot nor a publication", async () => {
    await handedOver("INSERT INTO people VALUES (1)");
    const left =
      "SELECT (SELECT count(*) FROM pg_replication_slots)::int AS slots, (SELECT count(*) FROM pg_publication)::int AS publications";
    expect(await ask(server.connection, left)).toEqual({ slots: 0, publications: 0 });
  });

  test("learns of its own failure when it asks or ends, and is handed nothing more", async () => {
    let calls = 0;
    const following = await followChanges(server.connection, followed, () => {
      calls++;
      throw new ServiceFailed("the store is full");
    });
    await client.query("INSERT INTO people VALUES (1)");
    await expect(following.caughtUp()).rejects.toThrow("the store is full");
    await client.query("INSERT INTO people VALUES (2)");
    await expect(following[Symbol.asyncDispose]()).rejects.toThrow("the store is full");
    expect(calls).toBe(1);
  });

  test("learns that the stream broke off", async () => {
    const following = await followChanges(server.connection, followed, () => {});
    await client.query("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots");
    await expect(following.caughtUp()).rejects.toThrow(ServiceFailed);
    await expect(following[Symbol.asyncDispose]()).rejects.toThrow(ServiceFailed);
  });

  test("is told in one line what is wrong with the table: it is not there, or has no key", async () => {
    const follow = (table: string) => followChanges(server.connection, { tables: [table] }, () => {});
    await expect(follow("nobody")).rejects.toThrow('Postgres failed: relation "nobody" does not exist');
    await client.query("CREATE TABLE IF NOT EXISTS keyless (id int)");
    await expect(follow("keyless")).rejects.toThrow("the table keyless has no primary key");
    expect(await ask(server.connection, "SELECT count(*)::int AS left FROM pg_publication")).toEqual({ left: 0 });
  });

  test("is not served where all slots are taken, which is no failure", async () => {
    const follow = () => followChanges(server.connection, followed, () => {});
    await using _one = await follow();
    await using _two = await follow();
    await expect(follow()).rejects.toThrow(ServiceUnavailable);
  });
});

test("a server that does not log enough for it has none of it to offer", async () => {
  await using server = await postgres();
  await server.query("CREATE TABLE people (id int PRIMARY KEY)");
  const following = followChanges(server.connection, { tables: ["people"] }, () => {});
  await expect(following).rejects.toThrow(ServiceUnavailable);
  await expect(following).rejects.toThrow("it needs Postgres with wal_level = logical, and on this server it is replica");
});
