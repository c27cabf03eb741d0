import { existsSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { host as thisHost } from "../host/fingerprint.ts";
import { claimVerdicts } from "../judge/claims.ts";
import { chanceTurned, verdictsOf } from "../judge/verdicts.ts";
import { defaultPrice } from "../model/price.ts";
import type { RunRecord } from "../model/record.ts";
import type { Warning } from "../model/warning.ts";
import type { ExperimentReport, PostReport, ReportInput } from "../report/input.ts";
import { warningsOf } from "../stats/warnings.ts";
import { newestCertificate } from "../store/certificates.ts";
import type { Catalogue, DiscoveredArticle, DiscoveredExperiment } from "../store/discover.ts";
import { readRecords, type RecordsRead } from "../store/records.ts";
import { closure } from "../store/source.ts";
import { discoverOrExplain, isStale } from "./catalogue.ts";
import { summariesOf } from "./certificate.ts";
import { diskError, exitCodes, UserError } from "./exit.ts";
import { localReports, publishedReports } from "./places.ts";

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
  const ownId = thisHost().id;
  const own = ownOf({ records, partial }, ownId);
  // What others published is looked at beside one's own; a fault in it is not the reader's to mend.
  const published = from.includes(publishedReports) ? [] : (await readRecords([publishedReports])).records;
  const all = Map.groupBy([...records, ...published], ({ experiment }) => experiment);
  const posts = catalogue.articles.map((article) => postReport(article, own, all));
  const verdicts = posts.flatMap((post) => post.experiments.flatMap((experiment) => experiment.verdicts));
  const { decided, turned } = chanceTurned(verdicts);
  const price = pricePerGb === undefined ? defaultPrice : { perGb: pricePerGb };
  const { certificate, refused: unread } = await newestCertificate([...from, publishedReports], ownId);
  for (const { path, because } of unread) console.error(`refused  ${path}: ${because}`);
  const input: ReportInput = {
    posts,
    command: "npx assay",
    version: version(),
    price,
    chance: { expected: turned, of: decided },
    certificate: certificate ? await summariesOf(certificate) : [],
  };
  // The canvas is heavy: it is loaded only when something is drawn.
  const { writeReport } = await import("../report/write.ts");
  const written = await writeReport(input, out).catch((error: unknown) => Promise.reject(diskError(error, out)));
  for (const { id, why } of written.broken) console.error(`not drawn  ${id}: ${why}`);
  if (written.still !== undefined) console.error(`the charts of the page are pictures alone: ${written.still.split("\n")[0]}`);
  return written.page;
}

/**
 * The record that the page is about, of each experiment: the reader's own host before any other, what ran to its end before what was
 * interrupted, the most recent before older ones.
 */
function ownOf({ records, partial }: Pick<RecordsRead, "records" | "partial">, ownId: string): Map<string, RunRecord> {
  const finished = new Set(records);
  const rank = (it: RunRecord): string => [it.host.id === ownId, finished.has(it), it.startedAt].map(String).join(" ");
  // "false" comes before "true", and dates are written so that they sort.
  const all = [...partial, ...records].toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return new Map(all.map((record) => [record.experiment, record]));
}

/** The most recent record of every other host, those with a label first. */
function othersOf(record: RunRecord | undefined, all: readonly RunRecord[] = []): RunRecord[] {
  const byAge = all.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const newest = new Map(byAge.filter(({ host }) => host.id !== record?.host.id).map((it) => [it.host.id, it]));
  return [...newest.values()].toSorted((a, b) => Number(b.host.label !== undefined) - Number(a.host.label !== undefined));
}

type Records = ReadonlyMap<string, RunRecord>;
type AllRecords = ReadonlyMap<string, readonly RunRecord[]>;

function postReport({ folder, article, experiments, broken }: DiscoveredArticle, own: Records, all: AllRecords): PostReport {
  const reports = experiments.map((it) => experimentReport(it, own.get(it.id), othersOf(own.get(it.id), all.get(it.id))));
  const claims = claimVerdicts(
    article,
    reports.flatMap((report) => report.verdicts),
  );
  return { folder, article, claims, experiments: reports, broken: broken.map(({ id, message }) => ({ id, message })) };
}

function experimentReport(experiment: DiscoveredExperiment, record: RunRecord | undefined, others: RunRecord[]): ExperimentReport {
  const { id, file, definition } = experiment;
  const [published, ...rest] = others;
  if (record === undefined && published !== undefined) {
    const none = experimentReport(experiment, undefined, []);
    return { ...none, record: published, borrowed: true, others: rest };
  }
  const stale = record !== undefined && isStale(record, experiment);
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
    ...(others.length > 0 && { others }),
  };
}

/** Files of the experiment's own folder that it imports or starts; its article is shown anyway. */
const companionsOf = (file: string): string[] =>
  closure([file]).files.filter((path) => dirname(path) === dirname(file) && path !== file && basename(path).startsWith("_"));

function version(): string {
  return (JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }).version;
}
