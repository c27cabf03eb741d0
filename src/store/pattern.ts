import type { Catalogue, DiscoveredArticle } from "./discover.ts";

/** Nothing matched: names the nearest ones there are. */
export class UnknownPattern extends Error {
  override name = "UnknownPattern";
}

/**
 * Keeps what the patterns name: a folder, the slug or address of a post, or an experiment, whole or in part.
 * A pattern that is the whole of a name means that name alone. Without patterns everything is kept.
 * @throws {UnknownPattern} at the first pattern that names nothing.
 */
export function select(catalogue: Catalogue, patterns: readonly string[]): Catalogue {
  if (patterns.length === 0) return catalogue;
  const wanted = new Set<string>();
  for (const pattern of patterns) {
    const found = matches(catalogue, pattern);
    if (found.length === 0) {
      const nearest = nearestNames(pattern, namesOf(catalogue));
      const hint = nearest.length > 0 ? `the nearest names are ${nearest.join(", ")}` : "there is nothing at all";
      throw new UnknownPattern(`nothing is called ${JSON.stringify(clip(pattern))}; ${hint}`);
    }
    for (const id of found) wanted.add(id);
  }
  return {
    articles: catalogue.articles
      .map((article) => narrowed(article, wanted))
      .filter(({ folder, experiments, broken }) => wanted.has(folder) || experiments.length + broken.length > 0),
    broken: catalogue.broken.filter(({ id }) => wanted.has(id)),
  };
}

function narrowed(article: DiscoveredArticle, wanted: ReadonlySet<string>): DiscoveredArticle {
  if (wanted.has(article.folder)) return article;
  return {
    ...article,
    experiments: article.experiments.filter(({ id }) => wanted.has(id)),
    broken: article.broken.filter(({ id }) => wanted.has(id)),
  };
}

/** Identities (folders, or experiments) that a pattern names. */
function matches(catalogue: Catalogue, pattern: string): string[] {
  const sought = pattern.trim().toLowerCase().replace(/\/$/, "");
  if (sought === "") return [];
  const named: { id: string; names: string[] }[] = [
    ...catalogue.articles.flatMap(({ folder, article, experiments, broken }) => [
      { id: folder, names: [folder, article.slug, ...(article.url ? [article.url.replace(/\/$/, "")] : [])] },
      ...[...experiments, ...broken].map(({ id }) => ({ id, names: [id, id.split("/")[1]!] })),
    ]),
    ...catalogue.broken.map(({ id }) => ({ id, names: [id] })),
  ];
  const whole = named.filter(({ names }) => names.some((name) => name.toLowerCase() === sought));
  if (whole.length > 0) return whole.map(({ id }) => id);
  const folders = named.filter(({ id, names }) => !id.includes("/") && names.some((name) => name.toLowerCase().includes(sought)));
  // "l1" means the post; only where no post is called so does it mean experiments.
  const found = folders.length > 0 ? folders : named.filter(({ names }) => names.some((name) => name.toLowerCase().includes(sought)));
  return found.map(({ id }) => id);
}

function namesOf(catalogue: Catalogue): string[] {
  return catalogue.articles.flatMap(({ folder, experiments }) => [folder, ...experiments.map(({ id }) => id)]);
}

/** The three names that take the fewest edits to reach, counting the best part of a long name. */
export function nearestNames(word: string, names: readonly string[]): string[] {
  const sought = clip(word.toLowerCase());
  const distance = (name: string): number => Math.min(...[name, ...name.split(/[/-]/)].map((part) => edits(sought, part)));
  return names
    .map((name) => ({ name, distance: distance(name) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

const clip = (word: string): string => (word.length > 60 ? `${word.slice(0, 59)}…` : word);

/** Insertions, deletions and substitutions that turn one word into the other (Wagner and Fischer). */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
