import { describe, expect, test } from "vitest";
import { bytesPerSecond, count, exact, fraction, perSecond, seconds } from "../../src/model/metric.ts";
import { benchmarkFormat } from "../../src/report/export/benchmark-format.ts";
import { estimatesJson } from "../../src/report/export/json.ts";
import { estimates } from "../../src/stats/estimate.ts";
import { type Column, recordOf, scenarioWith } from "../testdata/record.ts";

const column = (variant: string, records: number, time: readonly number[], control?: true): Column => ({
  variant,
  point: { records },
  readings: { time, bytes: time.map(() => 24) },
  ...(control && { control }),
});
const times = [1.02e-9, 1.04e-9, 0.1 + 0.2];
const order = recordOf(
  [
    column("declared", 10_000_000, times),
    column("declared", 10_000_000, times, true),
    column("sorted", 10_000_000, [7e-10, 8e-10]),
    column("sorted", 1_024, [4e-10]),
  ],
  { experiment: "a-post/field-order", per: "record" },
);

interface Result {
  readonly base: string;
  readonly parts: readonly string[];
  readonly cores: string;
  readonly values: ReadonlyMap<string, number>;
}

/** White space as Go's unicode.IsSpace has it. */
const SPACE = /[\t\n\v\f\r \u0085\u00A0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/** Reads the format by its written grammar; throws at a line that a reader would call malformed, or ignore unasked. */
function parse(text: string) {
  const configuration = new Map<string, string>();
  const units = new Map<string, Record<string, string>>();
  const results: Result[] = [];
  expect(text.isWellFormed() && text.endsWith("\n")).toBe(true);
  for (const line of text.slice(0, -1).split("\n")) {
    const fields = line.split(SPACE);
    if (line.startsWith("#")) continue;
    if (line.startsWith("Benchmark")) {
      if (fields.length < 4 || fields.length % 2 !== 0) throw new Error(`${fields.length} fields: ${line}`);
      const [name, iterations, ...pairs] = fields as [string, string, ...string[]];
      if (!/^[1-9]\d*$/.test(iterations)) throw new Error(`iterations: ${line}`);
      const [, full, cores] = /^(.*?)(?:-(\d+))?$/.exec(name)!;
      const [base, ...parts] = full!.split("/");
      const values = new Map<string, number>();
      for (let pair = 0; pair < pairs.length; pair += 2) {
        const [value, unit] = [pairs[pair]!, pairs[pair + 1]!];
        if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(value) || values.has(unit)) throw new Error(`value ${value} ${unit}: ${line}`);
        values.set(unit, Number(value));
      }
      results.push({ base: base!, parts, cores: cores ?? "", values });
    } else if (fields[0] === "Unit") {
      const [, unit, ...properties] = fields;
      const read = properties.map((it) => /^([^=]+)=(.*)$/.exec(it)?.slice(1) as [string, string]);
      if (units.has(unit!) || read.includes(undefined!)) throw new Error(line);
      units.set(unit!, Object.fromEntries(read));
    } else {
      const [, key, value] = /^(\p{Ll}[^\s\p{Lu}:]*):[ \t]+(.*)$/u.exec(line) ?? [];
      if (key === undefined || configuration.has(key)) throw new Error(`no line of the format: ${line}`);
      configuration.set(key, value!);
    }
  }
  return { configuration, units, results };
}

