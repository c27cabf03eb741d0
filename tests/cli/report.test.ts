import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { timedMetrics } from "../../src/model/metric.ts";
import { saveComplete, sign } from "../../src/store/records.ts";
import { recordOf } from "../testdata/record.ts";
import { assay, temporaryFolder, testdata } from "./_command.ts";

const sound = ["--benchmarks", testdata("sound")];

const once = [1.0, 1.01, 0.99, 1.0, 1.02].map((time) => time * 1e-9);

/** What `tiny/sums` could have measured. */
const sums = sign(
  recordOf(
    [
      { variant: "once", point: { numbers: 1000 }, readings: { time: once } },
      { variant: "once", point: { numbers: 1000 }, control: true, readings: { time: once.toReversed() } },
      { variant: "twice", point: { numbers: 1000 }, readings: { time: once.map((time) => 2 * time) } },
    ],
    { experiment: "tiny/sums", metrics: { ...timedMetrics } },
  ),
);

const page = (folder: string): string => readFileSync(join(folder, "index.html"), "utf8");

test("report draws the page from records alone, and twice the same", async () => {
  using folder = temporaryFolder();
  await saveComplete(folder.path, sums);
  const { code, stdout, stderr } = await assay("report", "--from", folder.path, "--out", folder.path, ...sound);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toBe(`page: ${join(folder.path, "index.html")}\n`);
  expect(page(folder.path)).toContain("Adding twice costs more than adding once.");
  expect(readdirSync(join(folder.path, "charts", "tiny")).toSorted()).toEqual([
    "sums-dark.png",
    "sums-dark.svg",
    "sums.html",
    "sums.png",
    "sums.svg",
  ]);
  const before = page(folder.path);
  await assay("report", "--from", folder.path, "--out", folder.path, ...sound);
  expect(page(folder.path)).toBe(before);
});

test("of several hosts the reader's own comes first, others lie over it, and none of theirs is judged", async () => {
  using folder = temporaryFolder();
  const { host } = await import("../../src/host/fingerprint.ts");
  const own = { ...sums, host: { ...sums.host, id: host().id, cpu: "The reader's CPU" }, startedAt: "2026-01-01T00:00:00Z" };
  const other = {
    ...sums,
    host: { ...sums.host, id: "0123456789ab", cpu: "A newer CPU", label: "reference host: far away" },
    startedAt: "2026-06-01T00:00:00Z",
  };
  for (const record of [own, other]) await saveComplete(folder.path, sign(record));
  const { code } = await assay("report", "--from", folder.path, "--out", folder.path, ...sound);
  expect(code).toBe(0);
  const text = page(folder.path);
  expect(text).toContain("The reader's CPU");
  expect(text).toContain(`id="host-${host().id}"`);
  expect(text).not.toContain('id="host-0123456789ab"');
  const data = /<script type="application\/json">(.*?)<\/script>/.exec(text)![1]!;
  expect(JSON.parse(data).overlays).toMatchObject([{ id: "0123456789ab", name: "reference host", shown: true }]);
});

test("truncated, foreign and hostile records are refused in a line each, and the page is written from the others", async () => {
  using folder = temporaryFolder();
  const path = await saveComplete(folder.path, sums);
  const bad = join(folder.path, "records", "tiny", "facts");
  mkdirSync(bad, { recursive: true });
  writeFileSync(join(bad, "cut.json"), readFileSync(path, "utf8").slice(0, 1000));
  writeFileSync(join(bad, "foreign.json"), JSON.stringify({ ...sums, schema: 7 }));
  writeFileSync(join(bad, "edited.json"), readFileSync(path, "utf8").replace('"effort":"quick"', '"effort":"full"'));
  writeFileSync(join(bad, "hostile.json"), JSON.stringify(sign({ ...sums, experiment: "<script>alert(1)</script>" })));
  writeFileSync(join(bad, "empty.json"), "");
  mkdirSync(join(bad, "folder.json"));
  const { code, stderr } = await assay("report", "--from", folder.path, "--out", folder.path, ...sound);
  expect(code).toBe(0);
  const refused = stderr.trim().split("\n");
  expect(refused.every((line) => line.startsWith("refused  "))).toBe(true);
  expect(refused).toHaveLength(6);
  for (const name of ["cut", "foreign", "edited", "hostile", "empty", "folder"]) expect(stderr).toContain(`${name}.json: `);
  expect(page(folder.path)).not.toContain("<script>alert(1)</script>");
  expect(page(folder.path)).toContain("Adding twice costs more than adding once.");
});

test("names that mean something to a page or a spreadsheet mean nothing in them", async () => {
  using folder = temporaryFolder();
  const names = { once: "<img src=x onerror=alert(1)>", twice: '=HYPERLINK("http://example.org")' } as Record<string, string>;
  const rounds = sums.rounds.map(({ trials }) => ({ trials: trials.map((trial) => ({ ...trial, variant: names[trial.variant]! })) }));
  await saveComplete(folder.path, sign({ ...sums, variants: Object.values(names), rounds }));
  const { code } = await assay("report", "--from", folder.path, "--out", folder.path, ...sound);
  expect(code).toBe(0);
  expect(page(folder.path)).not.toContain("<img src=x");
  for (const name of readdirSync(folder.path, { recursive: true })
    .map(String)
    .filter((it) => it.endsWith(".csv"))) {
    expect(readFileSync(join(folder.path, name), "utf8")).not.toMatch(/(^|,|")=HYPERLINK/m);
  }
});

test("without any record there is a page that says how to get one", async () => {
  using folder = temporaryFolder();
  const { code } = await assay("report", "--from", folder.path, "--out", folder.path, ...sound);
  expect(code).toBe(0);
  expect(page(folder.path)).toContain("npx assay run tiny/sums");
});

test("a folder of records that is not there is one line and code 2", async () => {
  using folder = temporaryFolder();
  const { code, stderr } = await assay("report", "--from", join(folder.path, "nowhere"), "--out", folder.path, ...sound);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^assay: there is no folder .*\n$/);
});

test("a folder that cannot be written to is one line and code 2", async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, "file"), "");
  const { code, stderr } = await assay("report", "--from", folder.path, "--out", join(folder.path, "file"), ...sound);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^assay: cannot write to .*\n$/);
});
