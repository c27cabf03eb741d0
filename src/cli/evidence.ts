import { existsSync } from "node:fs";
import { claimVerdicts } from "../judge/claims.ts";
import { verdictsOf } from "../judge/verdicts.ts";
import type { RunRecord } from "../model/record.ts";
import type { Evidence, Missing } from "../report/weave/answer.ts";
import { oneLine } from "../report/words.ts";
import type { Catalogue, DiscoveredExperiment } from "../store/discover.ts";
import { nearestNames } from "../store/pattern.ts";
import { readRecords } from "../store/records.ts";
import { discoverOrExplain, isStale } from "./catalogue.ts";
import { UserError } from "./exit.ts";
import { parseAt } from "./options.ts";
import { localReports, publishedReports } from "./places.ts";

export interface EvidenceFlags {
  readonly benchmarks: string;
  /** Folders that hold `records/`; the published ones and then the local ones unless given. */
  readonly from?: readonly string[];
}

/** What a post is woven and embedded from: the posts of the lab, and their finished records. */
export interface Archive extends Evidence {
  readonly catalogue: Catalogue;
  recordOf(experiment: string, host?: string): RunRecord | Missing;
  /** Experiments that answered with a record of other code than today's. */
  stale(): string[];
}

/**
 * Opens posts and records. Of an experiment's records the first folder's count, and among those the newest.
 * Refused records are named on stderr.
 * @throws {UserError} where a folder that was named is none.
 */
export async function openArchive({ benchmarks, from }: EvidenceFlags): Promise<Archive> {
  const missing = from?.find((folder) => !existsSync(folder));
  if (missing !== undefined) throw new UserError(`there is no folder ${missing}; name one that holds records with --from`);
  const catalogue = await discoverOrExplain(benchmarks);
  const shelves: (readonly RunRecord[])[] = [];
  for (const folder of from ?? [publishedReports, localReports]) {
    const { records, refused } = await readRecords([folder]);
    for (const { path, because } of refused) console.error(`refused  ${path}: ${because}`);
    shelves.push(
      records.toSorted((a, b) => (a.startedAt < b.startedAt || (a.startedAt === b.startedAt && a.host.id < b.host.id) ? 1 : -1)),
    );
  }
  const experiments = new Map(catalogue.articles.flatMap((it) => it.experiments.map((experiment) => [experiment.id, experiment])));
  const used = new Map<string, RunRecord>();
  const unknown = (id: string): string =>
    `there is no experiment ${id}; the nearest names are ${nearestNames(id, [...experiments.keys()]).join(", ")}`;

  const recordOf = (id: string, host?: string): RunRecord | Missing => {
    const own = shelves.map((records) => records.filter(({ experiment }) => experiment === id)).filter(({ length }) => length > 0);
    const found = own.flatMap(
      (records) => records.find((it) => host === undefined || it.host.id === host || it.host.label === host) ?? [],
    )[0];
    if (found) {
      used.set(`${id} ${found.host.id}`, found);
      return found;
    }
    if (own.length > 0) return { because: `no record of it is of host ${oneLine(host!, 60)}; there are ${hostsOf(own.flat())}` };
    if (experiments.has(id))
      return { because: `no record of it was found; measure it with npx assay run ${id}, or name a folder with --from` };
    return { because: unknown(id) };
  };

  const rulingOf: Evidence["rulingOf"] = (subject, claim, at, host) => {
    const [folder] = subject.split("/");
    const post = catalogue.articles.find((it) => it.folder === folder);
    if (!post) {
      const folders = catalogue.articles.map((it) => it.folder);
      return { because: `there is no post ${folder}; the nearest names are ${nearestNames(folder!, folders).join(", ")}` };
    }
    if (!Object.hasOwn(post.article.claims, claim)) {
      const nearest = nearestNames(claim, Object.keys(post.article.claims)).join(", ");
      return { because: `the post has no claim ${oneLine(claim, 60)}; the nearest names are ${nearest}` };
    }
    if (subject.includes("/") && !experiments.has(subject)) return { because: unknown(subject) };
    const asked = post.experiments
      .filter((it) => it.id === subject || !subject.includes("/"))
      .filter((it) => Object.hasOwn(it.definition.claims, claim));
    if (subject.includes("/") && asked.length === 0) return { because: `${subject} does not read claim ${claim}` };
    const records = asked.map(({ id }) => recordOf(id, host));
    const unrecorded = records.find((it) => "because" in it);
    if (unrecorded) return unrecorded as Missing;
    const readings = asked
      .flatMap(({ id, definition }, index) => verdictsOf(definition, id, records[index] as RunRecord))
      .filter((it) => it.claim === claim);
    const there = readings.filter((it) => at(it.at));
    if (readings.length > 0 && there.length === 0) return { because: "no reading of the claim is at this point" };
    return claimVerdicts(post.article, there).find((it) => it.claim === claim)!.ruling;
  };

  const stale = (): string[] => [
    ...new Set([...used.values()].filter((record) => isOutdated(record, experiments.get(record.experiment))).map((it) => it.experiment)),
  ];
  const parseValue: Evidence["parseValue"] = (parameter, text) => parseAt(`${parameter}=${text}`)[parameter]!;
  return { catalogue, recordOf, rulingOf, parseValue, stale };
}

const isOutdated = (record: RunRecord, experiment: DiscoveredExperiment | undefined): boolean =>
  experiment === undefined || isStale(record, experiment);

const hostsOf = (records: readonly RunRecord[]): string =>
  [...new Set(records.map(({ host }) => (host.label === undefined ? host.id : `${host.id} (${oneLine(host.label, 60)})`)))]
    .slice(0, 5)
    .join(", ");
