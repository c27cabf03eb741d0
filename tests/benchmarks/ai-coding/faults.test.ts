import { execFile } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleTests, lotOf, propertyTests, put, typeCheck, type Defence, type Lot } from "../../../benchmarks/ai-coding/_defences.ts";
import type { Functions } from "../../../benchmarks/ai-coding/_examples.ts";
import { agree, exponentOf } from "../../../benchmarks/ai-coding/_exponent.ts";
import { faults, kinds, spoilt } from "../../../benchmarks/ai-coding/_faults.ts";
import * as functions from "../../../benchmarks/ai-coding/_functions.ts";
import { growsTooSteeply, steep } from "../../../benchmarks/ai-coding/_scaling.ts";
import { filesWithErrors } from "../../../benchmarks/ai-coding/_type-check.ts";

test("there is a fault for each function, and one of each kind at least", () => {
  expect(faults.map((fault) => fault.in).toSorted()).toEqual(Object.keys(functions).toSorted());
  expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(kinds));
});

test("a fault that replaces nothing, or more than one place, is refused", () => {
  const [fault] = faults;
  expect(() => spoilt({ ...fault!, right: "no such text" })).toThrow("replaces what stands there 0 times");
  expect(() => spoilt({ ...fault!, right: "export function" })).toThrow(/replaces what stands there \d\d times/);
});

test("the exponent of a law is its slope, whatever its factor", () => {
  const sizes = [250, 500, 1_000, 2_000];
  for (const exponent of [0, 1, 2]) {
    expect(
      exponentOf(
        sizes,
        sizes.map((size) => 3e-9 * size ** exponent),
      ),
    ).toBeCloseTo(exponent, 9);
  }
});

test("passes agree that differ by less than a tenth; faster here and slower there does not cancel out", () => {
  expect(agree([1, 2, 4], [1.05, 1.9, 4])).toBe(true);
  expect(agree([1, 2, 4], [0.8, 1.6, 3.2])).toBe(false);
  expect(agree([1, 2], [2, 1])).toBe(false);
});

test.each([
  ["one fit that is far from the bound decides", [1.1], false],
  ["on either side", [1.9], true],
  ["of fits near the bound the middle one of three does", [1.6, 1.1, 1.2], false],
  ["also where the first one passed", [1.4, 1.8, 1.7], true],
])("%s", async (_, fits, refused) => {
  const left = [...fits];
  expect(await steep(async () => left.shift()!)).toBe(refused);
  expect(left).toEqual([]);
});

test("scaling tests ask with the same input of each size, however often they ask, and pass what has none", async () => {
  const asked = new Set<string>();
  const median = (numbers: readonly number[]): number => asked.add(numbers.join()).size;
  await growsTooSteeply({ ...functions, median } as Functions, "median");
  await growsTooSteeply({ ...functions, median } as Functions, "median");
  expect([...asked].map((it) => it.split(",").length)).toEqual([250, 500, 1_000, 2_000]);
  expect(await growsTooSteeply(functions, "tokens")).toBe(false);
});

test("the compiler's lines name the files that it refuses, each once, and no others", () => {
  const lines = [
    "sub/a.mts(2,35): error TS2801: This condition …",
    "  and what belongs to it",
    "a.mts(9,1): error TS2355: A function …",
    "b.mts: fine",
  ];
  expect([...filesWithErrors(lines.join("\n"))]).toEqual(["a.mts"]);
});

describe("put to the eighteen,", () => {
  let lot: Lot;
  beforeAll(async () => {
    lot = await lotOf(new AbortController().signal);
  });
  afterAll(() => lot[Symbol.asyncDispose]());
  const found = async (defence: Defence): Promise<string[]> => {
    const { caught, falseAlarms } = await put(defence, lot);
    expect(falseAlarms).toBe(0);
    return caught.map((fault) => fault.in).toSorted();
  };

  test("the compiler refuses a promise that is always true, a default that is never taken, and a missing answer", async () => {
    expect(await found(typeCheck)).toEqual(["greet", "payable", "retried"]);
  }, 30_000);

  test("examples catch what their sentence names: edges, what is refused, and jobs that are equal", async () => {
    expect(await found(exampleTests)).toEqual(["byUrgency", "greet", "pages", "payable", "placeOf", "retried"]);
  });

  test.each([1, 2, 3, 5, 8])(
    "properties catch every wrong answer that there is in UTC, the race among them, from seed %i as from others",
    async (seed) => {
      const escaped = new Set(["dayAfter", ...faults.filter(({ kind }) => kind === "cost").map((fault) => fault.in)]);
      const wrong = faults.map((fault) => fault.in).filter((name) => !escaped.has(name));
      expect(await found(propertyTests({ numRuns: 100, seed }))).toEqual(wrong.toSorted());
    },
  );

  test("the date that is right in UTC is wrong east of it, and the right one is right there as well", async () => {
    const after = async (file: string): Promise<string> => {
      const module = pathToFileURL(path.join(lot.folder, file)).href;
      const script = `import(${JSON.stringify(module)}).then((it) => process.stdout.write(it.dayAfter("2026-03-01")))`;
      const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], { env: { ...process.env, TZ: "Asia/Tokyo" } });
      return stdout;
    };
    expect(await after("dayAfter.mts")).toBe("2026-03-01");
    expect(await after("right.mts")).toBe("2026-03-02");
  });
});
