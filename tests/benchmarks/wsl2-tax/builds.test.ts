import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { stop } from "esbuild";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bundle, check } from "../../../benchmarks/wsl2-tax/_builders.ts";
import { filesBelow } from "../../../benchmarks/wsl2-tax/_files.ts";
import { mirror } from "../../../benchmarks/wsl2-tax/_mirror.ts";
import { ENTRY, sourcesOf, writeSources } from "../../../benchmarks/wsl2-tax/_project.ts";

const MODULES = 25;
let project: string;
let copy: string;
beforeEach(() => {
  project = mkdtempSync(join(os.tmpdir(), "assay-test-"));
  copy = mkdtempSync(join(os.tmpdir(), "assay-test-"));
  writeSources(sourcesOf(MODULES), project);
});
afterEach(async () => {
  await stop();
  for (const directory of [project, copy]) rmSync(directory, { recursive: true, force: true });
});

test("the same seed makes the same project", () => {
  expect([...sourcesOf(MODULES)]).toEqual([...sourcesOf(MODULES)]);
  expect([...sourcesOf(MODULES, 2)]).not.toEqual([...sourcesOf(MODULES)]);
});

test("operations are counted below the directory and nowhere else, and what is not there costs one", () => {
  const files = filesBelow(join(project, "src"));
  files.read(join(project, "tsconfig.json"));
  expect(files.operations()).toBe(0);
  files.read(join(project, ENTRY));
  expect(files.operations()).toBe(3);
  expect(files.stat(join(project, "src", "none.ts"))).toBeUndefined();
  expect(files.read(join(project, "src", "none.ts"))).toBeUndefined();
  expect(files.list(join(project, "src", "none"))).toBeUndefined();
  expect(files.operations()).toBe(6);
  expect(files.list(join(project, "src"))?.map(({ name }) => name)).toContain("main.ts");
  expect(files.operations()).toBe(9);
});

test("a bundle reads every module once, holds all of them, and is the same wherever it is built", async () => {
  writeSources(sourcesOf(MODULES), copy);
  const files = filesBelow(project);
  const code = await bundle(project, files);
  for (let module = 0; module < MODULES; module++) expect(code).toContain(`function work${module}(`);
  expect(files.operations()).toBeGreaterThanOrEqual(4 * (MODULES + 1));
  expect(await bundle(copy, filesBelow(copy))).toBe(code);
});

test("a missing module is an error of the bundle, and a mistake of types one of the check", async () => {
  expect(check(project, filesBelow(project))).toBe(MODULES + 1);
  appendFileSync(join(project, ENTRY), `export const wrong: number = "text";\n`);
  expect(() => check(project, filesBelow(project))).toThrow(/1 mistakes?/);
  appendFileSync(join(project, ENTRY), `export * from "./nowhere";\n`);
  await expect(bundle(project, filesBelow(project))).rejects.toThrow(/there is no module/);
});

test("a mirror copies everything once, then only what has changed", () => {
  expect(mirror(project, copy, filesBelow(project))).toBe(MODULES + 2);
  expect(mirror(project, copy, filesBelow(project))).toBe(0);
  writeFileSync(join(project, ENTRY), "export const edited = true;\n");
  const files = filesBelow(project);
  expect(mirror(project, copy, files)).toBe(1);
  expect(readFileSync(join(copy, ENTRY), "utf8")).toBe("export const edited = true;\n");
  // One look at each file, the directories, and the file that was copied.
  expect(files.operations()).toBe(MODULES + 2 + 3 * 4 + 3);
});
