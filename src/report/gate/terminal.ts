import type { CertificateSummary } from "../../model/certificate.ts";
import type { Change, Comparison, GateResult } from "../../model/gate.ts";
import { chosen, duration, numeral, oneLine } from "../words.ts";
import { certificateWords } from "./certificate.ts";
import { dotPlot, leftWords, packageWords, shortDiff } from "./evidence.ts";
import { byExperiment, sorted } from "./order.ts";
import { plural, sees, sentence, tally, unchangedWords, verdict, versionName } from "./sentence.ts";

/** Lines of a diff that are printed. */
const DIFF = 40;
/** Rows of a group that is no cause for worry. */
const ROWS = 20;

export interface GateLines {
  /** Every row of every group. */
  readonly all?: boolean;
  readonly certificate?: CertificateSummary;
}

/** What `assay gate` prints, worst first: what counts in full, the rest by groups, then totals and what the certificate of this host says. */
export function gateLines(result: GateResult, { all = false, certificate }: GateLines = {}): string[] {
  const { worse, rest } = sorted(result.comparisons);
  const group = (title: string, rows: readonly Comparison[], most = Infinity): string[] => {
    if (rows.length === 0) return [];
    const shown = all ? rows : rows.slice(0, most);
    const left = rows.length - shown.length;
    const more = left > 0 ? [`  and ${numeral(left, 0)} more; --all shows them`] : [];
    return [`${title} (${numeral(rows.length, 0)})`, ...shown.map((it) => `  ${sentence(it)}${costWords(it)}`), ...more, ""];
  };
  return [
    heading(result),
    "",
    ...worseLines(worse, result.changes),
    ...group("Broken", rest.broken),
    ...(all ? group("Undecided", rest.undecided) : undecidedLines(rest.undecided)),
    ...group("Entangled, but not worse", [...rest.slower, ...rest.entangled]),
    ...group("Gone", rest.gone, ROWS),
    ...group("New", rest.new, ROWS),
    ...group("Faster or better", rest.faster, ROWS),
    ...(all ? group("Same", rest.same) : []),
    ...totals(result),
    ...certificateWords(certificate),
  ];
}

function heading({ base, head, margin }: GateResult): string {
  const [time, bytes] = [chosen(margin.time, "fraction"), chosen(margin.bytes, "fraction")];
  const mind = time === bytes ? time : `${time} (bytes ${bytes})`;
  return `${versionName(head)} against ${versionName(base)}; changes up to ${mind} do not count`;
}

/** Every comparison that counts with its replicates, and below those of one experiment what differs in what it imports. */
function worseLines(worse: readonly Comparison[], changes: readonly Change[]): string[] {
  if (worse.length === 0) return [];
  const lines = [`Worse (${numeral(worse.length, 0)})`];
  for (const [experiment, rows] of byExperiment(worse)) {
    for (const it of rows) lines.push(`  ${sentence(it)}${costWords(it)}`, ...dotPlot(it.replicates).map((row) => `      ${row}`));
    lines.push(...changeLines(changes.find((it) => it.experiment === experiment)), "");
  }
  return lines;
}

function changeLines(change: Change | undefined): string[] {
  if (change === undefined) return [];
  const diff = shortDiff(change.diff, DIFF);
  return [...packageWords(change), ...diff.lines, ...leftWords(diff).map((it) => `… ${it}`)].map((line) => `    ${line}`);
}

/** A line an experiment; a single one in full. */
function undecidedLines(undecided: readonly Comparison[]): string[] {
  if (undecided.length === 0) return [];
  const groups = [...byExperiment(undecided)];
  const shown = groups.slice(0, ROWS).map(([experiment, rows]) => {
    const [only] = rows;
    if (rows.length === 1 && only) return `  ${sentence(only)}${costWords(only)}`;
    const seen = rows.map((it) => it.detectable).filter((it) => it !== undefined);
    const ends = [Math.min(...seen), Math.max(...seen)].flatMap((detectable) => sees({ detectable, better: "lower" }) ?? []);
    const sharpness = ends.length === 0 ? "" : ` (sees ${[...new Set(ends)].join(" to ")})`;
    const reasons = new Set(rows.flatMap(({ because }) => because ?? []));
    const why = reasons.size === 1 ? `: ${oneLine([...reasons][0]!, 200)}` : "";
    return `  \`${oneLine(experiment)}\`: ${plural(rows.length, "comparison")}${why}${sharpness}`;
  });
  const left = groups.length - shown.length;
  const more = left > 0 ? [`  and ${plural(left, "more experiment")}`] : [];
  const hint = undecided.length > groups.length || left > 0 ? ["  --all shows each"] : [];
  return [`Undecided (${numeral(undecided.length, 0)})`, ...shown, ...more, ...hint, ""];
}

/** ` (sees 1.9%, 12 s)`: the smallest change for the worse that the comparison could have seen, and what it cost. */
export function costWords(it: Comparison): string {
  // The sentence of what is undecided says it itself.
  const seen = it.state === "undecided" ? undefined : sees(it);
  const told = seen === undefined ? [] : [`sees ${seen}`];
  const cost = [...told, ...(it.seconds > 0 ? [duration(it.seconds)] : [])];
  return cost.length === 0 ? "" : ` (${cost.join(", ")})`;
}

function totals(result: GateResult): string[] {
  const { comparisons, seconds } = result;
  const unchanged = unchangedWords(result);
  const worse = comparisons.filter((it) => it.worse).length;
  const told = `${plural(comparisons.length, "comparison")}, ${worse === 0 ? "none" : numeral(worse, 0)} of them worse: ${tally(comparisons)}`;
  return [
    ...(unchanged === undefined ? [] : [`${unchanged}.`]),
    `${comparisons.length === 0 ? verdict(result) : told}. It took ${duration(seconds)}.`,
  ];
}
