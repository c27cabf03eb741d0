import { describe, expect, test } from "vitest";
import { logRecords } from "#lab";
import { firstPatterns, ipv4, mail, marksAlike } from "../../../benchmarks/clickhouse-masking/_patterns.ts";
import { callbackMask, chainedMask, literalMask } from "../../../benchmarks/clickhouse-masking/_v8.ts";

const messages = logRecords(5_000)
  .map(({ message }) => message)
  .toArray();

/** Something that each pattern is there for, in the order of the patterns. */
const secrets = [
  "ada+shop7@mail.example.net",
  "203.0.113.9",
  "A-123456",
  "user:42",
  "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.c2ln",
  "Bearer abc.def~1",
  "DE89 3704 0044 0532 0130 00",
  "4111 1111 1111 1111",
  "123e4567-e89b-12d3-a456-426614174000",
  "078-05-1120",
  "AKIAIOSFODNN7EXAMPLE",
  "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
  "00:1b:44:11:3a:b7",
  "+44 20 7946 0958",
  "password=hunter2",
  "session=abc123",
];

describe("sixteen patterns", () => {
  const patterns = firstPatterns(16);

  test.each(secrets.map((secret, index) => ({ secret, mark: patterns[index]!.mark })))("$mark stands for $secret", ({ secret, mark }) => {
    for (const mask of [chainedMask(patterns), callbackMask(patterns), literalMask(patterns)]) {
      expect(mask(`seen: ${secret}; noted`)).toBe(`seen: ${mark}; noted`);
    }
  });

  test("leave a line alone that holds nothing", () => {
    for (const mask of [chainedMask(patterns), callbackMask(patterns), literalMask(patterns)]) {
      expect(mask("health check passed")).toBe("health check passed");
    }
  });

  test.each([1, 2, 4, 8, 16])("mask the log alike in one walk, in many, and behind a search for a literal: %i of them", (count) => {
    const some = firstPatterns(count);
    const chained = messages.map(chainedMask(some));
    expect(messages.map(callbackMask(some))).toEqual(chained);
    expect(messages.map(literalMask(some))).toEqual(chained);
    expect(chained).not.toEqual(messages);
  });

  test("are all there are", () => {
    expect(() => firstPatterns(17)).toThrow(RangeError);
    expect(() => firstPatterns(0)).toThrow(RangeError);
  });

  test("hold in every match the text that they are said not to do without", () => {
    for (const [index, { source, must = "" }] of patterns.entries()) {
      expect(secrets[index]!.match(new RegExp(source))?.[0]).toContain(must);
    }
  });
});

test("the first two are the post's", () => {
  expect(firstPatterns(2)).toEqual([mail, ipv4]);
});

test("marks of all kinds become one", () => {
  expect(marksAlike("[EMAIL_REDACTED] from [IP_REDACTED], [REDACTED]")).toBe("[REDACTED] from [REDACTED], [REDACTED]");
});
