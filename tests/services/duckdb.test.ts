import { createRequire } from "node:module";
import { afterAll, describe, expect, test } from "vitest";
import { duckdb, type DuckDB } from "../../src/services/duckdb.ts";
import { told } from "../../src/services/duckdb/faults.ts";
import { ServiceFailed } from "../../src/services/failed.ts";
import { ServiceUnavailable } from "../../src/services/unavailable.ts";
import { ODD_LINES, tabLines } from "./_tab-lines.ts";

const lines = tabLines();
afterAll(lines.leave);

const EVENTS = "(n INTEGER, a VARCHAR, b VARCHAR)";

test("where the package is not installed there is no DuckDB", async () => {
  const failing = duckdb({}, { resolve: createRequire("/").resolve });
  await expect(failing).rejects.toThrow(ServiceUnavailable);
  await expect(failing).rejects.toThrow("it needs DuckDB, and the package @duckdb/node-api is not installed; run npm ci");
});

describe("a DuckDB", () => {
  test("answers with numbers, text, truth values and nulls", async () => {
    await using engine = await duckdb();
    expect(engine).toMatchObject({ engine: "DuckDB", source: "own", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect(
      await engine.query(
        `SELECT 9007199254740991::UBIGINT, -2::BIGINT, 5::HUGEINT, 3::UTINYINT, sum(range), 1.5::DOUBLE, 'nan'::DOUBLE, '-inf'::FLOAT,
                0.10::DECIMAL(9, 2), true, NULL, 'x''y', TIMESTAMP '2020-01-02 03:04:05', '2020-01-02 03:04:05+00'::TIMESTAMPTZ::VARCHAR, [1, 2]
           FROM range(10)`,
      ),
    ).toEqual([
      [2 ** 53 - 1, -2, 5, 3, 45, 1.5, NaN, -Infinity, "0.10", true, null, "x'y", "2020-01-02 03:04:05", "2020-01-02 03:04:05+00", "[1,2]"],
    ]);
    await expect(engine.query("SELECT 9007199254740992")).rejects.toThrow(RangeError);
    expect(await engine.query("CREATE TABLE t (n INTEGER)")).toEqual([]);
    expect(await engine.query("INSERT INTO t VALUES (1)")).toEqual([]);
  });

  test("refuses in one line without a path, and goes on", async () => {
    await using engine = await duckdb();
    await engine.query(`CREATE TABLE t ${EVENTS}`);
    const refusals = ["SELEC 1", `CREATE TABLE t ${EVENTS}`, "SELECT x FROM t", "SELECT * FROM '/etc/passwd'"];
    for (const sql of refusals) {
      const refused = engine.query(sql);
      await expect(refused, sql).rejects.toThrow(ServiceFailed);
      await expect(refused, sql).rejects.toThrow(/^DuckDB failed: (?!.*(\/| Error: |LINE 1)).{5,280}$/);
    }
    await expect(engine.query(`CREATE TABLE t ${EVENTS}`)).rejects.toThrow('Table with name "t" already exists');
    const endless = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range + b.range = 7 AND a.range % 3 = b.range % 5";
    await expect(engine.query(endless, { timeout: 0.1 })).rejects.toThrow("DuckDB took longer than 0.1 s");
    expect(await engine.query("SELECT 5::BIGINT")).toEqual([[5]]);
  });

  test("statements that are put at once run one after the other", async () => {
    await using engine = await duckdb();
    const put = [engine.query(`CREATE TABLE t ${EVENTS}`), engine.query("nonsense"), engine.query("SELECT count(*) FROM t")];
    expect((await Promise.allSettled(put)).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("loads lines as they are meant, whatever they and their file are called", async () => {
    await using engine = await duckdb();
    await engine.query(`CREATE TABLE t ${EVENTS}`);
    await engine.load("t", lines.file(ODD_LINES.map(([line]) => `${line}\n`).join("")));
    const plain = ODD_LINES.filter(([line]) => !line.includes("\\"));
    await engine.load("t", lines.file(plain.map(([line]) => line).join("\n")));
    const twice = [...ODD_LINES, ...plain].map(([, row]) => row).toSorted(([a], [b]) => a - b);
    expect(await engine.query("SELECT * FROM t ORDER BY n")).toEqual(twice);
  });

  test("refuses a line that does not fit, a file that is not there, and an escape that it does not know", async () => {
    await using engine = await duckdb();
    await engine.query(`CREATE TABLE t ${EVENTS}`);
    await expect(engine.load("t", lines.file("7\ta\tb\nx\ta\tb\n"))).rejects.toThrow(/^DuckDB failed: .*\(line 2\)$/);
    await expect(engine.load("t", lines.file("7\ta\n"))).rejects.toThrow(/^DuckDB failed: Expected Number of Columns: 3.*\(line 1\)$/);
    await expect(engine.load("t", lines.file("7\ta\\x41\tb\n"))).rejects.toThrow("an escape other than");
    await expect(engine.load("t", lines.file(Buffer.from("7\t\xff\tb\n", "latin1")))).rejects.toThrow(/unicode/);
    await expect(engine.load("t", "/nowhere/at/all")).rejects.toThrow("the file of lines cannot be read (ENOENT)");
    for (const text of ["1\n", "\\N\n"]) await expect(engine.load("u", lines.file(text))).rejects.toThrow(/u does not exist/);
    await expect(engine.load("t; DROP TABLE t", lines.file("1\n"))).rejects.toThrow(TypeError);
    expect(await engine.query("SELECT count(*) FROM t")).toEqual([[0]]);
  });

  test("tells the bytes of a table and of its indexes", async () => {
    await using engine = await duckdb();
    await engine.query("CREATE TABLE t (n BIGINT)");
    expect(await engine.size("t")).toEqual({ table: 0, indexes: 0 });
    await engine.query("INSERT INTO t SELECT hash(range) // 2 FROM range(1000000)");
    const { table, indexes } = await engine.size("t");
    expect(table).toBeGreaterThan(4e6);
    expect(indexes).toBe(0);
    await engine.query("CREATE INDEX i ON t(n)");
    const indexed = await engine.size("t");
    expect(indexed.table).toBe(table);
    expect(indexed.indexes).toBeGreaterThan(4e6);
    await engine.query("CREATE TABLE u (n BIGINT PRIMARY KEY)");
    await expect(engine.size("t")).rejects.toThrow("where several tables have indexes");
    await expect(engine.size("none")).rejects.toThrow(ServiceFailed);
  });

  test("adds up what went into the write-ahead log, over its checkpoints", async () => {
    await using engine = await duckdb();
    await engine.query("CREATE TABLE t (s VARCHAR)");
    const before = await engine.wal();
    await engine.query("INSERT INTO t SELECT repeat('x', 1000) || range FROM range(1000)");
    const once = (await engine.wal()) - before;
    expect(once).toBeGreaterThan(1e6);
    await engine.query("CHECKPOINT");
    expect(await engine.wal()).toBe(before + once);
    await engine.query("INSERT INTO t SELECT repeat('x', 1000) || range FROM range(1000)");
    expect(await engine.wal()).toBeGreaterThan(before + 1.9 * once);
  });

  test("what is stored is filled once, and what a copy changes is changed there alone", async () => {
    let filled = 0;
    const fill = async (engine: DuckDB): Promise<void> => {
      filled++;
      await engine.query("CREATE TABLE t AS SELECT range AS n FROM range(1000)");
    };
    for (const changes of [false, true, true, false]) {
      await using engine = await duckdb({ stored: { name: "thousand", fill, changes } });
      expect(await engine.query("SELECT count(*) FROM t")).toEqual([[1000]]);
      expect(await engine.wal()).toBe(0);
      if (changes) await engine.query("INSERT INTO t VALUES (1)");
    }
    expect(filled).toBe(1);
    await using empty = await duckdb();
    expect(await empty.query("SHOW TABLES")).toEqual([]);
  });

  test("two beside each other know nothing of each other, and one that is disposed answers no more", async () => {
    await using first = await duckdb();
    const second = await duckdb();
    await second.query("CREATE TABLE t (n INTEGER)");
    expect(await first.query("SHOW TABLES")).toEqual([]);
    await second[Symbol.asyncDispose]();
    await second[Symbol.asyncDispose]();
    await expect(second.query("SELECT 1")).rejects.toThrow(ServiceFailed);
  });
});

test("a full disk is told as one", () => {
  const write = 'IO Error: Could not write all bytes to file "/tmp/x/data/db.duckdb": wanted=262144 wrote=4096: No space left on device';
  expect(told(write)).toBe("DuckDB could not write: the disk is full");
  expect(told('Out of Memory Error: failed to offload data block (max_temp_directory_size: "1 GiB")')).toMatch(/the disk is full$/);
});
