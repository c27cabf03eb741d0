import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
/**
 * What the lab's word is worth on this machine, from questions whose answers are known beforehand.
 *
 *     npm run proofs
 *
 * Prints the ratio of a chain of additions to one half as long in ten runs, what is said of an empty variant, and the null
 * controls of twenty runs of experiments at quick effort. Takes about five minutes.
 */
import { fileURLToPath } from "node:url";
import { measureAll, type Outcome } from "../src/cli/measure-all.ts";
import { boundWords, interval } from "../src/report/words.ts";
import { nullRatio, ratioOf } from "../src/stats/estimate.ts";
import { warningsOf } from "../src/stats/warnings.ts";
import { discover, type Catalogue } from "../src/store/discover.ts";
import { select } from "../src/store/pattern.ts";

const silent = () => ({ begin() {}, update() {}, end() {}, clear() {} });
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const out = mkdtempSync(join(tmpdir(), "assay-proofs-"));

async function outcomes(catalogue: Catalogue, seed: number): Promise<readonly Outcome[]> {
  const options = { effort: "quick", seed, out, signal: new AbortController().signal } as const;
  return (await measureAll(catalogue, options, silent)).finished;
}

try {
  const known = await discover(folder("./proofs"));
  const nulls: { experiment: string; excludesOne: boolean; words: string }[] = [];
  const keepNulls = (finished: readonly Outcome[]): void => {
    for (const { experiment, record } of finished) {
      const ratio = nullRatio(record);
      if (ratio) nulls.push({ experiment: experiment.id, excludesOne: ratio.low > 1 || ratio.high < 1, words: interval(ratio, "ratio") });
    }
  };

  let holding = 0;
  for (let run = 1; run <= 10; run++) {
    const finished = await outcomes(select(known, ["additions"]), run);
    const ratio = ratioOf(finished[0]!.record, "twice", "once", "time", {})!;
    const holds = ratio.low <= 2 && 2 <= ratio.high;
    holding += Number(holds);
    keepNulls(finished);
    console.log(`additions, run ${run}: ${interval(ratio, "ratio")}${holds ? "" : ", which excludes 2"}`);
  }
  console.log(`2.00 lies within the interval in ${holding} of 10 runs\n`);

  const [nothing] = await outcomes(select(known, ["nothing"]), 1);
  for (const { kind, variant, trials } of warningsOf(nothing!.record))
    console.log(`nothing: ${kind}, ${variant}, ${trials?.some} of ${trials?.all} trials`);
  for (const { ruling, because, bound } of nothing!.verdicts)
    console.log(`nothing: ${boundWords(bound.low, bound.high, "ratio")} is ${ruling} (${because})\n`);

  const timed = select(await discover(folder("../benchmarks")), [
    "field-order",
    "linear-or-dependent",
    "misaligned-reads",
    "limiter-overhead",
    "worker-pool",
  ]);
  for (let seed = 1; nulls.length < 20; seed++) keepNulls(await outcomes(timed, seed));
  for (const { experiment, excludesOne, words } of nulls.slice(0, 20))
    console.log(`null control of ${experiment}: ${words}${excludesOne ? ", which excludes 1" : ""}`);
  console.log(`${nulls.slice(0, 20).filter(({ excludesOne }) => excludesOne).length} of 20 null controls exclude 1`);
} finally {
  rmSync(out, { recursive: true, force: true });
}
