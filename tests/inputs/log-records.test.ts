import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logRecords, users, type LogRecord } from "../../src/inputs/log-records.ts";
import { exponential, logNormal, pareto, weighted, zipf } from "../../src/inputs/log-records/chance.ts";
import { describeLog } from "../../src/inputs/log-records/describe.ts";
import { inChunks, jsonLine, textLine } from "../../src/inputs/log-records/lines.ts";
import { ipOf, mailOf } from "../../src/inputs/log-records/vocabulary.ts";
import { seeded } from "../../src/inputs/random.ts";

const log = [...logRecords(100_000)];

describe("the log", () => {
  test("is the same, byte by byte, for the same seed on every machine", () => {
    const digest = (line: (record: LogRecord) => string): string => {
      const hash = createHash("sha256");
      for (const chunk of inChunks(log.slice(0, 20_000), line)) hash.update(chunk);
      return hash.digest("hex").slice(0, 16);
    };
    expect([digest(jsonLine), digest(textLine)]).toEqual(["b09d47ace836138a", "7be890db35b2811c"]);
  });

  test("is another one for another seed, and a shorter one is its beginning", () => {
    expect([...logRecords(100)]).toEqual(log.slice(0, 100));
    expect([...logRecords(100, { seed: 2 })]).not.toEqual(log.slice(0, 100));
  });

  // What a reader could suspect of having been arranged so that a store or a compressor shines.
  test("comes to these numbers", () => {
    const { gzip, line, spans, latency, ...counted } = describeLog(log);
    expect(counted).toEqual({
      records: 100_000,
      distinct: { service: 10, user: 8_941, trace: 24_878, message: 57_246 },
      levels: { debug: 0.14097, info: 0.75817, warn: 0.07087, error: 0.02999 },
      busiest: { one: 0.07957, hundred: expect.closeTo(0.42474, 5) },
      holding: { mail: 0.17948, ip: 0.15279 },
    });
    expect(latency).toEqual({ p50: 9_450, p99: 421_525, p999: 1_594_132, max: 10_069_373 });
    expect(line).toBeCloseTo(204.93, 2);
    expect(spans).toBeCloseTo(1004.8, 1);
    // Libraries for gzip differ a little from system to system.
    expect(gzip).toBeGreaterThan(6.1);
    expect(gzip).toBeLessThan(6.6);
  });

  test("counts ids from 1 and never goes back in time", () => {
    expect(log.every(({ id }, index) => id === index + 1)).toBe(true);
    expect(log.every(({ time }, index) => index === 0 || time >= log[index - 1]!.time)).toBe(true);
    expect(log.every(({ time, latency, user, status }) => [time, latency, user, status].every(Number.isInteger))).toBe(true);
    expect(log.every(({ user, latency }) => user >= 1 && user <= users && latency >= 1 && latency <= 30e6)).toBe(true);
  });

  test("spans the time that its rate says", () => {
    const rare = [...logRecords(10_000, { perSecond: 2, from: 1_000 })];
    expect(rare[0]!.time).toBeLessThan(1_000 + 10_000);
    expect((rare.at(-1)!.time - rare[0]!.time) / 1000).toBeCloseTo(5_000, -3);
  });

  test("tells of every mail address and every IPv4 address in its messages", () => {
    const mails = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
    const ips = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])/g;
    const told = log.map(({ mail, ip }) => [mail, ip].filter((it) => it !== undefined).join(" "));
    const found = log.map(({ message }) => {
      const version = /agent (\S+)/.exec(message)?.[1];
      const looksLikeIp = (message.match(ips) ?? []).filter((it) => it !== version);
      return [...(message.match(mails) ?? []), ...looksLikeIp].join(" ");
    });
    expect(found).toEqual(told);
  });

  test("holds versions that look like addresses and are none", () => {
    expect(log.filter(({ message, ip }) => ip === undefined && /agent \d+\.\d+\.\d+\.\d+/.test(message)).length).toBeGreaterThan(400);
  });

  test("holds characters beyond ASCII, so that bytes and characters differ", () => {
    expect(log.some(({ message }) => Buffer.byteLength(message) > message.length)).toBe(true);
  });

  test("shares a trace and a user among the records of a request", () => {
    const requests = Map.groupBy(log, ({ trace }) => trace);
    expect([...requests.keys()].every((trace) => /^[0-9a-f]{32}$/.test(trace))).toBe(true);
    expect([...requests.values()].every((records) => new Set(records.map(({ user }) => user)).size === 1)).toBe(true);
    expect(log.length / requests.size).toBeCloseTo(4, 0);
  });
});

