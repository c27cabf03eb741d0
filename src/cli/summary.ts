import { claimVerdicts } from "../judge/claims.ts";
import { summaryOf } from "../judge/summary.ts";
import { verdictsOf } from "../judge/verdicts.ts";
import type { ClaimVerdict, Verdict } from "../model/verdict.ts";
import { extrapolatedWords } from "../report/asked.ts";
import { unitOf as unitOfQuantity } from "../report/unit.ts";
import { boundWords, interval } from "../report/words.ts";
import type { Catalogue } from "../store/discover.ts";
import { failuresOf, type Outcomes } from "./measure-all.ts";

/**
 * What a run prints when it ends: a line a post, and beneath it every claim that was not reproduced (with `all` every one), then failures.
 * @param catalogue what was asked for; `whole` is all there is.
 */
export function summary(catalogue: Catalogue, whole: Catalogue, { finished, broken }: Outcomes, all: boolean): string[] {
  const ran = new Set(finished.map(({ experiment }) => experiment.id));
  // A claim is not reproduced by half of its readings: what this run did not ask counts as not run.
  const rest = whole.articles.flatMap((article) => article.experiments).filter(({ id }) => !ran.has(id));
  const verdicts = [
    ...finished.flatMap((outcome) => outcome.verdicts),
    ...rest.flatMap(({ id, definition }) => verdictsOf(definition, id, undefined)),
  ];
  const lines: string[] = [];
  for (const { folder, article, experiments } of catalogue.articles) {
    if (experiments.length === 0) continue;
    const claims = claimVerdicts(article, verdicts);
    const counts = summaryOf(claims);
    const parts = [
      [counts.reproduced, "reproduced"],
      [counts.consistent, "consistent with the model"],
      [counts.weaker, "weaker"],
      [counts.refuted, "refuted"],
      [counts.undecided, "undecided"],
      [counts.needsFull, "need full"],
      [counts.notRun, "not run"],
      [counts.notTried, "not tried"],
      [counts.notYetAnswered, "not yet answered"],
    ] as const;
    const optional = new Set(["consistent with the model", "need full", "not run", "not yet answered"]);
    const told = parts.filter(([count, name]) => count > 0 || !optional.has(name)).map(([count, name]) => `${count} ${name}`);
    lines.push(`${article.title}: ${told.join(", ")}`);
    const metrics = new Map(experiments.map(({ id, definition }) => [id, definition.metrics]));
    const unitOf = ({ experiment, bound }: Verdict): string => unitOfQuantity(bound.quantity, metrics.get(experiment));
    for (const claim of claims) lines.push(...claimLines(claim, all, unitOf));
    const wanting = verdicts.filter(({ ruling, experiment }) => ruling === "needs full" && experiment.startsWith(`${folder}/`));
    for (const [experiment, its] of Map.groupBy(wanting, (verdict) => verdict.experiment)) {
      lines.push(`    for ${[...new Set(its.map(({ claim }) => claim))].join(", ")}: npx assay run ${experiment} --effort full`);
    }
  }
  for (const outcome of finished) {
    for (const failure of failuresOf(outcome)) lines.push(`failed  ${outcome.experiment.id}: ${failure}`);
  }
  for (const { id, message } of broken) lines.push(`failed  ${id}: ${message}`);
  return lines;
}

type UnitOf = (verdict: Verdict) => string;

function claimLines({ claim, verdicts }: ClaimVerdict, all: boolean, unitOf: UnitOf): string[] {
  return verdicts
    .filter(({ ruling }) => ruling !== "not run" && (all || ruling !== "reproduced"))
    .map((verdict) => `    ${verdict.ruling.padEnd(10)}  ${claim}  ${inWords(verdict, unitOf(verdict))}`);
}

function inWords({ says, measured, bound, at, because }: Verdict, unit: string): string {
  const far = bound.quantity.kind === "extrapolated" ? ` ${extrapolatedWords(bound.quantity, at)}` : "";
  const found = measured ? `: ${interval(measured, unit)}${far}, claimed ${boundWords(bound.low, bound.high, unit)}` : "";
  return `${says}${found}${because === undefined ? "" : ` (${because})`}`;
}
