import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ExperimentReport } from "../../src/report/input.ts";
import { writeReport } from "../../src/report/write.ts";
import { inputOf, postOf, reportOf } from "../testdata/report/input.ts";
import { climb, staircase } from "../testdata/report/synthetic.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-report-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => it.name)
    .toSorted();

test("page, charts in both themes and tables are written, and nothing temporary stays", async () => {
  const written = await writeReport(inputOf(), folder);
  expect(written.broken).toEqual([]);
  expect(written.charts).toHaveLength(6 * 5);
  expect(written.tables).toHaveLength(6 * 4);
  expect(filesIn(folder).filter((name) => name.startsWith("staircase"))).toEqual([
    "staircase-dark.png",
    "staircase-dark.svg",
    "staircase.bench.txt",
    "staircase.csv",
    "staircase.html",
    "staircase.json",
    "staircase.md",
    "staircase.png",
    "staircase.svg",
  ]);
  expect(filesIn(folder)).toHaveLength(6 * 9 + 1);
});

test("every file that was written is named, and is there", async () => {
  const written = await writeReport(inputOf(), folder);
  for (const path of [...written.charts, ...written.tables]) expect(existsSync(path), path).toBe(true);
});

test("the same records give the same bytes", async () => {
  const [one, two] = [join(folder, "one"), join(folder, "two")];
  await writeReport(inputOf(), one);
  await writeReport(inputOf(), two);
  for (const path of readdirSync(one, { recursive: true, withFileTypes: true }).filter((it) => it.isFile())) {
    const first = join(path.parentPath, path.name);
    expect(readFileSync(first).equals(readFileSync(first.replace(one, two))), path.name).toBe(true);
  }
});

test("the page holds each chart once, for screens and phones alike, with the ids of no two alike", async () => {
  const { page } = await writeReport(inputOf(), folder);
  const text = readFileSync(page, "utf8").replace(/<script>[\s\S]*?<\/script>/g, "");
  expect(text.match(/class="chart wide"/g)).toHaveLength(6);
  expect(text.match(/<svg /g)).toHaveLength(6);
  const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(text.length).toBeLessThan(400_000);
});

test.each([
  ["a record that cannot be read", (it: ExperimentReport) => ({ ...it, record: { ...it.record!, rounds: null as never } })],
  [
    "a definition that cannot be drawn",
    (it: ExperimentReport) => ({ ...it, definition: { ...it.definition, variantNames: null as never } }),
  ],
])("%s is named in its place and stops no other experiment", async (_, breakIt) => {
  const written = await writeReport(
    inputOf((all) => [breakIt(all[0]!), ...all.slice(1)]),
    folder,
  );
  expect(written.broken.map(({ id }) => id)).toEqual(["cache-line/staircase"]);
  expect(written.charts).toHaveLength(5 * 5);
  expect(readFileSync(written.page, "utf8")).toMatch(/could not be (drawn|shown)/);
});

test("an experiment without a record says how to get one", async () => {
  const input = inputOf(([first]) => {
    const { record: _, ...bare } = first!;
    return [{ ...bare, failure: "the record is of schema 2" }];
  });
  const text = readFileSync((await writeReport(input, folder)).page, "utf8");
  expect(text).toContain("the record is of schema 2");
  expect(text).toContain("npx assay run cache-line/staircase");
});

test("a name that leads out of the folder writes nothing there", async () => {
  const written = await writeReport(
    inputOf(([first]) => [{ ...first!, id: "../../outside" }]),
    folder,
  );
  expect(written.charts).toEqual([]);
  expect(written.broken).toHaveLength(1);
});

test("what only another host has measured is shown as that, and nothing of it is taken for this host's", async () => {
  const report = reportOf("cache-line/staircase", staircase, climb);
  const record = { ...report.record!, failures: [{ phase: "trial" as const, message: "it broke there" }] };
  const borrowed = {
    ...report,
    record,
    borrowed: true as const,
    verdicts: report.verdicts.map(({ measured: _, ...it }) => ({ ...it, ruling: "not run" as const })),
  };
  const { page: index } = await writeReport({ ...inputOf(), posts: [postOf([borrowed])] }, folder);
  const text = readFileSync(index, "utf8").replace(/<script[\s\S]*?<\/script>/g, "");
  expect(text).toContain("Not measured here yet: this is reference host: shared 2-core virtual machine");
  expect(text).toContain("npx assay run cache-line/staircase");
  expect(text).not.toMatch(/it broke there|measured <b>|>host <a/);
});
