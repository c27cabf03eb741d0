import { readFileSync } from "node:fs";
import type { Article } from "../model/article.ts";

const template = (name: string): string =>
  readFileSync(new URL(`./scaffold/${name}.template`, import.meta.url), "utf8").replaceAll("\r\n", "\n");

/**
 * The text of a new experiment that runs as it stands: two ways to add up an array, to be replaced by the question at hand.
 * @param open ids of the claims of the article that no experiment answers yet.
 */
export function experimentText(name: string, article: Article, open: readonly string[]): string {
  const claims = open.map((id) => `  //   ${id}: ${article.claims[id]!.claim}\n`).join("");
  return template("experiment")
    .replace("{{name}}", name)
    .replace("{{claims}}", () => (claims ? `  // Not yet answered:\n${claims}` : ""));
}

/** The text of its test: what the variants compute, which no timing can tell. */
export const testText = (path: string): string => template("test").replace("{{path}}", path);
