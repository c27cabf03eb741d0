import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { canLimitMemory } from "../../src/measure/launch.ts";
import { RunRecordSchema } from "../../src/model/record.ts";
import { rulings } from "../../src/model/verdict.ts";
import { readRecords } from "../../src/store/records.ts";
import { assay, temporaryFolder, testdata } from "./_command.ts";

const sound = ["--benchmarks", testdata("sound")];

/** One round leaves an interval open: JSON has no infinity, so its edge is null. */
const Edge = z.number().nullable();
const Interval = z.strictObject({ center: z.number(), low: Edge, high: Edge, n: z.int() });

/** The contract with other programs. */
const RunDocument = z.strictObject({
  records: z.array(RunRecordSchema),
  estimates: z.array(
    z.strictObject({
      experiment: z.string(),
      variant: z.string(),
      point: z.object({}).catchall(z.unknown()),
      metric: z.string(),
      unit: z.string(),
      ...Interval.shape,
    }),
  ),
  verdicts: z.array(
    z.strictObject({
      claim: z.string(),
      experiment: z.string(),
      says: z.string(),
      ruling: z.enum(rulings),
      at: z.object({}).catchall(z.unknown()),
      ratio: Interval.optional(),
      value: Interval.optional(),
      bound: z.object({ low: z.number().nullable(), high: z.number().nullable() }).catchall(z.unknown()),
      because: z.string().optional(),
    }),
  ),
  nulls: z.array(z.strictObject({ experiment: z.string(), ratio: Interval })),
});

