import { existsSync } from "node:fs";
import { join } from "node:path";
import { difference } from "../host/git.ts";
import type { Change, Versions } from "../model/gate.ts";

/** What one version of an experiment imports, as far as a difference can be shown. */
export interface Made {
  /** Contents by path below the project. */
  readonly files: ReadonlyMap<string, string>;
  readonly packages: ReadonlyMap<string, string>;
}

/** What differs in all that an experiment imports: one unified diff over its files, and the packages of other versions. */
export async function changeOf(experiment: string, made: Versions<Made>, projects: Versions<string>): Promise<Change> {
  const { base, head } = made;
  const diffs: string[] = [];
  for (const name of new Set([...head.files.keys(), ...base.files.keys()])) {
    if (base.files.get(name) === head.files.get(name)) continue;
    const path = (side: keyof typeof projects): string | undefined => {
      const it = join(projects[side], ...name.split("/"));
      return made[side].files.has(name) && existsSync(it) ? it : undefined;
    };
    diffs.push(`--- ${name}\n+++ ${name}\n${await difference(path("base"), path("head"))}`);
  }
  const names = [...new Set([...base.packages.keys(), ...head.packages.keys()])].toSorted();
  const packages = names
    .filter((name) => base.packages.get(name) !== head.packages.get(name))
    .map((name) => `${name} ${base.packages.get(name) ?? "absent"} → ${head.packages.get(name) ?? "absent"}`);
  return { experiment, diff: diffs.join("\n"), packages };
}
