/**
 * Runs experiments twice, with different seeds, and says how many of the decided claims got the same ruling both times.
 *
 *     npm run repeat                      everything, about ten minutes
 *     npm run repeat -- l1                one post
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measureAll } from "../src/cli/measure-all.ts";
import { progressLine } from "../src/cli/progress.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { discover } from "../src/store/discover.ts";
import { select } from "../src/store/pattern.ts";

const catalogue = select(await discover(fileURLToPath(new URL("../benchmarks", import.meta.url))), process.argv.slice(2));
const out = mkdtempSync(join(tmpdir(), "assay-repeat-"));
const signal = new AbortController().signal;
const line = (decided: () => string) => progressLine(process.stderr, decided);

const open = new Set(["undecided", "not tried", "needs full"]);
const name = ({ experiment, claim, says }: Verdict): string => `${experiment} ${claim}: ${says}`;

try {
  const runs: Map<string, string>[] = [];
  for (const seed of [1, 2]) {
    const { finished } = await measureAll(catalogue, { effort: "quick", seed, out, signal }, line);
    runs.push(new Map(finished.flatMap(({ verdicts }) => verdicts.map((verdict) => [name(verdict), verdict.ruling] as const))));
  }
  const [first, second] = runs as [Map<string, string>, Map<string, string>];
  const decided = [...first].filter(([claim, ruling]) => !open.has(ruling) && !open.has(second.get(claim)!));
  const changed = decided.filter(([claim, ruling]) => second.get(claim) !== ruling);
  for (const [claim, ruling] of changed) console.log(`${ruling}, then ${second.get(claim)}: ${claim}`);
  for (const [claim, ruling] of first) {
    if (open.has(ruling) || open.has(second.get(claim)!)) console.log(`left open (${ruling}, then ${second.get(claim)}): ${claim}`);
  }
  console.log(`${decided.length - changed.length} of ${decided.length} claims that both runs decided got the same ruling`);
} finally {
  rmSync(out, { recursive: true, force: true });
}
