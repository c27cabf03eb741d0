import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Comparison } from "../../src/model/gate.ts";
import { Repository } from "../_repository.ts";
import { assay, interrupt, start } from "./_command.ts";

const article =
  'import { article } from "#lab";\nexport default article({ title: "Post", slug: "post", published: "2026-11", claims: {} });\n';

/** A scenario that tells numbers that no noise touches, so that no clock decides a test. */
const told = (lost: number, extra = ""): string => `import { count, exact, scenario } from "#lab";
import article from "./article.ts";
${extra}
export default scenario(article, {
  question: "How many are lost?",
  metrics: { lost: exact(count("lower")) },
  variants: { told: async () => ({ lost: ${lost} }) },
  claims: {},
});
`;

const throwing = told(1).replace("({ lost: 1 })", '{ throw new Error("no such luck"); }');

/** Posts in a first commit, and the work tree after it. */
function history(before: Record<string, string>, after: Record<string, string>): Repository {
  const repository = new Repository();
  repository.write("lab/benchmarks/post/article.ts", article);
  for (const [name, text] of Object.entries(before)) repository.write(`lab/benchmarks/post/${name}.ts`, text);
  repository.commit();
  for (const [name, text] of Object.entries(after)) repository.write(`lab/benchmarks/post/${name}.ts`, text);
  return repository;
}

const gate = (repository: Repository, ...more: string[]) => assay("gate", "--benchmarks", repository.benchmarks, ...more);

interface Document {
  readonly comparisons: readonly Comparison[];
  readonly unchanged: readonly string[];
  readonly changes: readonly { experiment: string; diff: string }[];
  readonly exit: number;
}

test("a reading that became worse exits with 1, with the diff of what is imported; what did not change is not run", async () => {
  using repository = history(
    { lost: told(10), calm: told(1), helped: told(2, 'import "./_help.ts";'), _help: "" },
    { lost: told(11), _help: "// more" },
  );
  const { code, stdout } = await gate(repository, "--base", "HEAD", "--json");
  const { comparisons, unchanged, changes, exit } = JSON.parse(stdout) as Document;
  expect({ code, exit }).toEqual({ code: 1, exit: 1 });
  expect(comparisons).toMatchObject([
    {
      experiment: "post/lost",
      variant: "told",
      metric: "lost",
      state: "slower",
      worse: true,
      ratio: { center: 1.1 },
      values: { base: 10, head: 11 },
    },
    { experiment: "post/helped", state: "same", worse: false },
  ]);
  expect(unchanged).toEqual(["post/calm"]);
  expect(changes.find(({ experiment }) => experiment === "post/lost")!.diff).toContain(
    "+  variants: { told: async () => ({ lost: 11 }) },",
  );
  expect(changes.find(({ experiment }) => experiment === "post/helped")!.diff).toContain("benchmarks/post/_help.ts");
  expect(repository.trees()).toBe(1);
});

test("each thing that cannot be compared has its line, and the comparisons go on", async () => {
  using repository = history(
    { lost: told(10), gone: told(1), broken: told(1), mended: "export default {", throws: told(1) },
    {
      lost: told(10, "// edited"),
      fresh: told(1),
      broken: "export default (",
      mended: told(1),
      throws: throwing,
    },
  );
  repository.git("rm", "-q", "--cached", "lab/benchmarks/post/gone.ts");
  repository.git("clean", "-fdq", "lab/benchmarks/post/gone.ts");
  const { code, stdout } = await gate(repository, "--base", "HEAD", "--json");
  const { comparisons } = JSON.parse(stdout) as Document;
  const states = Object.fromEntries(
    comparisons.map(({ experiment, state, fault }) => [experiment, fault ? `${state} in ${fault}` : state]),
  );
  expect(states).toMatchObject({
    "post/lost": "same",
    "post/gone": "gone",
    "post/fresh": "new",
    "post/broken": "broken in head",
    "post/mended": "broken in base",
    "post/throws": "broken in head",
  });
  expect(code).toBe(4);
});

test("two named versions are compared whatever the work tree looks like", async () => {
  using repository = history({ lost: told(10) }, { lost: told(10, "// two") });
  repository.commit();
  repository.write("lab/benchmarks/post/lost.ts", "not TypeScript at all {");
  const { code, stdout, stderr } = await gate(repository, "--base", "HEAD~1", "--head", "HEAD");
  expect(code, stderr).toBe(0);
  expect(stdout).toContain("same");
});

describe("wrong use ends with 2 and a line:", () => {
  test.each([
    [["--base", "nowhere"], /^assay: there is no commit nowhere here; name a branch, a tag or a hash$/m],
    [["--base", "HEAD", "--head", "-x"], /^assay: there is no commit -x here/m],
    [[], /required option '--base <ref>' not specified/],
    [["--base", "HEAD", "--margin", "much"], /'much' is invalid\. It is a share such as 1% or 0\.01\./],
    [["--base", "HEAD", "nothing-like-it"], /^assay: neither version has anything called nothing-like-it/m],
  ])("%j", async (parameters, message) => {
    using repository = history({ lost: told(1) }, {});
    const { code, stderr } = await gate(repository, ...parameters);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(repository.trees()).toBe(1);
  });

  test("a folder outside any repository", async () => {
    const { code, stderr } = await assay("gate", "--benchmarks", tmpdir(), "--base", "HEAD");
    expect(stderr).toMatch(/^assay: not a git repository/m);
    expect(code).toBe(2);
  });
});

// Windows has neither signals nor process groups to see this by.
test.skipIf(process.platform === "win32")("Ctrl-C leaves no work tree behind", async () => {
  const slow = told(1).replace("async () => (", "async () => (await new Promise((go) => setTimeout(go, 200)), ");
  using repository = history({ lost: slow }, { lost: `${slow}// edited` });
  const running = start("gate", "--benchmarks", repository.benchmarks, "--base", "HEAD");
  let said = "";
  running.child.stderr!.on("data", (text: string) => (said += text));
  for (let tries = 0; !said.includes("first look") && tries < 600; tries++) await setTimeout(25);
  expect(repository.trees()).toBe(2);
  const [, tree] = repository.git("worktree", "list", "--porcelain").match(/^worktree (.*assay-gate-.*)$/m)!;
  interrupt(running);
  const { code } = await running.ended;
  expect(code).toBe(130);
  expect(repository.trees()).toBe(1);
  expect(existsSync(dirname(tree!))).toBe(false);
});
