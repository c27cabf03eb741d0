import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { assay } from "./_command.ts";

// Inside the package, where "#lab" means the lab, and outside its node_modules, where the runtime strips no types.
const folder = mkdtempSync(fileURLToPath(new URL("../testdata/scratch-", import.meta.url)));
const benchmarks = join(folder, "benchmarks");
cpSync(fileURLToPath(new URL("../testdata/sound/tiny", import.meta.url)), join(benchmarks, "tiny"), { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const places = ["--benchmarks", benchmarks, "--tests", join(folder, "tests")];

test("a new experiment runs as it was written, and its test names it", async () => {
  const { code, stdout } = await assay("new", "tiny/fresh-idea", ...places);
  expect(code).toBe(0);
  expect(stdout).toContain("npx assay run tiny/fresh-idea");
  const written = readFileSync(join(folder, "tests", "benchmarks", "tiny", "fresh-idea.test.ts"), "utf8");
  expect(written).toContain("../../../benchmarks/tiny/fresh-idea.ts");
  const ran = await assay("run", "tiny/fresh-idea", "--effort", "smoke", "--benchmarks", benchmarks);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toMatch(/tiny\/fresh-idea {2}1 round/);
});

test("nothing is written over", async () => {
  await assay("new", "tiny/another", ...places);
  const { code, stderr } = await assay("new", "tiny/another", ...places);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^assay: .*another\.ts exists already\n$/);
});

test.each([
  ["tinny/idea", /there is no post tinny; the nearest names are tiny/],
  ["idea", /name it <article>\/<experiment>/],
  ["tiny/../../escape", /name it <article>\/<experiment>/],
  ["tiny/article", /name it <article>\/<experiment>/],
])("%s is refused in a line", async (id, reason) => {
  const { code, stderr } = await assay("new", id, ...places);
  expect(code).toBe(2);
  expect(stderr).toMatch(reason);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(existsSync(join(folder, "escape.ts"))).toBe(false);
});