describe("wrong use ends with code 2 and says why in a line, without a stack:", () => {
  test.each([
    ["an unknown pattern", ["run", "sumz"], /^assay: nothing is called "sumz"; the nearest names are tiny\/sums, /],
    ["a hostile pattern", ["run", "\u001b[2J$(reboot)"], /^assay: nothing is called "\\u001b\[2J\$\(reboot\)"; /],
    ["an unknown effort", ["run", "--effort", "heroic"], /'heroic' is invalid\. It is one of smoke, quick, full\.$/m],
    ["an unknown budget", ["run", "--budget", "soon"], /'soon' is invalid\. It is a time such as 90s, 5m or 1h\.$/m],
    ["an unknown seed", ["run", "--seed", "-1"], /'-1' is invalid\. It is a whole number/],
    ["a point that is none", ["run", "--at", "numbers"], /'numbers' is invalid\. It is a parameter and its value/],
    [
      "a value that is not swept",
      ["run", "sums", "--at", "numbers=7"],
      /^assay: numbers takes no value 7; it takes values from 100 to 1,000: 100, 1,000$/m,
    ],
    ["a parameter that is not swept", ["run", "sums", "--at", "frob=7"], /^assay: no chosen experiment sweeps frob; they sweep numbers$/m],
    [
      "values that no one experiment has together",
      ["run", "tiny", "--at", "numbers=100", "--at", "word=one"],
      /^assay: no chosen experiment has a point with numbers=100 and word=one$/m,
    ],
    ["an unknown option", ["run", "--frob"], /^assay: unknown option '--frob'$/m],
    ["an option without its value", ["run", "--out"], /^assay: option '--out <folder>' argument missing$/m],
  ])("%s", async (_what, parameters, said) => {
    const { code, stdout, stderr } = await assay(...parameters, ...(parameters.at(-1) === "--out" ? [] : sound));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(said);
    expect(
      stderr
        .trim()
        .split("\n")
        .filter((line) => !line.startsWith("(assay --help")),
    ).toHaveLength(1);
  });

  test.each([testdata("nowhere"), testdata("record.ts")])("a folder of posts that is none: %#", async (folder) => {
    const { code, stderr } = await assay("run", "--benchmarks", folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^assay: there is no folder .*; name the folder of the posts with --benchmarks\n$/);
  });

  test("a folder for records that is a file, or has a folder where a record should be", async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, "file");
    writeFileSync(file, "");
    const { code, stderr } = await assay("run", "facts", "--out", file, ...sound);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^assay: cannot write to .*; choose another folder with --out$/m);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

test("experiments that break are one failed row each, the others run, and the code is 4", async () => {
  using folder = temporaryFolder();
  const { code, stdout, stderr } = await assay("run", "--benchmarks", testdata("broken"), "--effort", "smoke", "--out", folder.path);
  expect(code).toBe(4);
  const failed = stdout.split("\n").flatMap((line) => /^failed {2}(\S+): (.+)$/.exec(line)?.slice(1, 3) ?? []);
  const rows = new Map(Array.from({ length: failed.length / 2 }, (_, row) => [failed[2 * row]!, failed[2 * row + 1]!]));
  expect(rows.size * 2).toBe(failed.length);
  const names = [
    "borrowed-article",
    "disagrees",
    // Only Linux can limit typed arrays; elsewhere that one is not tried.
    ...(canLimitMemory ? ["exhausts-buffers"] : []),
    "exhausts-heap",
    "exits",
    "exits-at-import",
    "misplaced-claim",
    "never-ends",
    "no-default",
    "Not_A_Name",
    "syntax-error",
    "talks-too-much",
    "throws-in-setup",
  ];
  expect([...rows.keys()].toSorted()).toEqual(["orphans", "unreadable", ...names.map((name) => `troubled/${name}`)].toSorted());
  expect(rows.get("troubled/never-ends")).toBe("endless: took longer than its limit of 1 s");
  expect(rows.get("troubled/throws-in-setup")).toBe("one: no such thing to set up");
  expect(rows.get("troubled/disagrees")).toBe("one and two disagree: result.sum.2 is 3 and 4");
  expect(rows.get("troubled/syntax-error")).toMatch(/^SyntaxError: /);
  for (const message of rows.values()) expect(message.length).toBeLessThan(400);
  expect(stderr).toMatch(/troubled\/healthy {2}1 round.*1 reproduced/);
  expect(stdout).toContain("Everything That Can Go Wrong: 1 reproduced");
  expect(readdirSync(folder.path)).toEqual([]);
});

test("run --json prints one document of the promised shape, and the records are saved", async () => {
  using folder = temporaryFolder();
  const { code, stdout, stderr } = await assay("run", "sums", "facts", "--json", "--out", folder.path, "--budget", "3s", ...sound);
  expect(code).toBe(0);
  expect(stderr.trim().split("\n")).toHaveLength(2);
  const { records, estimates, verdicts, nulls } = RunDocument.parse(JSON.parse(stdout));
  expect(records.map(({ experiment }) => experiment)).toEqual(["tiny/facts", "tiny/sums"]);
  expect(new Set(estimates.map(({ experiment }) => experiment))).toEqual(new Set(["tiny/facts", "tiny/sums"]));
  expect(verdicts.map(({ claim }) => claim)).toEqual(["tiny-02", "tiny-01"]);
  expect(verdicts[0]).toMatchObject({ ruling: "reproduced", value: { center: 5, low: 5, high: 5, n: 1 }, bound: { low: 5, high: 5 } });
  expect(verdicts[1]!.bound).toMatchObject({ kind: "ratio", of: "twice", over: "once", low: 1.2, high: null });
  for (const { experiment } of nulls) expect(experiment).toBe("tiny/sums");

  const saved = await readRecords([folder.path]);
  expect(saved.refused).toEqual([]);
  expect(saved.records.toSorted((a, b) => (a.experiment < b.experiment ? -1 : 1))).toEqual(records);
  expect(readdirSync(folder.path, { recursive: true }).filter((name) => /partial|tmp/.test(String(name)))).toEqual([]);
});

test("a run that names points leaves out what has no such point, and does not touch its record", async () => {
  using folder = temporaryFolder();
  await assay("run", "facts", "--out", folder.path, ...sound);
  const before = await readRecords([folder.path]);
  const { code, stdout } = await assay(
    "run",
    "sums",
    "facts",
    "--at",
    "numbers=100",
    "--json",
    "--budget",
    "1s",
    "--out",
    folder.path,
    ...sound,
  );
  expect(code).toBe(0);
  const { records } = RunDocument.parse(JSON.parse(stdout));
  expect(records.map(({ experiment, points }) => [experiment, points])).toEqual([["tiny/sums", [{ numbers: 100 }]]]);
  const after = await readRecords([folder.path]);
  expect(after.refused).toEqual([]);
  expect(after.records.find(({ experiment }) => experiment === "tiny/facts")).toEqual(before.records[0]);
});

test("a run at smoke effort stores nothing", async () => {
  using folder = temporaryFolder();
  const { code, stdout } = await assay("run", "tiny/facts", "--effort", "smoke", "--out", folder.path, ...sound);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^A Very Small Post: /);
  expect(existsSync(join(folder.path, "records"))).toBe(false);
});

test("the same seed writes the same order of trials", async () => {
  const order = async (seed: string): Promise<string> => {
    using folder = temporaryFolder();
    const { stdout } = await assay("run", "sums", "--json", "--effort", "smoke", "--seed", seed, "--out", folder.path, ...sound);
    const [record] = RunDocument.parse(JSON.parse(stdout)).records;
    return record!.rounds.map(({ trials }) => trials.map(({ variant, control }) => variant + (control ?? "")).join(" ")).join("; ");
  };
  expect(await order("5")).toBe(await order("5"));
});

test("help and version end well", async () => {
  for (const asked of [["--help"], ["run", "--help"], ["--version"]]) {
    const { code, stdout } = await assay(...asked);
    expect(code).toBe(0);
    expect(stdout).not.toBe("");
  }
});
