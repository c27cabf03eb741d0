/** The Dockerfiles of the post for Node instead of Python, and the rule by which an engine knows whether a step was done before. */
import { createHash } from "node:crypto";

/** Path from the build's context → what is in the file. */
export type Context = ReadonlyMap<string, string>;

/** Its program installs what its manifest asks for. */
export const MANIFEST = "package.json";
export const INSTALLER = "install.mjs";
export const BASE = "node:26-slim";

const FIRST = `FROM ${BASE}\nWORKDIR /app\n`;
const LAST = `CMD ["node", "start.mjs"]\n`;
const INSTALL = `RUN node ${INSTALLER}\n`;
const COPY_MANIFEST = `COPY ${MANIFEST} ${INSTALLER} ./\n`;

/** `manifest first` is the order of the post; `code first` what is warned against; `runtime` has no code: it comes from outside. */
export const dockerfiles = {
  "manifest first": `${FIRST}${COPY_MANIFEST}${INSTALL}COPY . .\n${LAST}`,
  "code first": `${FIRST}COPY . .\n${INSTALL}${LAST}`,
  runtime: `${FIRST}${COPY_MANIFEST}${INSTALL}${LAST}`,
} as const;
export type Order = keyof typeof dockerfiles;

export interface Step {
  /** The line as it stands. */
  readonly text: string;
  readonly verb: string;
  /** Files that it takes from the context; `.` is all of them. Only COPY takes any. */
  readonly takes: readonly string[];
}

/** A Dockerfile without continuations, comments and stages: ours have none. */
export function stepsOf(dockerfile: string): Step[] {
  return dockerfile
    .split("\n")
    .filter((line) => line !== "")
    .map((text) => {
      const [verb = "", ...words] = text.split(" ");
      return { text, verb, takes: verb === "COPY" ? words.slice(0, -1) : [] };
    });
}

/** Whether a step makes a layer; CMD only notes something. */
export const makesLayer = ({ verb }: Step): boolean => verb !== "CMD";

/** The files that a step takes, in the order of their paths. */
export function taken({ takes }: Step, context: Context): [path: string, contents: string][] {
  const all = [...context].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return takes.includes(".") ? all : all.filter(([path]) => takes.includes(path));
}

/**
 * A key for each step: of its line, the contents of the files that it takes, and the step before it. A step is done again if and only if
 * its key is new; for RUN that means whenever a step before it was, and never because of what it would do.
 * Source: Docker's documentation, "Build cache invalidation" (checksums of files for COPY, without their times; the command's text for
 * RUN).
 */
export function keysOf(steps: readonly Step[], context: Context): string[] {
  let parent = "";
  return steps.map((step) => {
    const hash = createHash("sha256").update(JSON.stringify([parent, step.text]));
    for (const [path, contents] of taken(step, context)) hash.update(JSON.stringify([path, contents]));
    return (parent = hash.digest("hex"));
  });
}
