import type { Metric } from "../../model/metric.ts";
import { processMetrics, timedMetrics } from "../../model/metric.ts";
import { pointsTried, type RunRecord } from "../../model/record.ts";
import type { Point } from "../../model/sweep.ts";
import { replicates } from "../../stats/estimate.ts";

/**
 * A record in the Go benchmark format, one line for each round of a variant at a point, so that benchstat computes statistics of its own:
 *
 *     BenchmarkFieldOrder/variant=declared/records=10000000-2	1	1.02e-9 sec/op	24 B/op
 *
 * Values are in base units. The number behind the last hyphen is that of the host's cores. The null control is left out.
 * What differs from run to run (date, commit, digest) stands in comments: of a key that differs benchstat would make a table of its own, and
 * compare nothing.
 * Source: https://go.googlesource.com/proposal/+/master/design/14313-benchmark-format.md, and the package benchfmt for `Unit` lines.
 */
export function benchmarkFormat(record: RunRecord): string {
  const [folder, name] = record.experiment.split("/") as [string, string];
  const { host } = record;
  const units = unitsOf(record);
  const head = [
    comment("record", record.digest),
    comment("started", record.startedAt),
    ...(record.commit === undefined ? [] : [comment("commit", record.commit)]),
    comment("effort", record.effort),
    comment("runtime", record.runtime),
    ...(record.per === undefined ? [] : [comment("op", `one ${record.per}`)]),
    configuration("pkg", folder),
    configuration("assay-host", host.id),
    configuration("os", host.os),
    configuration("arch", host.arch),
    configuration("cpu", host.cpu),
    ...[...units].map(([metric, unit]) => unitLine(unit, record.metrics[metric]!)),
  ];
  const parameters = distinct([...new Set(record.points.flatMap((point) => Object.keys(point)))], keyOf, ["variant"]);
  const variants = distinct(record.variants, legal);
  const values = new Map(
    [...parameters.keys()].map((parameter) => {
      const texts = record.points.filter((point) => Object.hasOwn(point, parameter)).map((point) => String(point[parameter]));
      return [parameter, distinct([...new Set(texts)], legal)] as const;
    }),
  );
  const lines = pointsTried(record).flatMap((point) =>
    record.variants.flatMap((variant) => {
      const parts = Object.entries(point).map(
        ([parameter, value]) => `/${parameters.get(parameter)}=${values.get(parameter)!.get(String(value))}`,
      );
      const full = `Benchmark${pascal(name)}/variant=${variants.get(variant)}${parts.join("")}-${host.cores}`;
      return rounds(record, variant, point, units).map((readings) => [full, "1", ...readings].join("\t"));
    }),
  );
  return `${[...head, ...lines].join("\n")}\n`;
}

/** What each round reads, as values with their units; rounds without a finite reading have no line. */
function rounds(record: RunRecord, variant: string, point: Point, units: ReadonlyMap<string, string>): string[][] {
  const readings = [...units].map(([metric, unit]) => ({ unit, values: replicates(record, variant, metric, point) }));
  return record.rounds
    .map((_, round) =>
      readings.flatMap(({ unit, values }) => {
        const value = values.get(round);
        return value === undefined || !Number.isFinite(value) ? [] : [`${value} ${unit}`];
      }),
    )
    .filter((it) => it.length > 0);
}

/** What stands behind a value: what is measured, a hyphen, and the unit, which tools take from the end. */
function unitsOf({ kind, metrics }: RunRecord): Map<string, string> {
  const unitOf = (name: string): string => {
    const { unit } = metrics[name]!;
    const timed = kind === "experiment" && Object.hasOwn(timedMetrics, name) && name !== "rss";
    const symbol = timed ? `${symbols[unit]}/op` : symbols[unit];
    return timed && (name === "time" || name === "bytes") ? symbol : `${legal(name)}-${symbol}`;
  };
  // The reading of the experiment's own comes first: benchstat makes a table of each in the order in which they appear.
  const own = Object.keys(metrics).toSorted((a, b) => Number(Object.hasOwn(processMetrics, a)) - Number(Object.hasOwn(processMetrics, b)));
  return distinct(own, unitOf);
}

const symbols: { readonly [U in Metric["unit"]]: string } = {
  seconds: "sec",
  bytes: "B",
  count: "count",
  perSecond: "1/s",
  bytesPerSecond: "B/s",
  fraction: "fraction",
};

const unitLine = (unit: string, { better, exact }: Pick<Metric, "better"> & { readonly exact?: true | undefined }): string =>
  `Unit ${unit} better=${better}${exact ? " assume=exact" : ""}`;

/** A line that is ignored: neither a result nor a configuration. */
const comment = (key: string, value: string): string => `# ${key}: ${plain(value)}`;
const configuration = (key: string, value: string): string => `${key}: ${plain(value)}`;
const plain = (text: string): string => text.replace(/[\s\p{C}\p{Z}]+/gu, " ").trim();

/** `field-order` → `FieldOrder`. */
const pascal = (name: string): string => name.replace(/(?:^|-)+(.?)/g, (_, first: string) => first.toUpperCase());

/**
 * Part of a name or a unit: a field has no white space and a part no slash. As Go's own testing package does, space becomes `_`.
 * A quotation mark or a hyphen would do no harm.
 */
const legal = (text: string): string =>
  text
    .trim()
    .replace(/[\s\p{C}\p{Z}]/gu, "_")
    .replaceAll("/", "|") || "_";

/** A key ends at the first `=`. */
const keyOf = (text: string): string => legal(text).replaceAll("=", "_");

/** A legal name for each; names that would become the same are numbered as Go numbers them: `name#01`. */
function distinct(names: readonly string[], legalName: (name: string) => string, taken: readonly string[] = []): Map<string, string> {
  const used = new Set(taken);
  return new Map(
    names.map((name) => {
      const wanted = legalName(name);
      let free = wanted;
      for (let number = 1; used.has(free); number++) free = `${wanted}#${String(number).padStart(2, "0")}`;
      used.add(free);
      return [name, free] as const;
    }),
  );
}
