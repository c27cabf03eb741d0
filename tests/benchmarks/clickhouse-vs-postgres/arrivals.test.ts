import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { arrivalsAfter, linesAfter, statementOf } from "../../../benchmarks/clickhouse-vs-postgres/_arrivals.ts";
import { logRecords } from "../../../src/inputs/log-records.ts";

const column = (line: string, index: number): string => line.split("\t")[index]!;

describe("rows that arrive", () => {
  test("have the ids after those that are held", () => {
    const ids = [...linesAfter(1_000, 50)].map((line) => Number(column(line, 0)));
    expect(ids).toEqual(Array.from({ length: 50 }, (_, index) => 1_001 + index));
  });

  test("come, but for chance, later than those that are held", () => {
    const held = [...logRecords(10_000)].at(-1)!;
    const first = Date.parse(`${column(linesAfter(10_000, 1).next().value!, 1)}Z`);
    expect(Math.abs(first - held.time)).toBeLessThan(10_000);
  });

  test("are other rows than those that are held", () => {
    const held = new Set([...logRecords(1_000)].map(({ trace }) => trace));
    expect([...linesAfter(1_000, 1_000)].some((line) => held.has(column(line, 7)))).toBe(false);
  });

  test("are the same each time", () => {
    expect([...linesAfter(20, 20)]).toEqual([...linesAfter(20, 20)]);
  });

  test("are handed out once, as statements or in files, and the files go when they are no longer needed", async () => {
    let paths: readonly string[];
    {
      await using arrivals = arrivalsAfter(100, 10);
      expect(arrivals.statement()).toMatch(/^INSERT INTO logs VALUES \(101, /);
      paths = await arrivals.batches(3, 3);
      const ids = paths.map((path) =>
        readFileSync(path, "utf8")
          .trimEnd()
          .split("\n")
          .map((line) => Number(column(line, 0))),
      );
      expect(ids).toEqual([
        [102, 103, 104],
        [105, 106, 107],
        [108, 109, 110],
      ]);
      expect(() => arrivals.statement()).toThrow("more than 10 rows were asked for");
    }
    expect(paths.filter((path) => existsSync(path))).toEqual([]);
  });
});

test("a line becomes a statement with its numbers as numbers and its texts quoted", () => {
  expect(statementOf("7\t2026-06-17 00:00:00.123\tauth\tinfo\t200\t5\t90\tabc\tit's fine\n")).toBe(
    "INSERT INTO logs VALUES (7, '2026-06-17 00:00:00.123', 'auth', 'info', 200, 5, 90, 'abc', 'it''s fine')",
  );
});
