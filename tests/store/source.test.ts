import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { closure, instrumentHash, sourceHash } from "../../src/store/source.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-source-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const files = {
  "post/article.ts": `export default {};\n`,
  "post/one.ts": [
    `import { readFileSync } from "node:fs";`,
    `import { some } from "some-package/deep";`,
    `import type { Typed } from "./_types.ts";`,
    `import article from "./article.ts";`,
    `import { helper } from "./_helper.ts";`,
    `export default { article, helper, some, readFileSync, worker: new URL("./_worker.ts", import.meta.url) } as Typed;`,
    ``,
  ].join("\n"),
  "post/_helper.ts": `export { deep as helper } from "./_deep.ts";\n`,
  "post/_deep.ts": `export const deep = async () => (await import("./_late.ts")).late;\n`,
  "post/_late.ts": `export const late = 1;\n`,
  "post/_worker.ts": `import { late } from "./_late.ts";\nexport default late;\n`,
  "post/_types.ts": `export type Typed = object;\n`,
  "post/unrelated.ts": `export default {};\n`,
  "node_modules/some-package/package.json": `{ "name": "some-package", "version": "1.2.3" }`,
};

let copies = 0;

/** A fresh copy of the post, because what was read once is not read again. Returns its experiment's hash. */
function hashed(changes: Partial<Record<keyof typeof files, string>> = {}, flags: readonly string[] = []): string {
  return sourceHash(join(written(changes), "post/one.ts"), flags);
}

function written(changes: Partial<Record<keyof typeof files, string>>): string {
  const copy = join(folder, String(copies++));
  for (const [name, text] of Object.entries({ ...files, ...changes })) {
    mkdirSync(join(copy, name, ".."), { recursive: true });
    writeFileSync(join(copy, name), text);
  }
  return copy;
}

test("the same code has the same hash wherever it lies", () => {
  expect(hashed()).toMatch(/^[0-9a-f]{16}$/);
  expect(hashed()).toBe(hashed());
});

test("the hash changes with the file, and with whatever it imports, exports on, imports late or starts", () => {
  const changed = (["post/one.ts", "post/article.ts", "post/_helper.ts", "post/_deep.ts", "post/_late.ts", "post/_worker.ts"] as const).map(
    (name) => hashed({ [name]: `${files[name]}// changed\n` }),
  );
  expect(new Set([hashed(), ...changed]).size).toBe(1 + changed.length);
});

test("the hash changes with the version of a package and with the flags", () => {
  const version = hashed({ "node_modules/some-package/package.json": `{ "name": "some-package", "version": "1.2.4" }` });
  expect(new Set([hashed(), version, hashed({}, ["--a"]), hashed({}, ["--a", "--b"]), hashed({}, ["--a --b"])]).size).toBe(5);
});

test("the hash does not change with line endings, with types alone, or with a neighbour", () => {
  const windows = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replaceAll("\n", "\r\n")]));
  expect(hashed(windows)).toBe(hashed());
  expect(hashed({ "post/_types.ts": "export type Typed = unknown;\n" })).toBe(hashed());
  expect(hashed({ "post/unrelated.ts": "export default [];\n" })).toBe(hashed());
});

test("the closure is what is imported, directly or not, and nothing twice", () => {
  const copy = written({});
  const { files: found, packages } = closure([join(copy, "post/one.ts")]);
  expect(found.map((path) => relative(copy, path).replaceAll("\\", "/"))).toEqual(
    ["_deep", "_helper", "_late", "_worker", "article", "one"].map((name) => `post/${name}.ts`),
  );
  expect(packages).toEqual(["some-package"]);
});

test("the closure of a real experiment holds its helpers, the lab's nouns and inputs, its packages, and no report", () => {
  const { files: found, packages } = closure([
    join(root, "benchmarks/bounded-concurrency/descriptors.ts"),
    join(root, "src/measure/trial.ts"),
  ]);
  const names = found.map((path) => relative(root, path).replaceAll("\\", "/"));
  expect(names).toContain("benchmarks/bounded-concurrency/article.ts");
  // Started as a process, never imported.
  expect(names).toContain("benchmarks/bounded-concurrency/_client.ts");
  expect(names).toEqual(expect.arrayContaining(["src/lab.ts", "src/model/experiment.ts", "src/inputs/random.ts", "src/measure/timing.ts"]));
  expect(names.filter((name) => /^src\/(report|judge|cli|store|gate)\//.test(name))).toEqual([]);
  expect(packages).toEqual(expect.arrayContaining(["mitata", "tinybench", "p-limit"]));
});

test("a file that names a folder or one that is missing is hashed all the same", () => {
  const hash = hashed({ "post/_late.ts": `export const late = new URL("./", import.meta.url);\nimport("./_missing.ts");\n` });
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(readFileSync(join(folder, String(copies - 1), "post/_late.ts"), "utf8")).toContain("_missing");
});

test("an instrument's hash is of its own folders, whatever it can be used on", () => {
  const gate = join(root, "src", "gate", "certify.ts");
  const hash = instrumentHash(gate, ["gate", "measure"]);
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(instrumentHash(gate, ["gate", "measure", "services"])).not.toBe(hash);
  expect(instrumentHash(gate, ["gate"])).not.toBe(hash);
});
