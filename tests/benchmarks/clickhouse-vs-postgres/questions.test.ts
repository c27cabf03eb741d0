import { describe, expect, test } from "vitest";
import { answers } from "../../../benchmarks/clickhouse-vs-postgres/_questions.ts";
import { logRecords } from "../../../src/inputs/log-records.ts";
import { clickhouse } from "../../../src/services/clickhouse.ts";
import { duckdb } from "../../../src/services/duckdb.ts";
import type { Engine } from "../../../src/services/engine.ts";
import { createLogTable, logLines } from "../../../src/services/log-lines.ts";
import { postgres } from "../../../src/services/postgres.ts";
import { ServiceUnavailable } from "../../../src/services/unavailable.ts";

/** One of the services has 900 rows: 99 % of them are a whole number, and there definitions of a percentile part. */
const ROWS = 30_000;
const log = [...logRecords(ROWS)];

/** What the answers should be, worked out without a database. */
function expected(): Awaited<ReturnType<typeof answers>> {
  const perHour = Map.groupBy(
    log.filter(({ level }) => level === "error"),
    ({ time }) => Math.floor(time / 3_600_000),
  );
  const perService = Map.groupBy(log, ({ service }) => service);
  const unavailable = log.filter(({ message }) => message.includes("unavailable")).map(({ id }) => id);
  const one = log[Math.round(0.618 * ROWS) - 1]!;
  return {
    errorsPerHour: [...perHour].map(([hour, rows]) => [hour, rows.length] as const).toSorted(([a], [b]) => a - b),
    p99: [...perService]
      .map(([service, rows]) => [service, p99(rows.map(({ latency }) => latency))] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    substring: [[unavailable.length, unavailable[0]!, unavailable.at(-1)!]],
    byId: [[one.id, one.service, one.level, one.user, one.latency, one.trace, one.message]],
  };
}

const p99 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.ceil(0.99 * values.length) - 1]!;

const engines: Record<string, () => Promise<Engine>> = {
  Postgres: () => postgres(),
  ClickHouse: () => clickhouse(),
  DuckDB: () => duckdb(),
};

describe("the four questions", () => {
  for (const [name, start] of Object.entries(engines)) {
    test(`are answered by ${name} as by hand`, async ({ skip }) => {
      const starting = start().catch((error: unknown) =>
        error instanceof ServiceUnavailable ? skip(error.because) : Promise.reject(error),
      );
      await using engine = (await starting) as Engine;
      await createLogTable(engine);
      await engine.load("logs", (await logLines(ROWS)).path);
      expect(await answers(engine, ROWS)).toEqual(expected());
    });
  }

  test("are put to a log in which definitions of a percentile part", () => {
    const sizes = [...Map.groupBy(log, ({ service }) => service).values()].map(({ length }) => length);
    expect(sizes.filter((size) => size % 100 === 0)).toHaveLength(1);
  });
});
