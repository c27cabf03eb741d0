import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLogTable, logLines } from "../../src/services/log-lines.ts";
import { postgres, type Postgres } from "../../src/services/postgres.ts";
import { ownTemporary } from "./_servers.ts";

const temporary = ownTemporary();
delete process.env.DATABASE_URL;
let server: Postgres;
beforeAll(async () => {
  server = await postgres();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  temporary.leave();
});

const fileOf = (content: string): string => {
  const path = join(temporary.path, "lines.tsv");
  writeFileSync(path, content);
  return path;
};

test("an answer holds numbers, text, truth and nothing as what they are; a time is text in UTC", async () => {
  const answer = await server.query(
    "SELECT 2::smallint, 9007199254740991::bigint, 0.5::float8, 1.25::numeric, true, NULL, 'ä', '2026-11-21 12:00:00.5Z'::timestamptz",
  );
  expect(answer).toEqual([[2, 9007199254740991, 0.5, "1.25", true, null, "ä", "2026-11-21 12:00:00.5+00"]]);
});

test("a whole number that cannot be held exactly is refused rather than rounded", async () => {
  await expect(server.query("SELECT 9007199254740993::bigint")).rejects.toThrow(RangeError);
});

test("a statement that takes too long is given up, and the next one runs", async () => {
  await expect(server.query("SELECT pg_sleep(30)", { timeout: 0.05 })).rejects.toThrow(/^Postgres took longer than 0.05 s$/);
  expect(await server.query("SELECT 1")).toEqual([[1]]);
});

test("a refused statement is one line", async () => {
  await expect(server.query("SELECT * FROM nowhere")).rejects.toThrow(/^Postgres failed: relation "nowhere" does not exist$/);
  await server.query("CREATE TABLE twice (id int)");
  await expect(server.query("CREATE TABLE twice (id int)")).rejects.toThrow(/^Postgres failed: relation "twice" already exists$/);
});

test("a log is loaded whole, and what was loaded is what was written", async () => {
  const lines = await logLines(5_000, { seed: 3 });
  await createLogTable(server);
  const before = await server.wal();
  await server.load("logs", lines.path);
  expect(await server.query(`SELECT count(*), min(id), max(id), count(DISTINCT service) FROM logs`)).toEqual([[5_000, 1, 5_000, 10]]);
  expect(await server.query("SELECT time::text FROM logs WHERE id = 1")).toEqual([["2026-06-17 00:00:00.004+00"]]);
  const { table, indexes } = await server.size("logs");
  expect(table).toBeGreaterThan(lines.bytes / 2);
  expect(indexes).toBe(0);
  // Every row is in the log of the server as well as in the table.
  expect((await server.wal()) - before).toBeGreaterThan(lines.bytes / 2);
  await server.query("CREATE INDEX ON logs (id)");
  expect((await server.size("logs")).indexes).toBeGreaterThan(5_000 * 8);
});

test("escaped tabs, line ends and backslashes are read, as is nothing at all", async () => {
  await server.query("CREATE TABLE texts (id int, said text)");
  await server.load("texts", fileOf("1\ttab\\tend\\nback\\\\slash\n2\t\n3\t\\N\n4\tGöteborg\n"));
  expect(await server.query("SELECT said FROM texts ORDER BY id")).toEqual([["tab\tend\nback\\slash"], [""], [null], ["Göteborg"]]);
});

test("a line that does not fit is refused with its number, and nothing of the file is kept", async () => {
  await server.query("CREATE TABLE numbers (id int, other int)");
  await expect(server.load("numbers", fileOf("1\t2\n3\tfour\n"))).rejects.toThrow(/^Postgres failed: .*integer: "four" \(line 2\)$/);
  await expect(server.load("numbers", fileOf("1\t2\n3\n"))).rejects.toThrow(
    /^Postgres failed: missing data for column "other" \(line 2\)$/,
  );
  expect(await server.query("SELECT count(*) FROM numbers")).toEqual([[0]]);
});

test("a file that is not there is a failure without its path", async () => {
  await expect(server.load("numbers", join(temporary.path, "nowhere.tsv"))).rejects.toThrow(/^Postgres failed: ENOENT[^/]*$/);
  expect(await server.query("SELECT 1")).toEqual([[1]]);
});

test("a disk that fills up in the middle of a load is said in words", async () => {
  await server.query(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file "base/5/16384": No space left on device' USING ERRCODE = 'disk_full'; END $$`);
  await server.query("CREATE TABLE cramped (id int)");
  await server.query("CREATE TRIGGER cramped BEFORE INSERT ON cramped FOR EACH ROW EXECUTE FUNCTION full_disk()");
  await expect(server.load("cramped", fileOf("1\n"))).rejects.toThrow(/^Postgres could not write: the disk is full$/);
});
