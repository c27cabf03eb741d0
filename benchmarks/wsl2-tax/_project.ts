/** A TypeScript project made of a seed: modules that import each other and check, so that a bundler and a type checker have work to do. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { seeded } from "#lab";

/** Path from the project's directory → what is in the file. */
export type Sources = ReadonlyMap<string, string>;

const MODULES_PER_FOLDER = 20;
const IMPORTS = 3;
export const ENTRY = "src/main.ts";

const folderOf = (module: number): string => `part${Math.floor(module / MODULES_PER_FOLDER)}`;
const nameOf = (module: number): string => `${folderOf(module)}/module${module}`;

/** @param files modules of the project; the entry, which imports them all, and `tsconfig.json` come on top. */
export function sourcesOf(files: number, seed = 1): Sources {
  const random = seeded(seed);
  const modules = Array.from({ length: files }, (_, module): [string, string] => [`src/${nameOf(module)}.ts`, moduleText(module, random)]);
  const imports = modules.map((_, module) => `import { work${module} } from "./${nameOf(module)}";`);
  const calls = modules.map((_, module) => `  work${module}({ id: ${module}, label: "${module}" }).total,`);
  return new Map([
    ...modules,
    [ENTRY, [...imports, "export const totals: readonly number[] = [", ...calls, "];", ""].join("\n")],
    ["tsconfig.json", JSON.stringify(CONFIG)],
  ]);
}

const CONFIG = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: "es2022",
    lib: ["es5"],
    module: "esnext",
    moduleResolution: "bundler",
    types: [],
  },
  include: ["src"],
};

function moduleText(module: number, random: () => number): string {
  const imported = [...new Set(Array.from({ length: Math.min(module, IMPORTS) }, () => Math.floor(random() * module)))];
  return [
    ...imported.map((other) => `import { work${other} } from "../${nameOf(other)}";`),
    `export interface Order${module} { readonly id: number; readonly label: string }`,
    `export interface Result${module} { readonly total: number; readonly words: readonly string[] }`,
    `const weights${module} = [${Array.from({ length: 40 }, () => Math.floor(random() * 1e6)).join(", ")}] as const;`,
    `export function work${module}(order: Order${module}): Result${module} {`,
    `  const words = order.label.split(" ").map((word) => word.toUpperCase() + ${JSON.stringify(String(module))});`,
    `  const own = weights${module}.reduce((sum: number, weight) => sum + weight * order.id, 0);`,
    `  return { total: own${imported.map((other) => ` + (order.id < 0 ? work${other}(order).total : 0)`).join("")}, words };`,
    "}",
    "",
  ].join("\n");
}

/** Writes the project into a directory. */
export function writeSources(sources: Sources, directory: string): void {
  const folders = new Set([...sources.keys()].map((path) => dirname(join(directory, path))));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  for (const [path, text] of sources) writeFileSync(join(directory, path), text);
}
