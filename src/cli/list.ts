import { pointsOf, type Point } from "../model/sweep.ts";
import { nameWords, quantity } from "../report/words.ts";
import type { Catalogue, DiscoveredExperiment } from "../store/discover.ts";
import { select } from "../store/pattern.ts";
import { discoverOrExplain } from "./catalogue.ts";
import { exitCodes } from "./exit.ts";

export interface ListFlags {
  readonly benchmarks: string;
  readonly json?: boolean;
}

/** `assay list`: posts, their experiments, their claims and what answers each. */
export async function listCommand(patterns: readonly string[], flags: ListFlags): Promise<number> {
  const everything = await discoverOrExplain(flags.benchmarks);
  const catalogue = select(everything, patterns);
  // What answers a claim does not depend on which experiments were asked for.
  const all = everything.articles.flatMap((article) => article.experiments);
  console.log(flags.json ? JSON.stringify(listDocument(catalogue, all)) : listLines(catalogue, all).join("\n"));
  const broken = [...catalogue.broken, ...catalogue.articles.flatMap((article) => article.broken)];
  for (const { id, message } of broken) console.error(`failed  ${id}: ${message}`);
  return broken.length > 0 ? exitCodes.failed : exitCodes.well;
}

function listDocument({ articles }: Catalogue, all: readonly DiscoveredExperiment[]): object {
  return {
    articles: articles.map(({ folder, article, experiments }) => ({
      folder,
      title: article.title,
      published: article.published,
      url: article.url ?? null,
      claims: Object.entries(article.claims).map(([id, { claim, testable, where }]) => ({
        id,
        claim,
        testable,
        where,
        answeredBy: answering(id, all),
      })),
      experiments: experiments.map(({ id, definition }) => ({
        id,
        question: definition.question,
        kind: definition.kind,
        variants: definition.variantNames,
        sweep: definition.sweep,
        metrics: definition.metrics,
        needs: needsOf(definition),
      })),
    })),
  };
}

const answering = (claim: string, experiments: readonly DiscoveredExperiment[]): string[] =>
  experiments.filter(({ definition }) => Object.hasOwn(definition.claims, claim)).map(({ id }) => id);

function listLines({ articles }: Catalogue, all: readonly DiscoveredExperiment[]): string[] {
  return articles.flatMap(({ folder, article, experiments }) => {
    const judged = Object.entries(article.claims).filter(([, { testable }]) => testable === "measure" || testable === "check");
    const answered = judged.filter(([id]) => answering(id, all).length > 0);
    return [
      `${folder}  ${article.title} (${article.published}): ${answered.length} of ${judged.length} testable claims answered`,
      ...experiments.map(({ id, definition }) => `    ${id}  ${definition.question}${needing(definition)}`),
      ...(answered.length < judged.length
        ? [
            `    not yet answered: ${judged
              .filter((it) => !answered.includes(it))
              .map(([id]) => id)
              .join(", ")}`,
          ]
        : []),
    ];
  });
}

/** What an experiment needs, as data: where memory depends on the point, the range over all points. */
function needsOf({ needs = {}, sweep }: DiscoveredExperiment["definition"]): object {
  if (typeof needs.memory !== "function") return needs;
  const each = pointsOf(sweep).map(needs.memory);
  return { ...needs, memory: { least: Math.min(...each), most: Math.max(...each) } };
}

function needing({ needs = {}, sweep }: DiscoveredExperiment["definition"]): string {
  const told = Object.entries(needs).map(([need, what]) => {
    if (typeof what === "function") {
      const most = Math.max(...pointsOf(sweep).map(what as (point: Point) => number));
      return `memory by point, up to ${quantity(most, "bytes")}`;
    }
    const words = need === "memory" ? quantity(what as number, "bytes") : Array.isArray(what) ? what.join(" or ") : String(what);
    return `${nameWords(need)} ${words}`;
  });
  return told.length > 0 ? ` [needs ${told.join(", ")}]` : "";
}
