import { describe, expect, test } from "vitest";
import { chained, found, inOneCall, literal } from "../../../benchmarks/clickhouse-masking/_expressions.ts";
import { ipv4, mail } from "../../../benchmarks/clickhouse-masking/_patterns.ts";

describe("a text in SQL", () => {
  test("has its quotes doubled everywhere", () => {
    for (const dialect of ["ClickHouse", "Postgres", "DuckDB"] as const) expect(literal(dialect, "o'neil")).toBe("'o''neil'");
  });

  test("has its backslashes doubled where the engine reads them", () => {
    expect(literal("ClickHouse", String.raw`a\.b`)).toBe(String.raw`'a\\.b'`);
    expect(literal("Postgres", String.raw`a\.b`)).toBe(String.raw`'a\.b'`);
    expect(literal("DuckDB", String.raw`a\.b`)).toBe(String.raw`'a\.b'`);
  });
});

test("a chain has a call for each pattern, the first one innermost", () => {
  const { length } = chained("ClickHouse", "message", [mail, ipv4]).split("replaceRegexpAll(");
  expect(length - 1).toBe(2);
  expect(chained("Postgres", "message", [mail, ipv4])).toMatch(/^regexp_replace\(regexp_replace\(message, .*EMAIL.*IP_REDACTED\]', 'g'\)$/);
});

test("one call names all patterns and one mark", () => {
  const call = inOneCall("DuckDB", "message", [mail, ipv4]);
  expect(call.split("regexp_replace(")).toHaveLength(2);
  expect(call).toContain(`(?:${mail.source})|(?:${ipv4.source})`);
  expect(call).toContain("'[REDACTED]'");
});

test("each engine asks in its own words whether a pattern is found", () => {
  expect(found("ClickHouse", "message", [mail])).toMatch(/^match\(message, /);
  expect(found("Postgres", "message", [mail])).toMatch(/^message ~ /);
  expect(found("DuckDB", "message", [mail])).toMatch(/^regexp_matches\(message, /);
});
