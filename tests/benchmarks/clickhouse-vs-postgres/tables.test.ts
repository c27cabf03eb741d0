import { describe, expect, test } from "vitest";
import { BTREES, loadedOnce } from "../../../benchmarks/clickhouse-vs-postgres/_tables.ts";
import { ServiceUnavailable } from "../../../src/services/unavailable.ts";

const ROWS = 1_000;
const asked = { "no index": 0, "5 B-trees": BTREES.length, BRIN: 1 } as const;

describe("a table that is loaded for a single use", () => {
  for (const [name, indexes] of Object.entries(asked)) {
    test(`has all rows, a log and the indexes it should, ${name}, and nothing lies beside it`, async ({ skip }) => {
      const starting = loadedOnce(name as keyof typeof asked, ROWS).catch((error: unknown) =>
        error instanceof ServiceUnavailable ? skip(error.because) : Promise.reject(error),
      );
      await using engine = await starting;
      expect(await engine.query("SELECT count(*), count(DISTINCT id), max(id) FROM logs")).toEqual([[ROWS, ROWS, ROWS]]);
      expect(await engine.query("SELECT count(*) FROM pg_indexes WHERE tablename = 'logs'")).toEqual([[indexes]]);
      expect(
        await engine.query(
          "SELECT relname::text, relpersistence::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
        ),
      ).toEqual([["logs", "p"]]);
    });
  }
});