describe("a line", () => {
  test("of JSON reads back as the record without the truth about it", () => {
    const few = log.slice(0, 20_000);
    expect(few.map(jsonLine)).toEqual(few.map(({ mail: _mail, ip: _ip, ...entry }) => `${JSON.stringify(entry)}\n`));
  });

  test("of text holds the time, the level and the message", () => {
    expect(textLine(log[1]!)).toBe(
      "2026-06-17T00:00:00.002Z INFO gateway [e57760d576b9b9a61ade18c8a419f500] user=84110 status=200 took=0.002902s GET /api/products/0 answered in 3 ms\n",
    );
  });

  test("is never cut by a chunk", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 40 }), (size, count) => {
        const chunks = [...inChunks(log.slice(0, count), jsonLine, size)];
        expect(Buffer.concat(chunks).toString()).toBe(log.slice(0, count).map(jsonLine).join(""));
        expect(chunks.every((chunk) => chunk.at(-1) === 10)).toBe(true);
      }),
    );
  });
});

describe("chance", () => {
  const many = (draw: (random: () => number) => number, count = 60_000): number[] => {
    const random = seeded(3);
    return Array.from({ length: count }, () => draw(random));
  };

  test("draws by weight", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 12 }), (weights) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        fc.pre(total > 0);
        const seen = Array.from(weights, () => 0);
        for (const index of many(weighted(weights), 20_000)) seen[index]!++;
        weights.forEach((weight, index) => {
          if (weight === 0) expect(seen[index]).toBe(0);
          expect(Math.abs(seen[index]! / 20_000 - weight / total)).toBeLessThan(0.025);
        });
      }),
      { numRuns: 30, seed: 5 },
    );
  });

  test("follows Zipf: the first rank comes twice as often as the second, ten times as often as the tenth", () => {
    const seen = new Int32Array(1_000);
    for (const rank of many(zipf(1_000))) seen[rank]!++;
    expect(seen[0]! / seen[1]!).toBeCloseTo(2, 0);
    expect(seen[0]! / seen[9]!).toBeGreaterThan(9);
    expect(seen[0]! / seen[9]!).toBeLessThan(11);
  });

  test("has the quantiles that formulas give", () => {
    const quantile = (numbers: number[], at: number): number => numbers.toSorted((a, b) => a - b)[Math.floor(at * numbers.length)]!;
    const usual = many(logNormal(0.7));
    expect(quantile(usual, 0.5)).toBeCloseTo(1, 1);
    expect(quantile(usual, 0.99) / Math.exp(0.7 * 2.3263)).toBeCloseTo(1, 1);
    const gaps = many(exponential());
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeCloseTo(1, 1);
    expect(quantile(gaps, 0.9)).toBeCloseTo(Math.LN10, 1);
    const tail = many(pareto);
    expect(Math.min(...tail.slice(0, 1_000))).toBeGreaterThanOrEqual(1);
    expect(quantile(tail, 0.99)).toBeCloseTo(10, 0);
  });
});

test("mails and addresses are nobody's, and every user has a mail of their own", () => {
  const all = Array.from({ length: users }, (_, index) => mailOf(index + 1));
  expect(new Set(all).size).toBe(users);
  expect(all.every((mail) => /@(?:[\w-]+\.)?(?:example\.(?:com|org|net)|example)$/.test(mail))).toBe(true);
  const reserved = /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|203\.0\.113)\.(?:\d+\.?){1,3}$/;
  expect(Array.from({ length: users }, (_, index) => ipOf(index + 1)).every((ip) => reserved.test(ip))).toBe(true);
});
