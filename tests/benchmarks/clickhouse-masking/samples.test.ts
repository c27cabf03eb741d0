import { isIPv4, isIPv6 } from "node:net";
import { describe, expect, test } from "vitest";
import { logRecords } from "#lab";
import { bytesIn, linesOf, MESSAGES } from "../../../benchmarks/clickhouse-masking/_lines.ts";
import { samplesOf, samplesOfLog } from "../../../benchmarks/clickhouse-masking/_samples.ts";
import { exposed } from "../../../benchmarks/clickhouse-masking/_truth.ts";

const subjectsOf = (kind: Parameters<typeof samplesOf>[0]): readonly string[] => samplesOf(kind).map(({ subject }) => subject);

describe("samples", () => {
  test("are the same each time", () => {
    expect(samplesOf("unusual")).toEqual(samplesOf("unusual"));
  });

  test("of IPv4 and IPv6 are addresses, and impossible ones are none", () => {
    expect(subjectsOf("ipv4").every(isIPv4)).toBe(true);
    expect(subjectsOf("ipv6").every(isIPv6)).toBe(true);
    expect(subjectsOf("impossible").some(isIPv4)).toBe(false);
  });

  test("of unusual mail addresses come in five sorts", () => {
    const subjects = subjectsOf("unusual");
    for (const sort of [/^"[^"]+"@/, /'/, /^jörg/, /@bücher/, /@\[[0-9.]+\]$/]) expect(subjects.some((it) => sort.test(it))).toBe(true);
  });

  test("of the log put together again are its messages", () => {
    const messages = new Set(logRecords(500).map(({ message }) => message));
    const samples = samplesOfLog(500);
    expect(samples.length).toBeGreaterThan(100);
    for (const { before, subject, after } of samples) expect(messages).toContain(before + subject + after);
  });
});

describe("exposed messages", () => {
  const records = [...logRecords(500)];
  const holding = records.filter(({ mail, ip }) => mail !== undefined || ip !== undefined);

  test("are those of an unmasked log that hold an address", () => {
    expect(
      exposed(
        records.map(({ id, message }) => [id, message]),
        500,
      ),
    ).toBe(holding.length);
  });

  test("are told by their id, in whatever order and number they come", () => {
    const [one] = holding;
    expect(exposed([[one!.id, one!.message]], 500)).toBe(1);
    expect(exposed([[one!.id, "[EMAIL_REDACTED]"]], 500)).toBe(0);
    expect(exposed([], 500)).toBe(0);
  });
});

describe("lines", () => {
  test("hold so many messages each, and together all of them", () => {
    expect(linesOf(1)).toHaveLength(MESSAGES);
    expect(linesOf(100)).toHaveLength(MESSAGES / 100);
    expect(linesOf(10).join(" | ")).toBe(linesOf(1).join(" | "));
  });

  test("are counted in bytes of UTF-8", () => {
    expect(bytesIn(["Göteborg", "Lyon"])).toBe(13);
  });
});
