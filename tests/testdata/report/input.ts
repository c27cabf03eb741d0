import type { Definition } from "../../../src/model/experiment.ts";
import type { MemoryPrice } from "../../../src/model/price.ts";
import type { Ruling } from "../../../src/model/verdict.ts";
import type { ExperimentReport, PostReport, ReportInput } from "../../../src/report/input.ts";
import { all, post, recordOf, verdictsOf } from "./synthetic.ts";

export const source = `/**
 * Two walks visit every slot once and run the same loop; only the order differs.
 *
 * You could be fooled by \`chase\` being hoisted: the cursor carries on where it stopped.
 */
import { experiment, MiB, ratio } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "What does one read cost?", // variants: { not: this }
  variants: {
    ordered: (walk) => chase(walk.ordered, "a } in a string"),
    scattered: (walk) => chase(walk.scattered), /* a } in a comment */
  },
  operations: 1_000,
});
`;

const rulings: readonly Ruling[] = ["reproduced", "undecided", "weaker", "refuted", "reproduced", "reproduced", "consistent with the model", "not tried"];

/** One experiment's report on a synthetic record, with rulings that need not fit its numbers. */
export function reportOf(id: string, definition: Definition, truth: Parameters<typeof recordOf>[2], start = 0): ExperimentReport {
  const verdicts = verdictsOf(id, definition, rulings.slice(start), [{ center: 1.4412, low: 1.4102, high: 1.4733, n: 5, level: 0.95 }]);
  return { id, definition, sourceText: source, record: recordOf(id, definition, truth), verdicts, warnings: [], stale: false };
}

export const price: MemoryPrice = { perGb: 3.2, of: "a kit of two modules", source: { title: "Price list of memory", url: "https://shop.example/memory", date: "2026-11-03" } };

/** A report on every synthetic experiment. */
export function inputOf(change: (experiments: ExperimentReport[]) => ExperimentReport[] = (it) => it): ReportInput {
  const experiments = change(all.map(({ id, definition, truth }, index) => reportOf(id, definition, truth, index)));
  return { posts: [postOf(experiments)], command: "npx assay", version: "0.1.0", price, chance: { expected: 0.4, of: 9 } };
}

export function postOf(experiments: readonly ExperimentReport[]): PostReport {
  const verdicts = experiments.flatMap((it) => it.verdicts);
  const claims = Object.keys(post.claims).flatMap((claim) => {
    const own = verdicts.filter((it) => it.claim === claim);
    return own[0] ? [{ claim, ruling: own[0].ruling, verdicts: own }] : [];
  });
  return { folder: "cache-line", article: post, claims, experiments };
}
