import { existsSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { claimVerdicts } from "../judge/claims.ts";
import { chanceTurned } from "../judge/verdicts.ts";
import { verdictsOf } from "../judge/verdicts.ts";
import { flagsOf } from "../measure/flags.ts";
import { defaultPrice } from "../model/price.ts";
import type { RunRecord } from "../model/record.ts";
import type { Warning } from "../model/warning.ts";
import type { ExperimentReport, PostReport, ReportInput } from "../report/input.ts";
import { warningsOf } from "../stats/warnings.ts";
import type { Catalogue, DiscoveredArticle, DiscoveredExperiment } from "../store/discover.ts";
import { readRecords } from "../store/records.ts";
import { closure, sourceHash } from "../store/source.ts";
import { discoverOrExplain } from "./catalogue.ts";
import { diskError, exitCodes, UserError } from "./exit.ts";
import { localReports } from "./places.ts";

export interface ReportFlags {
  readonly benchmarks: string;
  /** Folders that hold `records/`. */
  readonly from: readonly string[];
  readonly out: string;
  /** US dollars for a GB of memory. */
  readonly pricePerGb?: number;
}

/** `assay report`: draws everything again from the records, without measuring anything. */
export async function reportCommand(flags: ReportFlags): Promise<number> {
  const missing = flags.from.find((folder) => folder !== localReports && !existsSync(folder));
  if (missing !== undefined) throw new UserError(`there is no folder ${missing}; name one that holds records with --from`);
  const index = await writePage(await discoverOrExplain(flags.benchmarks), flags);
  console.log(`page: ${index}`);
  return exitCodes.well;
}

/** Writes the page and all charts and tables; refused records are named on stderr and never stop it. Returns the page's path. */
export async function writePage(catalogue: Catalogue, { from, out, pricePerGb }: Omit<ReportFlags, "benchmarks">): Promise<string> {
  const { records, partial, refused } = await readRecords(from);
  for (const { path, because } of refused) console.error(`refused  ${path}: ${because}`);
  // What an interrupted run left is better than nothing, and worse than a finished record.
  const newest = new Map([...newestOf(partial), ...newestOf(records)]);
  const posts = catalogue.articles.map((article) => postReport(article, newest));
  const verdicts = posts.flatMap((post) => post.experiments.flatMap((experiment) => experiment.verdicts));
  const { decided, turned } = chanceTurned(verdicts);
  const price = pricePerGb === undefined ? defaultPrice : { perGb: pricePerGb };
  const input: ReportInput = { posts, command: "npx assay", version: version(), price, chance: { expected: turned, of: decided } };
  // The canvas is heavy: it is loaded only when something is drawn.
  const { writeReport } = await import("../report/write.ts");
  const written = await writeReport(input, out).catch((error: unknown) => Promise.reject(diskError(error, out)));
  for (const { id, why } of written.broken) console.error(`not drawn  ${id}: ${why}`);
  return written.page;
}

/** The most recent record of each experiment. */
function newestOf(records: readonly RunRecord[]): Map<string, RunRecord> {
  return new Map(records.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1)).map((record) => [record.experiment, record]));
}

function postReport({ folder, article, experiments, broken }: DiscoveredArticle, records: ReadonlyMap<string, RunRecord>): PostReport {
  const reports = experiments.map((experiment) => experimentReport(experiment, records.get(experiment.id)));
  const claims = claimVerdicts(
    article,
    reports.flatMap((report) => report.verdicts),
  );
  return { folder, article, claims, experiments: reports, broken: broken.map(({ id, message }) => ({ id, message })) };
}

function experimentReport({ id, file, definition }: DiscoveredExperiment, record: RunRecord | undefined): ExperimentReport {
  const stale = record !== undefined && record.source !== sourceHash(file, flagsOf(definition));
  const staleness: Warning[] = stale ? [{ kind: "stale" }] : [];
  return {
    id,
    definition,
    sourceText: readFileSync(file, "utf8"),
    companions: companionsOf(file).map((path) => ({ name: basename(path), text: readFileSync(path, "utf8") })),
    verdicts: verdictsOf(definition, id, record),
    warnings: record ? [...staleness, ...warningsOf(record)] : [],
    stale,
    ...(record && { record }),
  };
}

/** Files of the experiment's own folder that it imports or starts; its article is shown anyway. */
const companionsOf = (file: string): string[] =>
  closure([file]).files.filter((path) => dirname(path) === dirname(file) && path !== file && basename(path).startsWith("_"));

function version(): string {
  return (JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }).version;
}
