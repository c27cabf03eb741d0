import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Article } from "../model/article.ts";
import type { Definition } from "../model/experiment.ts";

export interface DiscoveredExperiment {
  /** `<article>/<experiment>`: the path is the identity. */
  readonly id: string;
  readonly file: string;
  readonly definition: Definition;
}

/** A benchmark file that could not be loaded; the others still run. */
export interface BrokenFile {
  readonly id: string;
  readonly file: string;
  readonly message: string;
}

export interface DiscoveredArticle {
  readonly folder: string;
  readonly article: Article;
  readonly experiments: readonly DiscoveredExperiment[];
  readonly broken: readonly BrokenFile[];
}

export interface Catalogue {
  /** Newest post first. */
  readonly articles: readonly DiscoveredArticle[];
  /** Folders whose `article.ts` could not be loaded. */
  readonly broken: readonly BrokenFile[];
}

const NAME = /^[a-z0-9][a-z0-9-]*$/;

/** Finds all posts and experiments below a folder. Files that begin with `_` belong to their neighbours and are no experiments. */
export async function discover(benchmarks: string): Promise<Catalogue> {
  const root = resolve(benchmarks);
  const entries = await readdir(root, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && NAME.test(entry.name)).map((entry) => entry.name);
  const articles: DiscoveredArticle[] = [];
  const broken: BrokenFile[] = [];
  for (const folder of folders.toSorted()) {
    const file = join(root, folder, "article.ts");
    const loaded = await load<Article>(file, "article.ts", isArticle);
    if ("message" in loaded) broken.push({ id: folder, file, message: loaded.message });
    else articles.push(await discoverExperiments(root, folder, loaded.value));
  }
  // Within a month the journal has no order that we know: the folder's name decides.
  articles.sort((a, b) => b.article.published.localeCompare(a.article.published) || a.folder.localeCompare(b.folder));
  return { articles, broken };
}

async function discoverExperiments(root: string, folder: string, article: Article): Promise<DiscoveredArticle> {
  const experiments: DiscoveredExperiment[] = [];
  const broken: BrokenFile[] = [];
  const names = (await readdir(join(root, folder)))
    .filter((name) => name.endsWith(".ts") && name !== "article.ts" && !name.startsWith("_"))
    .toSorted();
  for (const name of names) {
    const file = join(root, folder, name);
    const id = `${folder}/${name.slice(0, -".ts".length)}`;
    if (!NAME.test(name.slice(0, -".ts".length))) {
      broken.push({ id, file, message: "its name may hold lower-case letters, digits and hyphens only" });
      continue;
    }
    const loaded = await load<Definition>(file, name, isDefinition);
    if ("message" in loaded) broken.push({ id, file, message: loaded.message });
    else if (loaded.value.article !== article) broken.push({ id, file, message: "its article is not the one beside it" });
    else experiments.push({ id, file, definition: loaded.value });
  }
  return { folder, article, experiments, broken };
}

type Loaded<T> = { readonly value: T } | { readonly message: string };

async function load<T>(file: string, name: string, is: (it: unknown) => it is T): Promise<Loaded<T>> {
  const exit = process.exit;
  // A file that ends the process as it is imported must not take the others down.
  process.exit = ((code?: number) => {
    throw new Error(`called process.exit(${code ?? ""}) while it was being loaded`);
  }) as typeof process.exit;
  try {
    const { default: value } = (await import(pathToFileURL(file).href)) as { default?: unknown };
    return is(value) ? { value } : { message: `${name} has no default export of the kind the lab expects` };
  } catch (error) {
    return { message: oneLine(error) };
  } finally {
    process.exit = exit;
  }
}

function oneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT" || code === "ERR_MODULE_NOT_FOUND")
    return "a file that it needs is missing: " + (error.message.split("\n", 1)[0] ?? "");
  return `${error.name}: ${error.message.split("\n").find((line) => line.trim()) ?? ""}`;
}

function isArticle(it: unknown): it is Article {
  return typeof it === "object" && it !== null && typeof (it as Article).title === "string" && typeof (it as Article).claims === "object";
}

function isDefinition(it: unknown): it is Definition {
  return typeof it === "object" && it !== null && ["experiment", "scenario"].includes((it as Definition).kind);
}
