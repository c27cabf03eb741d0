import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { discover } from "../src/store/discover.ts";
import { select } from "../src/store/pattern.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };

/** Lines of the shell blocks of a document, each split at `&&`; comments and continued lines are joined away. */
function commandsOf(document: string): string[] {
  if (!existsSync(join(root, document))) return [];
  const blocks = readFileSync(join(root, document), "utf8").matchAll(/^```(?:sh|bash|shell)\n([\s\S]*?)^```/gm);
  return [...blocks]
    .flatMap(([, block]) => block!.replaceAll("\\\n", " ").split("\n"))
    .flatMap((line) => line.replace(/\s+#.*$|^#.*$/, "").split("&&"))
    .map((command) => command.trim())
    .filter((command) => command !== "");
}

const help = (...command: string[]): string =>
  execFileSync(process.execPath, [join(root, "bin", "assay.js"), ...command, "--help"], { encoding: "utf8" });

const subcommands = new Set([...help().matchAll(/^ {2}([a-z]+) \[?[<a-z]/gm)].map(([, name]) => name!));
const optionsOf = (command: string): string[] => [...help(command).matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([option]) => option);
const catalogue = await discover(join(root, "benchmarks"));

/** Checks what follows `assay`. */
function checkAssay(words: readonly string[]): void {
  const [first = ""] = words;
  const named = subcommands.has(first);
  const command = named ? first : "run";
  const known = optionsOf(command);
  const rest = named ? words.slice(1) : words;
  const patterns: string[] = [];
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index]!;
    if (!word.startsWith("-")) patterns.push(word);
    else {
      const option = word.split("=")[0]!;
      expect(known, `assay ${words.join(" ")}`).toContain(option);
      // What takes a value says so in angle brackets.
      if (!word.includes("=") && new RegExp(`${option} <`).test(help(command))) index++;
    }
  }
  if (["run", "list"].includes(command)) expect(() => select(catalogue, patterns), `assay ${words.join(" ")}`).not.toThrow();
}

describe.each(["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])("%s", (document) => {
  const commands = commandsOf(document);

  test.skipIf(!existsSync(join(root, document)))("shows no command that does not exist", () => {
    for (const command of commands) {
      const words = command.replace(/^(?:[A-Z_]+=\S+\s+)+/, "").split(/\s+/);
      const [program, ...rest] = words;
      if (program === "npm") {
        const script = rest[0] === "run" ? rest[1]! : rest[0]!;
        if (["ci", "install", "pack", "link"].includes(script)) continue;
        expect(Object.keys(scripts), command).toContain(script);
        const after = rest.indexOf("--");
        if (/\bbin\/assay\.js$/.test(scripts[script]!) && after >= 0) checkAssay(rest.slice(after + 1));
      } else if (program === "npx") {
        if (rest[0] === "assay") checkAssay(rest.slice(1));
        else expect(existsSync(join(root, "node_modules", ".bin", rest[0]!)), command).toBe(true);
      } else if (program === "node") {
        expect(
          existsSync(
            join(
              root,
              rest.find((word) => !word.startsWith("-"))!,
            ),
          ),
          command,
        ).toBe(true);
      } else {
        expect(["git", "cd", "cp"], command).toContain(program);
      }
    }
  });
});

test.skipIf(!existsSync(join(root, "README.md")))("README.md lists every experiment, and none that does not exist", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const rows = [...readme.matchAll(/^\| ([^|]+) \| ((?:`[a-z0-9-]+`(?:, )?)+) \|$/gm)];
  const listed = rows.flatMap(([, , names]) => [...names!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)).toSorted();
  const there = catalogue.articles.flatMap(({ experiments }) => experiments.map(({ id }) => id.split("/")[1]!));
  expect(listed).toEqual(there.toSorted());
});
