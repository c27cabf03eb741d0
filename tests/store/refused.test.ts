import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readRecord, readRecords, saveComplete, sign } from "../../src/store/records.ts";
import { signed, temporaryFolder } from "./_folder.ts";

/** Why a file of this text is refused. */
async function because(text: string): Promise<string> {
  using folder = temporaryFolder();
  const path = join(folder.path, "record.json");
  writeFileSync(path, text);
  const read = await readRecord(path);
  expect(read).toHaveProperty("because");
  const { because } = read as { because: string };
  expect(because).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
  expect(because.length).toBeLessThanOrEqual(300);
  return because;
}

const text = JSON.stringify(signed());

test("a record cut anywhere is refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: text.length - 1 }), async (length) => {
      expect(await because(text.slice(0, length))).toBe("it is cut off or no JSON");
    }),
    { numRuns: 50 },
  );
});

test("a record changed by hand is refused, whatever was changed", async () => {
  for (const [before, after] of [
    ['"time":[1e-9]', '"time":[1e-10]'],
    ['"effort":"quick"', '"effort":"full"'],
    ['"seed":1', '"seed":2'],
    ['"agree":true', '"agree":false'],
  ] as const) {
    expect(text).toContain(before);
    expect(await because(text.replace(before, after))).toContain("its digest does not match");
  }
});

test("a record whose keys were sorted or that was indented is the same record", async () => {
  using folder = temporaryFolder();
  const record = signed();
  const sorted = Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? 1 : -1)));
  writeFileSync(join(folder.path, "record.json"), JSON.stringify(sorted, undefined, 2));
  expect(await readRecord(join(folder.path, "record.json"))).toEqual(record);
});

test("a record of another schema is refused by its number", async () => {
  expect(await because(JSON.stringify({ ...signed(), schema: 2 }))).toBe("its schema is 2 and this version reads schema 1");
  expect(await because(JSON.stringify({ ...signed(), schema: "x".repeat(1e6) }))).toMatch(/^its schema is "x+… and/);
  for (const foreign of ["{}", "[]", "null", "1", '"schema"', "true"]) expect(await because(foreign)).toContain("its schema is missing");
});

test("empty files, binary files and other people's JSON are refused", async () => {
  expect(await because("")).toBe("it is cut off or no JSON");
  expect(await because("\u0000\u0001\u0002")).toBe("it is cut off or no JSON");
  expect(await because("{}".repeat(2))).toBe("it is cut off or no JSON");
  await because("[".repeat(100_000) + "]".repeat(100_000));
  await because(`{"schema":1,"host":${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}`);
});

test("NaN and infinities cannot stand in a record", async () => {
  using folder = temporaryFolder();
  for (const value of [NaN, Infinity, -Infinity]) {
    const trials = [{ ...signed().rounds[0]!.trials[0]!, readings: { time: [value] } }];
    const path = await saveComplete(folder.path, signed({ rounds: [{ trials }] }));
    expect(await readRecord(path)).toMatchObject({
      because: expect.stringContaining("it does not fit the schema at rounds.0.trials.0.readings.time.0"),
    });
  }
});

test("a correct digest does not excuse what does not fit the schema", async () => {
  const hostile = [
    { experiment: "../../../etc/passwd" },
    { experiment: "<script>alert(1)</script>/x" },
    { host: { ...signed().host, id: "../../../..", cpu: "x" } },
    { host: { ...signed().host, cpu: "x".repeat(2 ** 20) } },
    { variants: ["x".repeat(2 ** 20)] },
    { variants: [] },
    { points: [] },
    { startedAt: "yesterday" },
    { seed: -1 },
    { effort: "heroic" },
    { rounds: [{ trials: [{ variant: "one" }] }] },
    { rounds: "\u001b[2J\u001b]0;owned\u0007" },
    { "\u001b[2Jnext\nline": 1 },
    { surplus: true },
  ];
  for (const changes of hostile)
    expect(await because(JSON.stringify(sign({ ...signed(), ...changes } as never)))).toContain("it does not fit the schema");
});

test("hostile names inside the schema's limits are data like any other", async () => {
  using folder = temporaryFolder();
  for (const name of [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://example.org")',
    "@SUM(A1)",
    "__proto__",
    "constructor",
    "a\nb",
    "\u202egnp.exe",
  ]) {
    const trials = [{ ...signed().rounds[0]!.trials[0]!, variant: name }];
    const record = signed({ variants: [name], rounds: [{ trials }] });
    expect(await readRecord(await saveComplete(folder.path, record))).toEqual(record);
  }
});

test("a key that means something to the language is dropped, and changes nothing else", async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "record.json");
  writeFileSync(path, text.replace('"readings":{', '"readings":{"__proto__":[1],'));
  expect(await readRecord(path)).toEqual(signed());
  expect(({} as Record<string, unknown>)[0]).toBeUndefined();
});

test("a file larger than any record is not even read", async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "record.json");
  writeFileSync(path, "");
  truncateSync(path, 65 * 1024 * 1024);
  expect(await readRecord(path)).toEqual({ path, because: "it is larger than any record can be" });
});

test("a folder in the place of a record, and one that is missing, are refused", async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, "records", "folder.json"), { recursive: true });
  const { refused } = await readRecords([folder.path]);
  expect(refused.map(({ because }) => because)).toEqual([expect.stringContaining("EISDIR")]);
  expect(await readRecord(join(folder.path, "nowhere.json"))).toMatchObject({ because: expect.stringContaining("ENOENT") });
});

test("one bad record costs no good one its place", async () => {
  using folder = temporaryFolder();
  await saveComplete(folder.path, signed());
  writeFileSync(join(folder.path, "records", "a-post", "an-experiment", "ffffffffffff.json"), "{");
  const { records, refused } = await readRecords([folder.path]);
  expect([records.length, refused.length]).toEqual([1, 1]);
});