describe("the Go benchmark format", () => {
  test("one line a round, without the control, in base units and without loss", () => {
    const { results } = parse(benchmarkFormat(order));
    expect(results).toHaveLength(3 + 2 + 1);
    const declared = results.filter(({ parts }) => parts[0] === "variant=declared");
    expect(declared.map(({ values }) => values.get("sec/op"))).toEqual(times);
    expect(declared[0]).toMatchObject({ base: "BenchmarkFieldOrder", parts: ["variant=declared", "records=10000000"], cores: "2" });
    expect(declared[0]!.values.get("B/op")).toBe(24);
    expect(benchmarkFormat(order)).toContain("\nBenchmarkFieldOrder/variant=declared/records=10000000-2\t1\t1.02e-9 sec/op\t24 B/op\n");
  });

  test("configuration tells what is compared with what; what differs from run to run is a comment", () => {
    const { configuration } = parse(benchmarkFormat(order));
    expect(Object.fromEntries(configuration)).toEqual({
      pkg: "a-post",
      "assay-host": "0123456789ab",
      os: "linux",
      arch: "x64",
      cpu: "a processor",
    });
    const later = { ...order, startedAt: "2027-01-01T00:00:00Z", digest: "1".repeat(64), commit: "abc", runtime: "v27" };
    expect(parse(benchmarkFormat(later)).configuration).toEqual(configuration);
    expect(benchmarkFormat(later)).toContain(`# record: ${"1".repeat(64)}\n`);
  });

  test("every unit that a result has says which way is good, and facts that they are exact", () => {
    const metrics = {
      p99: seconds("lower"),
      goodput: perSecond("higher"),
      flow: bytesPerSecond("higher"),
      lost: exact(count("lower")),
      share: fraction("higher"),
    };
    const load = recordOf(
      [{ variant: "limited", readings: { rss: [1e6], p99: [0.01], goodput: [800], flow: [1e9], lost: [0], share: [0.5] } }],
      scenarioWith(metrics),
    );
    const { units, results } = parse(benchmarkFormat(load));
    expect([...results[0]!.values]).toEqual([
      ["p99-sec", 0.01],
      ["goodput-1/s", 800],
      ["flow-B/s", 1e9],
      ["lost-count", 0],
      ["share-fraction", 0.5],
      ["rss-B", 1e6],
    ]);
    expect(units.get("goodput-1/s")).toEqual({ better: "higher" });
    expect(units.get("lost-count")).toEqual({ better: "lower", assume: "exact" });
    for (const unit of parse(benchmarkFormat(order)).results.flatMap(({ values }) => [...values.keys()])) {
      expect(parse(benchmarkFormat(order)).units.has(unit), unit).toBe(true);
    }
  });

  test("names that the format has no room for are made legal, and no two become one", () => {
    const names = ["a b", "a_b", "a/b", "a|b", "x\n\nBenchmarkEvil 1 1 sec/op", "\u202e\ud800", "naïve-8", "   ", "a=b", "a\u00a0b"];
    const hostile = recordOf(
      names.map((variant, index) => ({
        variant,
        point: { "size of=it": "1/2 3", variant: index % 2 === 0 },
        readings: { time: [1], "p 99": [index] },
      })),
      {
        experiment: "a-post/2d-walk",
        metrics: { time: seconds("lower"), "p 99": seconds("lower"), p_99: seconds("higher") },
        host: { ...order.host, cpu: "Intel\nUnit sec/op better=higher", os: "" },
        per: "re\ncord",
      },
    );
    const { results, configuration } = parse(benchmarkFormat({ ...hostile, runtime: "v26\npkg: evil" }).replace("os: \n", ""));
    expect(results).toHaveLength(names.length);
    expect(new Set(results.map(({ parts }) => parts[0])).size).toBe(names.length);
    expect(results[0]!.base).toBe("Benchmark2dWalk");
    expect(results[0]!.parts.slice(1)).toEqual(["size_of_it=1|2_3", "variant#01=true"]);
    expect(configuration.get("pkg")).toBe("a-post");
    expect(results.every(({ cores }) => cores === "2")).toBe(true);
  });

  test("a record without rounds, skipped points and readings that are no number leave no line", () => {
    expect(parse(benchmarkFormat({ ...order, rounds: [] })).results).toEqual([]);
    const skipped = { ...order, skipped: [{ point: { records: 10_000_000 }, because: "it does not fit" }] };
    expect(parse(benchmarkFormat(skipped)).results).toHaveLength(1);
    const odd = recordOf([{ variant: "a", readings: { time: [[1e308, 1e308], 1] } }], { centre: "mean" });
    expect(parse(benchmarkFormat(odd)).results.map(({ values }) => [...values.values()])).toEqual([[1]]);
  });
});

describe("JSON", () => {
  test("every estimate with its interval, unit and point, the host, and the record that it is from", () => {
    const document = JSON.parse(estimatesJson(order)) as { estimates: unknown[] };
    expect(document).toMatchObject({
      experiment: "a-post/field-order",
      record: { digest: order.digest, effort: "quick" },
      host: order.host,
      per: "record",
    });
    const all = estimates(order);
    expect(document.estimates).toEqual(all.map(({ experiment: _, ...it }) => ({ ...it, better: "lower" })));
    expect(all.length).toBeGreaterThan(5);
  });

  test("a record without rounds has no estimates", () => {
    expect(JSON.parse(estimatesJson({ ...order, rounds: [] }))).toMatchObject({ estimates: [] });
  });
});
