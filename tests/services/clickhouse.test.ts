import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, describe, expect, test } from "vitest";
import { clickhouse, type ClickHouse } from "../../src/services/clickhouse.ts";
import { told } from "../../src/services/clickhouse/faults.ts";
import { library } from "../../src/services/clickhouse/library.ts";
import { ServiceFailed } from "../../src/services/failed.ts";
import { ServiceUnavailable } from "../../src/services/unavailable.ts";
import { ODD_LINES, tabLines } from "./_tab-lines.ts";

delete process.env.CLICKHOUSE_URL;
const lines = tabLines();
afterAll(lines.leave);

/** The package is optional, and has no library for some platforms. */
const installed = ((): boolean => {
  try {
    return library() !== undefined;
  } catch {
    return false;
  }
})();

const EVENTS = "(n Int32, a Nullable(String), b String) ENGINE = MergeTree ORDER BY n";

describe("where there is no ClickHouse", () => {
  test("the package that is not installed is named, and the way out", async () => {
    const resolve = createRequire("/").resolve;
    const failing = clickhouse({}, { resolve });
    await expect(failing).rejects.toThrow(ServiceUnavailable);
    await expect(failing).rejects.toThrow(
      "it needs ClickHouse, and the package chdb is not installed; set CLICKHOUSE_URL to use a server of your own",
    );
  });
});

