import type { CertificateSummary } from "../../model/certificate.ts";
import { defaultMargin, WORK_TREE, type Comparison, type GateResult } from "../../model/gate.ts";
import { escapeHtml } from "../page/markup.ts";
import { chosen, duration, oneLine } from "../words.ts";
import { certificateWords } from "./certificate.ts";
import { fenced, literal, shellWord, withCode } from "./escape.ts";
import { dotPlot, leftWords, packageWords, shortDiff } from "./evidence.ts";
import { byExperiment, comparisonKey, sorted } from "./order.ts";
import { finding, placeWords, plural, sees, signs, tally, unchangedWords, verdict, versionName } from "./sentence.ts";

/** Lines of one diff, and characters of all diffs and plots: GitHub refuses a summary of more than 1 MiB. */
const DIFF = 300;
const EVIDENCE = 300_000;
/** Rows of a table. */
const ROWS = 1000;
/** Experiments that the command to run it again names. */
const PATTERNS = 5;

export interface GateMarkdown {
  readonly certificate?: CertificateSummary;
  /** Relative paths of the charts of replicates, by `comparisonKey`. */
  readonly charts?: ReadonlyMap<string, string>;
}

/** What `assay gate` found, for the summary of a job on GitHub. Everything that comes from names, messages and code is escaped. */
export function gateMarkdown(result: GateResult, { certificate, charts = new Map() }: GateMarkdown = {}): string {
  const { worse, rest } = sorted(result.comparisons);
  const counts = [...worse, ...rest.broken];
  const others = [rest.undecided, rest.slower, rest.entangled, rest.gone, rest.new, rest.faster, rest.same].flat();
  const unchanged = unchangedWords(result);
  const all = [...counts, ...others];
  const [time, bytes] = [chosen(result.margin.time, "fraction"), chosen(result.margin.bytes, "fraction")];
  const blocks: string[][] = [
    [`## ${literal(verdict(result))}`],
    [
      `${literal(versionName(result.head))} against ${literal(versionName(result.base))}. ` +
        `Changes up to ${time} of time and ${bytes} of bytes do not count. It took ${duration(result.seconds)}.`,
    ],
    ...(counts.length === 0 ? [] : [table(counts)]),
    ...evidence(result, worse, charts),
    ...(all.length === 0 ? [] : [details(`All comparisons: ${tally(all)}`, table(all))]),
    ...(unchanged === undefined ? [] : [[`${unchanged}.`]]),
    certificateWords(certificate).map(withCode),
    ["To see it again:"],
    fenced([reproduction(result, counts)], "sh"),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function table(comparisons: readonly Comparison[]): string[] {
  const header = ["", "experiment", "variant", "finding", "could see", "cost"];
  const cells = comparisons
    .slice(0, ROWS)
    .map((it) => [
      `${signs[it.state]} ${it.worse && it.state === "entangled" ? "entangled, slower" : it.state}`,
      literal(oneLine(it.experiment)),
      literal(placeWords(it)),
      literal(finding(it)),
      sees(it) ?? "",
      it.seconds > 0 ? duration(it.seconds) : "",
    ]);
  const left = comparisons.length - cells.length;
  return [
    ...[header, header.map((_, index) => (index < 4 ? "---" : "---:")), ...cells].map((row) => `| ${row.join(" | ")} |`),
    ...(left > 0 ? ["", `${plural(left, "more row")} left out; \`npx assay gate --json\` has all.`] : []),
  ];
}

/** For each experiment that got worse the replicates of its comparisons and what differs, as far as the room reaches. */
function evidence({ changes }: GateResult, worse: readonly Comparison[], charts: ReadonlyMap<string, string>): string[][] {
  let room = EVIDENCE;
  let left = 0;
  const blocks: string[][] = [];
  for (const [experiment, rows] of byExperiment(worse)) {
    const change = changes.find((it) => it.experiment === experiment);
    const diff = shortDiff(change?.diff ?? "", DIFF);
    const body = rows.flatMap((it) => replicates(it, charts.get(comparisonKey(it))));
    if (change) body.push(...packageWords(change).flatMap((it) => [literal(it), ""]));
    if (diff.lines.length > 0) body.push(...fenced(diff.lines, "diff"), ...leftWords(diff));
    const block = details(`${oneLine(experiment)}: ${plural(rows.length, "comparison")} worse; replicates and what differs`, body);
    const size = block.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    if (size > room) {
      left++;
      continue;
    }
    room -= size;
    blocks.push(block);
  }
  return left === 0 ? blocks : [...blocks, [`Replicates and diffs of ${plural(left, "more experiment")} left out for want of room.`]];
}

function replicates(it: Comparison, path: string | undefined): string[] {
  const plot = dotPlot(it.replicates);
  const picture = path === undefined ? [] : [`[Chart of the replicates](<${address(path)}>)`, ""];
  return [
    `**${literal(placeWords(it)) || "all of it"}**: ${literal(finding(it))}`,
    "",
    ...picture,
    ...(plot.length === 0 ? [] : [...fenced(plot), ""]),
  ];
}

/** A path that stays within its angle brackets and its line. */
const address = (path: string): string => path.toWellFormed().split("/").map(encodeURIComponent).join("/");

const details = (summary: string, body: readonly string[]): string[] => [
  `<details><summary>${escapeHtml(oneLine(summary, 300))}</summary>`,
  "",
  ...(body.at(-1) === "" ? body.slice(0, -1) : body),
  "",
  "</details>",
];

/** The command that compares again what counts, or all where that is nothing or too much. */
function reproduction({ base, head, margin }: GateResult, counts: readonly Comparison[]): string {
  const experiments = [...byExperiment(counts).keys()];
  const patterns = experiments.length <= PATTERNS ? experiments : [];
  const options = [
    "--base",
    shellWord(base.name),
    ...(head.name === WORK_TREE ? [] : ["--head", shellWord(head.name)]),
    ...(margin.time === defaultMargin.time ? [] : ["--margin", String(margin.time)]),
    ...(margin.bytes === defaultMargin.bytes ? [] : ["--bytes-margin", String(margin.bytes)]),
  ];
  return ["npx assay gate", ...options, ...patterns.map((it) => shellWord(it))].join(" ");
}
