import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

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
  return hashOf(file, flags, files, packages);
}

/** Hash of the part of what a file imports that lies in these folders of `src`, and of the runtime: of an instrument, not of all that it can be used on. */
export function instrumentHash(file: string, folders: readonly string[]): string {
  const own = folders.map((folder) => join(PACKAGE_ROOT, "src", folder) + sep);
  const files = closure([file], false).files.filter((path) => own.some((folder) => path.startsWith(folder)));
  return hashOf(file, [], files, []);
}

function hashOf(file: string, flags: readonly string[], files: readonly string[], packages: readonly string[]): string {
  const hash = createHash("sha256");
  hash.update(`${process.versions.node} ${process.versions.v8} ${JSON.stringify(flags)}\n`);
  for (const path of files) hash.update(`${identity(path, file)}\n${contents(path)}\n`);
  for (const name of packages) hash.update(`${name}@${versionOf(name, file)}\n`);
  return hash.digest("hex").slice(0, 16);
}

/**
 * All files and packages that the given files import, directly or not, sorted.
 * @param lab whether what `#lab` stands for belongs to it.
 */
export function closure(entries: readonly string[], lab = true): { readonly files: string[]; readonly packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = entries.map((entry) => resolve(entry));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.has(path) || !isFile(path)) continue;
    files.add(path);
    for (const [, named, dynamic, started] of contents(path).matchAll(IMPORTS)) {
      const specifier = (named ?? dynamic ?? started)!;
      if (specifier === "#lab") waiting.push(...(lab ? [LAB] : []));
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

const versionOf = (name: string, from: string): string => manifestOf(name, from)?.version ?? "absent";

interface Manifest {
  readonly version: string;
  readonly dependencies?: { readonly [name: string]: string };
}

/** The manifest of a package as a file would find it, with the path where it lies. */
function manifestOf(name: string, from: string): (Manifest & { readonly path: string }) | undefined {
  for (let folder = dirname(resolve(from)); ; folder = dirname(folder)) {
    const path = join(folder, "node_modules", name, "package.json");
    if (existsSync(path)) return { ...(JSON.parse(readFileSync(path, "utf8")) as Manifest), path };
    if (folder === dirname(folder)) return undefined;
  }
}

/** What an experiment is made of, the lab itself left out. */
export interface Imports {
  /** Contents of the files that it imports, itself first, by their paths below the project, with slashes. */
  readonly files: ReadonlyMap<string, string>;
  /** Versions of the packages that it imports, and of all that these depend on. */
  readonly packages: ReadonlyMap<string, string>;
}

/** Addresses that each module asked for as it was loaded, by its own address. */
export type Loads = Map<string, Set<string>>;

/**
 * What an experiment's readings depend on in its own project: what was loaded with it, what it names to be imported or started later, and
 * whatever lies in its folder and is no code, for it may be read. Its article is left out: what a post claims changes no reading.
 * What is imported later by a name that is made at run time is not seen.
 * @param project the folder that holds the project's package.json.
 */
export function importsOf(file: string, project: string, loads: Loads = new Map()): Imports {
  const own = resolve(file);
  const article = join(dirname(own), "article.ts");
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [own, ...dataBeside(own)];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.has(path) || path === article || !isFile(path)) continue;
    files.add(path);
    const named = closure([path], false);
    for (const name of named.packages) packages.add(name);
    waiting.push(...named.files);
    for (const address of loads.get(pathToFileURL(path).href) ?? []) {
      const loaded = address.startsWith("file:") ? fileURLToPath(address) : "";
      const [, name] = /.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(loaded) ?? [];
      if (name !== undefined) packages.add(name.replaceAll("\\", "/"));
      else if (loaded !== "" && !loaded.startsWith(join(PACKAGE_ROOT, "src"))) waiting.push(loaded);
    }
  }
  const sorted = [own, ...[...files].filter((path) => path !== own).toSorted()];
  return {
    files: new Map(sorted.map((path) => [relative(project, path).split(sep).join("/"), contents(path)])),
    packages: dependenciesOf([...packages].toSorted(), file),
  };
}

const dataBeside = (file: string): string[] =>
  readdirSync(dirname(file), { withFileTypes: true })
    .filter((it) => it.isFile() && !/\.[cm]?[jt]sx?$/.test(it.name))
    .map((it) => join(dirname(file), it.name));

function dependenciesOf(names: readonly string[], from: string): Map<string, string> {
  const versions = new Map<string, Set<string>>();
  const visited = new Set<string>();
  const visit = (name: string, importer: string): void => {
    const found = manifestOf(name, importer);
    const all = versions.get(name) ?? new Set();
    versions.set(name, all.add(found?.version ?? "absent"));
    if (!found || visited.has(found.path)) return;
    visited.add(found.path);
    for (const dependency of Object.keys(found.dependencies ?? {})) visit(dependency, realpathSync(found.path));
  };
  for (const name of names) visit(name, from);
  return new Map([...versions].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, all]) => [name, [...all].toSorted().join(" and ")]));
}
