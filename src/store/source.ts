import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGE_ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LAB = join(PACKAGE_ROOT, "src", "lab.ts");
const TRIAL = join(PACKAGE_ROOT, "src", "measure", "trial.ts");

/**
 * Import and re-export statements that remain when types are stripped, dynamic imports of a literal, and files that are named to be
 * started as a worker or a process.
 */
const IMPORTS =
  /^\s*(?:import|export)\s(?!type\s)(?:[^"';]*?\sfrom\s*)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)|\bnew URL\(\s*["'](\.[^"']+)["']\s*,\s*import\.meta\.url\s*\)/gm;

/**
 * Hash of all that the readings of an experiment depend on: its file, what it and the trial process import, the versions of the
 * packages among that, the runtime and its flags. Line endings do not count.
 */
export function sourceHash(file: string, flags: readonly string[]): string {
  const { files, packages } = closure([file, TRIAL]);
  const hash = createHash("sha256");
  hash.update(`${process.versions.node} ${process.versions.v8} ${JSON.stringify(flags)}\n`);
  for (const path of files) hash.update(`${identity(path, file)}\n${contents(path)}\n`);
  for (const name of packages) hash.update(`${name}@${versionOf(name, file)}\n`);
  return hash.digest("hex").slice(0, 16);
}

/** All files and packages that the given files import, directly or not, sorted. */
export function closure(entries: readonly string[]): { readonly files: string[]; readonly packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = entries.map((entry) => resolve(entry));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.has(path) || !isFile(path)) continue;
    files.add(path);
    for (const [, named, dynamic, started] of contents(path).matchAll(IMPORTS)) {
      const specifier = (named ?? dynamic ?? started)!;
      if (specifier === "#lab") waiting.push(LAB);
      else if (specifier.startsWith(".")) waiting.push(resolve(dirname(path), specifier));
      else if (!specifier.startsWith("node:")) packages.add(packageName(specifier));
    }
  }
  return { files: [...files].toSorted(), packages: [...packages].toSorted() };
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

const seen = new Map<string, string>();

function contents(path: string): string {
  let text = seen.get(path);
  if (text === undefined) {
    text = readFileSync(path, "utf8").replaceAll("\r\n", "\n");
    seen.set(path, text);
  }
  return text;
}

/** A name that is the same in every checkout. */
function identity(path: string, experiment: string): string {
  const inside = relative(PACKAGE_ROOT, path);
  const name = inside.startsWith("..") ? relative(dirname(experiment), path) : inside;
  return name.split(sep).join("/");
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function versionOf(name: string, from: string): string {
  for (let folder = dirname(resolve(from)); ; folder = dirname(folder)) {
    const manifest = join(folder, "node_modules", name, "package.json");
    if (existsSync(manifest)) return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
    if (folder === dirname(folder)) return "absent";
  }
}
