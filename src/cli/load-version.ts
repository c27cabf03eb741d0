import { createHash } from "node:crypto";
import type { Benchmark, Place } from "../gate/pairs.ts";
import { readingsOf } from "../gate/sample.ts";
import { useThisLab } from "../gate/side.ts";
import { lacking, lackingAt } from "../host/needs.ts";
import { startFlagsAt } from "../measure/flags.ts";
import { chosenPoints } from "../measure/plan.ts";
import { limitsAt } from "../measure/recording.ts";
import { discover, type Catalogue, type DiscoveredExperiment } from "../store/discover.ts";
import { select, UnknownPattern } from "../store/pattern.ts";
import { importsOf, type Loads } from "../store/source.ts";

/** What the process is asked, as JSON in its first argument. */
export interface LoadRequest {
  readonly benchmarks: string;
  readonly project: string;
  readonly patterns: readonly string[];
}

/** What it answers. */
export interface Loaded {
  readonly task: "loaded";
  readonly benchmarks: readonly (readonly [id: string, benchmark: Benchmark])[];
  readonly broken: readonly (readonly [id: string, because: string])[];
  /** Of each experiment the files with their contents, and the packages with their versions. */
  readonly made: readonly (readonly [id: string, files: [string, string][], packages: [string, string][]])[];
}

/**
 * Loads one version of the benchmarks, with this lab, and tells what comparing them needs to know. A process of its own: what a benchmark does as it is
 * imported (an endless loop, a timer, a global) is no business of the gate's.
 */
const request = JSON.parse(process.argv[2]!) as LoadRequest;
const loads: Loads = new Map();
useThisLab((importer, address) => {
  loads.set(importer, (loads.get(importer) ?? new Set()).add(address));
});

const catalogue = narrowed(await discover(request.benchmarks), request.patterns);
const experiments = catalogue.articles.flatMap((article) => article.experiments);
const imports = new Map(experiments.map(({ id, file }) => [id, importsOf(file, request.project, loads)]));
const broken = [...catalogue.broken, ...catalogue.articles.flatMap((article) => article.broken)];
const answer: Loaded = {
  task: "loaded",
  benchmarks: experiments.map((experiment) => [experiment.id, benchmarkOf(experiment)]),
  broken: broken.map(({ id, message }) => [id, message]),
  made: [...imports].map(([id, { files, packages }]) => [id, [...files], [...packages]]),
};
process.send!(answer, () => process.exit(0));

function benchmarkOf({ id, file, definition }: DiscoveredExperiment): Benchmark {
  const { files, packages } = imports.get(id)!;
  const { per } = definition as { per?: string };
  const lack = lacking(definition.needs, file);
  const placeOf = (point: Place["point"]): Place => {
    const lackHere = lack ?? lackingAt(definition.needs, point);
    return {
      point,
      flags: startFlagsAt(definition, point),
      limits: limitsAt(definition, point),
      ...(lackHere !== undefined && { lack: lackHere }),
    };
  };
  return {
    file,
    kind: definition.kind,
    variants: definition.variantNames,
    points: chosenPoints(definition, "quick").map(placeOf),
    readings: readingsOf(definition),
    ...(per !== undefined && { per }),
    imports: createHash("sha256")
      .update(JSON.stringify([[...files], [...packages]]))
      .digest("hex"),
  };
}

/** What a version has of what is asked for; a version may have nothing of it. */
function narrowed(all: Catalogue, patterns: readonly string[]): Catalogue {
  if (patterns.length === 0) return all;
  const known = patterns.filter((pattern) => isKnown(all, pattern));
  return known.length > 0 ? select(all, known) : { articles: [], broken: [] };
}

function isKnown(all: Catalogue, pattern: string): boolean {
  try {
    select(all, [pattern]);
    return true;
  } catch (error) {
    if (error instanceof UnknownPattern) return false;
    throw error;
  }
}
