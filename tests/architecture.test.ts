import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name).replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".ts"));

const sources = filesIn("src");
const benchmarks = filesIn("benchmarks");
const scripts = filesIn("scripts");
const text = (file: string): string => readFileSync(join(root, file), "utf8");

/** A file's code without comments; strings stay, for imports are strings. */
const code = (file: string): string => text(file).replace(/\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(),])\/\/.*$/gm, "");

interface Import {
  readonly specifier: string;
  /** The file in this repository that is meant; undefined for a package. */
  readonly file?: string;
}

function importsOf(file: string): Import[] {
  const statements = code(file).matchAll(/^\s*(?:import|export)\b[^"';]*?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm);
  return [...statements].map(([, named, dynamic]) => {
    const specifier = (named ?? dynamic)!;
    if (specifier === "#lab") return { specifier, file: "src/lab.ts" };
    if (!specifier.startsWith(".")) return { specifier };
    return { specifier, file: relative(root, resolve(root, dirname(file), specifier)).replaceAll("\\", "/") };
  });
}

/** The part of the house that a file belongs to: a folder of `src`, `lab`, `benchmarks` or `scripts`. */
function part(file: string): string {
  if (file === "src/lab.ts") return "lab";
  const [first, second] = file.split("/");
  return first === "src" ? second! : first!;
}

const verbs = ["measure", "judge", "gate", "report", "store"];
const ground = ["host", "inputs"];
const helpers = ["services", "load", "stats", ...ground];
const below: Record<string, readonly string[]> = {
  model: [],
  ...Object.fromEntries(ground.map((it) => [it, ["model"]])),
  stats: ["model", "inputs"],
  load: ["model", ...ground],
  services: ["model", ...ground],
  ...Object.fromEntries(verbs.map((verb) => [verb, [...helpers, "model"]])),
  gate: ["measure", ...helpers, "model"],
  lab: ["model", "inputs", "load", "services"],
  cli: [...verbs, ...helpers, "model"],
  scripts: ["cli", ...verbs, ...helpers, "model", "lab"],
};

describe("the import law:", () => {
  test.each([...sources, ...scripts])("%s imports only what stands below it", (file) => {
    const own = part(file);
    expect(Object.keys(below), `${own} has no place in the house`).toContain(own);
    const foreign = importsOf(file).filter(({ file: to }) => to !== undefined && part(to) !== own && !below[own]!.includes(part(to)));
    // A script that measures may take the very code that a benchmark times.
    const unlawful = foreign.filter(({ file: to }) => !(own === "scripts" && part(to!) === "benchmarks"));
    expect(unlawful.map(({ specifier }) => specifier)).toEqual([]);
  });

  test.each(benchmarks)("%s imports only the lab, its own folder, the runtime and packages", (file) => {
    for (const { specifier, file: to } of importsOf(file)) {
      if (specifier === "#lab" || to === undefined) continue;
      expect(dirname(to), specifier).toBe(dirname(file));
    }
  });

  test("no source file imports a benchmark, and only store/discover, the trial, the gate's sides and the processes of a load import what they are told at run time", () => {
    // Services import packages by a name that the platform decides; a path begins with a dot or is made a URL.
    const late = sources.filter((file) => part(file) !== "services" && /\bimport\(\s*(?!["'])/.test(code(file)));
    expect(late.toSorted()).toEqual(["src/gate/side.ts", "src/load/exported.ts", "src/measure/trial.ts", "src/store/discover.ts"]);
  });
});

test("only measure, gate and load read a timer; the command may read the calendar, the report may not", () => {
  const timers = /\bperformance\s*\.\s*(?:now|mark|timeOrigin)\b|\bhrtime\b|\bperformance\b(?=.*from "node:perf_hooks")/;
  const calendars = /\bDate\.now\b|\bnew Date\(\s*\)|\bTemporal\.Now\b/;
  const mayTime = ["measure", "gate", "load"];
  for (const file of sources) {
    if (!mayTime.includes(part(file))) expect(code(file), file).not.toMatch(timers);
    if (![...mayTime, "cli"].includes(part(file))) expect(code(file), file).not.toMatch(calendars);
  }
});

test("no benchmark reads a clock of its own, but the post whose subject clocks are", () => {
  for (const file of benchmarks.filter((it) => !it.startsWith("benchmarks/go-time/"))) {
    expect(code(file), file).not.toMatch(/\bperformance\s*\.\s*now\b|\bhrtime\b|\bDate\.now\b/);
  }
});

test("only report/draw loads a canvas", () => {
  const loading = [...sources, ...scripts, ...benchmarks].filter((file) =>
    /\b(?:from|import|require)\b\s*\(?\s*["'](?:canvas|chartjs-node-canvas|@napi-rs\/canvas)["']/.test(code(file)),
  );
  expect(loading).toEqual(["src/report/draw.ts"]);
});

describe("what runs in a browser", () => {
  const browser = sources.filter((file) => file.startsWith("src/report/browser/"));
  /** Imports as they stay when types have vanished. */
  const kept = (file: string): Import[] => {
    const named = [...code(file).matchAll(/^\s*(import|export)( type)?\b[^"';]*?\bfrom\s*["']([^"']+)["']/gm)];
    const values = named.filter(([, , type]) => type === undefined).map(([, , , specifier]) => specifier);
    return importsOf(file).filter(({ specifier }) => values.includes(specifier));
  };

  test.each(browser)("%s imports the model, the report and chart.js, nothing else", (file) => {
    for (const { specifier, file: to } of kept(file)) {
      if (to === undefined) expect(specifier).toBe("chart.js");
      else expect(["model", "report"], specifier).toContain(part(to));
    }
  });

  test("needs nothing of Node, however far its imports lead", () => {
    const reached = new Set(browser);
    for (const file of reached) for (const { file: to } of kept(file)) if (to !== undefined) reached.add(to);
    const packages = [...reached].flatMap(kept).filter(({ file: to }) => to === undefined);
    expect(reached).toContain("src/report/chart.ts");
    expect([...new Set(packages.map(({ specifier }) => specifier))]).toEqual(["chart.js"]);
  });

  test("is imported by no other file: the bundler reads it as text", () => {
    const others = [...sources, ...scripts].filter((file) => !browser.includes(file));
    expect(others.filter((file) => kept(file).some(({ file: to }) => to !== undefined && browser.includes(to)))).toEqual([]);
  });
});

test("the lab hands on the model, inputs, load and services, and nothing else", () => {
  const parts = new Set(importsOf("src/lab.ts").map(({ file }) => part(file!)));
  for (const it of parts) expect(["model", "inputs", "load", "services"]).toContain(it);
});

test("every import of a file in this repository names one that exists, with its ending", () => {
  const all = new Set([...sources, ...benchmarks, ...scripts]);
  for (const file of all)
    for (const { specifier, file: to } of importsOf(file)) if (to?.endsWith(".ts")) expect(all, `${file}: ${specifier}`).toContain(to);
});

test("no file is longer than 250 lines", () => {
  const long = [...sources, ...benchmarks, ...scripts, ...filesIn("tests")].filter((file) => text(file).split("\n").length > 251);
  expect(long).toEqual([]);
});
