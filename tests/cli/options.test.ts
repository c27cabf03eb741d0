import { InvalidArgumentError } from "commander";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAt, parseDuration, parseEffort, parseSeed } from "../../src/cli/options.ts";

describe("durations", () => {
  test.each([
    ["90s", 90],
    ["5m", 300],
    ["1.5h", 5400],
    ["250ms", 0.25],
    ["12", 12],
    ["0.5", 0.5],
  ] as const)("%s is %d seconds", (text, seconds) => {
    expect(parseDuration(text)).toBeCloseTo(seconds, 10);
  });

  test.each(["", "s", "0", "0s", "-5s", "5 s", " 5s", "5d", "1e3", "Infinity", "NaN", "5m30s", "0x10", "١s", "5S"])(
    "%j is refused",
    (text) => {
      expect(() => parseDuration(text)).toThrow(InvalidArgumentError);
    },
  );
});

describe("seeds", () => {
  test.each([
    ["0", 0],
    ["1", 1],
    ["4294967295", 4294967295],
    ["007", 7],
  ] as const)("%s is %d", (text, seed) => {
    expect(parseSeed(text)).toBe(seed);
  });

  test.each(["", "-1", "1.5", "1e3", "0x10", "4294967296", "one", " 1", "9".repeat(400)])("%j is refused", (text) => {
    expect(() => parseSeed(text)).toThrow(InvalidArgumentError);
  });
});

describe("efforts", () => {
  test("smoke, quick and full are efforts, and nothing else is", () => {
    expect(["smoke", "quick", "full"].map(parseEffort)).toEqual(["smoke", "quick", "full"]);
    for (const wrong of ["", "Quick", "fast", "toString", "__proto__"]) expect(() => parseEffort(wrong)).toThrow(InvalidArgumentError);
  });
});

describe("points", () => {
  test.each([
    ["bytes=1MiB", { bytes: 1_048_576 }],
    ["bytes=16kib", { bytes: 16_384 }],
    ["bytes=1.5GiB", { bytes: 1.5 * 2 ** 30 }],
    ["records=10_000_000", { records: 10_000_000 }],
    ["records=10M", { records: 10_000_000 }],
    ["records=1e6", { records: 1_000_000 }],
    ["offset=-4", { offset: -4 }],
    ["limit=soft", { limit: "soft" }],
    ["pooled=true", { pooled: true }],
    ["pooled=false", { pooled: false }],
    ["name=a=b", { name: "a=b" }],
    ["name=_", { name: "_" }],
    ["version=1.2.3", { version: "1.2.3" }],
  ])("%s is read", (text, point) => {
    expect(parseAt(text)).toEqual(point);
  });

  test.each(["", "bytes", "bytes=", "=1", "1=1", "a b=1", "bytes 1MiB"])("%j is refused", (text) => {
    expect(() => parseAt(text)).toThrow(InvalidArgumentError);
  });

  test("several add up, and the last of a name counts", () => {
    expect(parseAt("limit=hard", parseAt("bytes=1", parseAt("limit=soft")))).toEqual({ limit: "hard", bytes: 1 });
  });

  test("numbers survive being written and read", () => {
    fc.assert(
      fc.property(fc.integer(), (number) => {
        expect(parseAt(`n=${number}`)).toEqual({ n: number });
      }),
    );
  });
});

test("whatever is typed is read or refused, and nothing else happens", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(parseAt, parseDuration, parseEffort, parseSeed), (text, parse) => {
      try {
        parse(text);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidArgumentError);
      }
    }),
  );
});