describe.skipIf(!installed)("a ClickHouse in this process", () => {
  test("answers with numbers, text, truth values and nulls", async () => {
    await using engine = await clickhouse();
    expect(engine).toMatchObject({ engine: "ClickHouse", source: "own", version: expect.stringMatching(/^\d+\.\d+$/) });
    expect(
      await engine.query(
        `SELECT 9007199254740991::UInt64, -2::Int64, 5::Int128, 3::UInt8, 1::Nullable(UInt64), sum(number), 1.5, nan, -inf, toDecimal64('0.10', 2),
                true, NULL, toLowCardinality('q'), 'x''y\\n', toDateTime('2020-01-02 03:04:05'), [1, 2] FROM numbers(10)`,
      ),
    ).toEqual([[2 ** 53 - 1, -2, 5, 3, 1, 45, 1.5, NaN, -Infinity, "0.1", true, null, "q", "x'y\n", "2020-01-02 03:04:05", "[1,2]"]]);
    expect(await engine.query("SELECT toString(toDateTime(0))")).toEqual([["1970-01-01 00:00:00"]]);
    await expect(engine.query("SELECT 9007199254740992::UInt64")).rejects.toThrow(RangeError);
    await expect(engine.query("SELECT 1 FORMAT TSV")).rejects.toThrow(TypeError);
  });

  test("refuses in one line without a path, and goes on", async () => {
    await using engine = await clickhouse();
    await engine.query(`CREATE TABLE t ${EVENTS}`);
    const refusals = ["SELEC 1", `CREATE TABLE t ${EVENTS}`, "SELECT x FROM t", "SELECT * FROM file('/etc/passwd', 'CSV', 'a Int8')"];
    for (const sql of refusals) {
      const refused = engine.query(sql);
      await expect(refused, sql).rejects.toThrow(ServiceFailed);
      await expect(refused, sql).rejects.toThrow(/^ClickHouse failed: (?!.*(\/|Code: |DB::|Expected one of)).{5,280}$/);
    }
    await expect(engine.query(`CREATE TABLE t ${EVENTS}`)).rejects.toThrow("Table assay.t already exists");
    const endless = "SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1";
    await expect(engine.query(endless, { timeout: 0.1 })).rejects.toThrow("ClickHouse took longer than 0.1 s");
    expect(await engine.query("SELECT 5")).toEqual([[5]]);
  });

  test("statements that are put at once run one after the other", async () => {
    await using engine = await clickhouse();
    const put = [engine.query(`CREATE TABLE t ${EVENTS}`), engine.query("nonsense"), engine.query("SELECT count() FROM t")];
    expect((await Promise.allSettled(put)).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("loads lines as they are meant, whatever they and their file are called", async () => {
    await using engine = await clickhouse();
    await engine.query(`CREATE TABLE t ${EVENTS}`);
    await engine.load("t", lines.file(ODD_LINES.map(([line]) => `${line}\n`).join("")));
    expect(await engine.query("SELECT * FROM t ORDER BY n")).toEqual(ODD_LINES.map(([, row]) => row));
    await engine.load("t", lines.file("6\tlast\tline without an end"));
    expect(await engine.query("SELECT count() FROM t")).toEqual([[6]]);
    await expect(engine.load("t", lines.file("7\ta\tb\nx\ta\tb\n"))).rejects.toThrow(/^ClickHouse failed: .*\(line 2\)$/);
    await expect(engine.load("t", "/nowhere/at/all")).rejects.toThrow(/^ClickHouse failed: (?!.*nowhere)/);
    await expect(engine.load("u", lines.file("1\n"))).rejects.toThrow("Table assay.u does not exist");
    await expect(engine.load("t; DROP TABLE t", lines.file("1\n"))).rejects.toThrow(TypeError);
  });

  test("tells the bytes and the parts of a table, and merges them to one", async () => {
    await using engine = await clickhouse();
    await engine.query("CREATE TABLE t (n UInt64, INDEX i n TYPE minmax) ENGINE = MergeTree ORDER BY n");
    expect(await engine.size("t")).toEqual({ table: 0, indexes: 0 });
    for (const from of [0, 1e5, 2e5]) await engine.query(`INSERT INTO t SELECT number + ${from} FROM numbers(100000)`);
    expect(await engine.parts("t")).toBeGreaterThan(0);
    await engine.settle("t");
    expect(await engine.parts("t")).toBe(1);
    const { table, indexes } = await engine.size("t");
    expect(table).toBeGreaterThan(100_000);
    expect(indexes).toBeGreaterThan(0);
    const [[all]] = (await engine.query("SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND table = 't'")) as [[number]];
    expect(table + indexes).toBe(all);
    expect(await engine.wal()).toBe(0);
  });

  test("what is stored is filled once, and what a copy changes is changed there alone", async () => {
    let filled = 0;
    const fill = async (engine: ClickHouse): Promise<void> => {
      filled++;
      await engine.query("CREATE TABLE t (n Int32) ENGINE = MergeTree ORDER BY n");
      await engine.query("INSERT INTO t SELECT number FROM numbers(1000)");
    };
    for (const changes of [false, true, true, false]) {
      await using engine = await clickhouse({ stored: { name: "thousand", fill, changes } });
      expect(await engine.query("SELECT count() FROM t")).toEqual([[1000]]);
      if (changes) await engine.query("INSERT INTO t VALUES (1)");
    }
    expect(filled).toBe(1);
    await using empty = await clickhouse();
    expect(await empty.query("SHOW TABLES")).toEqual([]);
  });

  test("a second one in the same process is refused, until the first is disposed", async () => {
    const first = await clickhouse();
    await expect(clickhouse()).rejects.toThrow("a process has room for one ClickHouse: dispose the first before you start another");
    const [[directory]] = (await first.query("SELECT value FROM system.server_settings WHERE name = 'path'")) as [[string]];
    expect(existsSync(directory)).toBe(true);
    await first[Symbol.asyncDispose]();
    await first[Symbol.asyncDispose]();
    expect(existsSync(directory)).toBe(false);
    await expect(first.query("SELECT 1")).rejects.toThrow(ServiceFailed);
    await (await clickhouse())[Symbol.asyncDispose]();
  });
});

test("a full disk is told as one, by its code and by the system's words", () => {
  const reserve = "Query failed: Code: 243. DB::Exception: Cannot reserve 108.54 MiB, not enough space. (NOT_ENOUGH_SPACE)";
  const write =
    "Code: 75. DB::Exception: Cannot write to file /data/x.bin, errno: 28, strerror: No space left on device: While executing X";
  expect(told(reserve, "243", 60)).toBe("ClickHouse could not write: the disk is full");
  expect(told(write, "75", 60)).toBe("ClickHouse could not write: the disk is full");
});
