import { states, worstFirst, type Comparison, type Replicates, type Versions } from "../model/gate.ts";
import type { Interval } from "../model/verdict.ts";
import { median } from "../stats/quantiles.ts";
import type { Finding, Investigation } from "./investigation.ts";
import { wholeRow } from "./pairs.ts";
import { gateLooks } from "./schedule.ts";

/** What an investigation comes to: one comparison a reading, or a single row where nothing could be read. */
export function rowsOf(it: Investigation, seconds: number): Comparison[] {
  const { subject, broken } = it;
  if (broken) {
    const { variant, point } = subject;
    const row = { variant, point, seconds, because: broken.message, ...(broken.side && { fault: broken.side }) };
    if (broken.task === "failed") return [wholeRow(subject.experiment, "broken", row)];
    return [wholeRow(subject.experiment, "undecided", { ...row, because: `not tried: ${broken.message}` })];
  }
  return [...it.findings.values()].map((finding) => rowOf(it, finding, seconds));
}

function rowOf(it: Investigation, finding: Finding, seconds: number): Comparison {
  const { subject } = it;
  const { metric, of, sight, by, confirmed } = finding;
  const { per } = subject.versions.head;
  const identity = {
    experiment: subject.experiment,
    variant: subject.variant,
    point: subject.point,
    metric,
    unit: of.unit,
    better: of.better,
    seconds,
    ...(per === undefined ? {} : { per }),
  };
  if (!sight || !by) {
    const made = Math.max(...Object.values(it.first).map(({ length }) => length));
    const early = made < gateLooks[0];
    const because = early
      ? `it was ended after ${made} of ${gateLooks[0]} replicates, by the budget or by hand`
      : "it could not be read in enough processes";
    return { ...identity, state: "undecided", worse: false, because };
  }
  const decision = confirmed ?? sight.decision;
  const gathered = confirmed ? it.second : it.first;
  const pairs = it.pairs(metric, by, gathered);
  const suspected = sight.sight === "suspect" && !confirmed;
  const because = suspected
    ? "it looked slower, and was ended, by the budget or by hand, before fresh processes could confirm it"
    : whyAlone(it, metric);
  return {
    ...identity,
    state: suspected ? "undecided" : decision.state,
    worse: decision.worse,
    ...("ratio" in decision && { ratio: turned(decision.ratio, of.better), detectable: decision.detectable }),
    values: { base: median(pairs.base), head: median(pairs.head) } satisfies Versions<number>,
    ...("ratio" in decision && { replicates: replicatesOf(it, finding) }),
    ...(because !== undefined && { because }),
  };
}

/** Why a timed reading rests on one instrument only. */
function whyAlone({ out }: Investigation, metric: string): string | undefined {
  if (metric !== "time") return undefined;
  const [lost] = (["duet", "isolated"] as const).flatMap((source) => {
    const why = out.get(source);
    return why ? [{ source, why: why.message }] : [];
  });
  if (!lost) return undefined;
  return lost.source === "duet"
    ? `read by the isolated instrument alone: in one process ${lost.why}`
    : `read by the duet alone: in processes of their own ${lost.why}`;
}

/** The decision is about how much worse head is; of what should be high that is the reciprocal of head / base. */
function turned(ratio: Interval, better: Comparison["better"]): Interval {
  if (better === "lower") return ratio;
  return { ...ratio, center: 1 / ratio.center, low: 1 / ratio.high, high: 1 / ratio.low };
}

function replicatesOf(it: Investigation, finding: Finding): Replicates {
  const sign = finding.of.better === "lower" ? 1 : -1;
  const logs = (source: Finding["by"], gathered: Investigation["first"]): number[] =>
    (source && gathered[source].length > 0 ? (it.logs(finding, source, gathered) ?? []) : []).map((log) => sign * log);
  const alone = it.subject.versions.head.kind === "scenario" ? "stories" : "isolated";
  return { duet: logs("duet", it.first), isolated: logs(alone, it.first), confirmation: logs(finding.by, it.second) };
}

/** What counts first, then by state; within a state the worst first. */
export function inOrder(rows: readonly Comparison[]): Comparison[] {
  const rank = ({ worse, state }: Comparison): number => (worse ? -1 : states.indexOf(state));
  return worstFirst(rows).toSorted((a, b) => rank(a) - rank(b));
}
