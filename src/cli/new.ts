import { existsSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { writeAtomically } from "../host/disk.ts";
import { nearestNames } from "../store/pattern.ts";
import { experimentText, testText } from "../store/scaffold.ts";
import { discoverOrExplain } from "./catalogue.ts";
import { diskError, exitCodes, UserError } from "./exit.ts";

export interface NewFlags {
  readonly benchmarks: string;
  /** Folder of the tests. */
  readonly tests: string;
}

/** `assay new <article>/<experiment>`: a file that runs, and a test that passes. Never writes over anything. */
export async function newCommand(id: string, { benchmarks, tests }: NewFlags): Promise<number> {
  const [, folder, name] = /^([a-z0-9][a-z0-9-]*)\/([a-z0-9][a-z0-9-]*)$/.exec(id) ?? [];
  if (!folder || !name || name === "article") {
    throw new UserError("name it <article>/<experiment>, in small letters, digits and hyphens, such as cpu-caches/prefetch-distance");
  }
  const { articles } = await discoverOrExplain(benchmarks);
  const found = articles.find((article) => article.folder === folder);
  if (!found) {
    const nearest = nearestNames(
      folder,
      articles.map((article) => article.folder),
    );
    throw new UserError(`there is no post ${folder}; the nearest names are ${nearest.join(", ")}`);
  }
  const answered = new Set(found.experiments.flatMap(({ definition }) => Object.keys(definition.claims)));
  const open = Object.entries(found.article.claims)
    .filter(([claim, { testable }]) => (testable === "measure" || testable === "check") && !answered.has(claim))
    .map(([claim]) => claim);
  const experiment = join(benchmarks, folder, `${name}.ts`);
  const test = join(tests, "benchmarks", folder, `${name}.test.ts`);
  for (const path of [experiment, test]) if (existsSync(path)) throw new UserError(`${path} exists already`);
  const imported = relative(join(test, ".."), experiment).split(sep).join("/");
  await writeAtomically(experiment, experimentText(name, found.article, open)).catch((error: unknown) =>
    Promise.reject(diskError(error, experiment)),
  );
  await writeAtomically(test, testText(imported)).catch((error: unknown) => Promise.reject(diskError(error, test)));
  console.log(`${experiment}\n${test}\nrun it: npx assay run ${id} --effort smoke`);
  return exitCodes.well;
}
