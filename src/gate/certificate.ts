import { seeded, seedFrom } from "../inputs/random.ts";
import { injectedKey, inOrder } from "../model/certificate.ts";
import type { CertificateRun, CertificateSummary, CertifiedKernel, CertifiedRow, Injected, Share, Wanted } from "../model/certificate.ts";
import { deviation, mean, median } from "../stats/quantiles.ts";
import { wilson } from "../stats/wilson.ts";
import { type Compare, type Resampled, resample } from "./resample.ts";

/** Comparisons that are drawn of each kernel and change. */
const COMPARISONS = 400;

export interface Terms {
  /** Made while another process burnt a core. */
  readonly burnt: boolean;
  /** Made by another version of the gate's code, or on another runtime. */
  readonly stale: boolean;
  readonly compare: Compare;
  readonly seed: number;
  /** How many are drawn of each kernel and change. */
  readonly comparisons?: number;
}

/**
 * What a run of the certificate comes to: whole comparisons are drawn from its replicates, kernel by kernel and change by change.
 * A kernel with fewer than two replicates of either instrument has no spread yet and is left out. The same run, terms and seed give
 * the same summary; what is drawn of one kernel does not depend on the others.
 */
export async function summarize(
  run: CertificateRun,
  { burnt, stale, compare, seed, comparisons = COMPARISONS }: Terms,
): Promise<CertificateSummary> {
  const cells: Cell[] = [];
  for (const cell of run.kernels.toSorted((a, b) => inOrder(a.injected, b.injected))) {
    if (cell.duet.length < 2 || cell.isolated.length < 2) continue;
    const random = seeded(seedFrom(seed, cell.kernel, injectedKey(cell.injected)));
    cells.push({ ...cell, drawn: await resample(cell, compare, comparisons, random) });
  }
  const kinds = [...Map.groupBy(cells, ({ injected }) => injectedKey(injected)).values()];
  const pooled = kinds.map((kind) => rowOf(kind[0]!.injected, kind));
  const covered = pool(cells.flatMap((cell) => coverageOf(cell) ?? []));
  const seconds = cells.flatMap(({ drawn }) => drawn.seconds);
  const cost = seconds.length > 0 ? median(seconds) : NaN;
  return {
    startedAt: run.startedAt,
    burnt,
    finished: run.finished,
    stale,
    runtime: run.runtime,
    rows: [...pooled, ...cells.map((cell): CertifiedRow => ({ ...rowOf(cell.injected, [cell]), kernel: cell.kernel }))],
    covered,
    cost,
    wanted: wantedOf(pooled, covered, cost),
  };
}

interface Cell extends CertifiedKernel {
  readonly drawn: Resampled;
}

function rowOf(injected: Injected, cells: readonly Cell[]): CertifiedRow {
  const coverage = cells.flatMap((cell) => coverageOf(cell) ?? []);
  const spread = (logs: (cell: Cell) => readonly { readonly logRatio: number }[]): number =>
    Math.sqrt(mean(cells.map((cell) => deviation(logs(cell).map(({ logRatio }) => logRatio)) ** 2)));
  return {
    injected,
    caught: pool(cells.map(caughtOf)),
    ...(coverage.length > 0 && { covered: pool(coverage) }),
    spread: { duet: spread(({ duet }) => duet), isolated: spread(({ isolated }) => isolated) },
    cost: median(cells.flatMap(({ drawn }) => drawn.seconds)),
  };
}

/** A share among the comparisons drawn of one kernel, and how many independent ones its replicates amount to. */
interface Part {
  readonly share: number;
  readonly effective: number;
}

/**
 * Comparisons that are drawn from the same processes are not independent, however many are drawn. What counts is how many comparisons
 * that share no process the replicates would make: replicates ÷ replicates that a comparison takes in the median, of whichever
 * instrument is the scarcer. The share is a U-statistic of the replicates, and for those Hoeffding's bound holds: a variance of at most
 * p (1 − p) ÷ (replicates ÷ those in a comparison), which is the variance that Wilson's interval at this number stands for. It need not be whole and may
 * be less than one: half of what a comparison takes says little, and its interval shows it.
 * Source: W. Hoeffding, "A Class of Statistics with Asymptotically Normal Distribution", Annals of Mathematical Statistics 19 (1948), theorem 5.2.
 */
function caughtOf({ duet, isolated, drawn }: Cell): Part {
  const apart = Math.min(duet.length / drawn.taken.duet, isolated.length / drawn.taken.isolated);
  return { share: shareOf(drawn.slower), effective: Math.min(apart, drawn.slower.length) };
}

/** Of the duet's first replicates alone: an interval shares no process with another if it has its own. Nothing where no ratio is the true one. */
function coverageOf({ injected, duet, drawn }: Cell): Part | undefined {
  if (!("more" in injected)) return undefined;
  const truth = 1 + injected.more / 100;
  const taken = median(drawn.intervals.map(({ n }) => n));
  return {
    share: shareOf(drawn.intervals.map(({ low, high }) => low <= truth && truth <= high)),
    effective: Math.min(duet.length / taken, drawn.intervals.length),
  };
}

const shareOf = (all: readonly boolean[]): number => all.filter(Boolean).length / all.length;

/**
 * Several kernels together, each of which counts alike. They share no process, so the numbers of independent comparisons add up where
 * all have as many; where some have fewer (an unfinished run) the mean is no better than they let it be: k² ÷ Σ 1/n.
 */
function pool(parts: readonly Part[]): Share {
  if (parts.length === 0) return { share: 0, ...wilson(0, 0), effective: 0 };
  // The mean of shares that are all 1 must not be a little more.
  const share = Math.min(1, mean(parts.map((it) => it.share)));
  const effective = parts.length ** 2 / parts.reduce((sum, it) => sum + 1 / it.effective, 0);
  return { share, ...wilson(share, effective), effective };
}

const atMost = (says: string, injected: Injected, atMost: number) => ({ says, injected, atMost });
const atLeast = (says: string, injected: Injected, atLeast: number) => ({ says, injected, atLeast });

const shares = [
  atMost("identical code is called slower", { more: 0 }, 0.01),
  atLeast("what does 2% more work is called slower", { more: 2 }, 0.6),
  atLeast("what does 5% more work is called slower", { more: 5 }, 0.95),
  atLeast("what does 10% more work is called slower", { more: 10 }, 0.99),
  atLeast("arrays that came to hold another kind of element are called slower", { hidden: "element-kind" }, 0.95),
  atLeast("objects that stay alive are called slower", { hidden: "retained-heap" }, 0.95),
  atLeast("a dependency that has seen other shapes is called slower", { hidden: "dependency" }, 0.95),
];

/** Seconds that a comparison may cost in the median. */
const MOST_SECONDS = 20;
const LEAST_COVERAGE = 0.93;

function wantedOf(pooled: readonly CertifiedRow[], covered: Share, cost: number): Wanted[] {
  const asked = shares.map((it) => ({
    ...it,
    share: pooled.find(({ injected }) => injectedKey(injected) === injectedKey(it.injected))?.caught ?? pool([]),
  }));
  const coverage = { says: "95% intervals hold the true ratio", atLeast: LEAST_COVERAGE, share: covered };
  const judged = [...asked, coverage].map((it): Wanted => {
    const excluded = "atMost" in it ? it.share.low > it.atMost : it.share.high < it.atLeast;
    return { ...it, met: it.share.effective > 0 && !excluded };
  });
  return [...judged, { says: "a comparison costs, in the median", atMost: MOST_SECONDS, seconds: cost, met: cost <= MOST_SECONDS }];
}
