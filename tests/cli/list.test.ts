import { expect, test } from "vitest";
import { z } from "zod";
import { assay, testdata } from "./_command.ts";

/** The contract with other programs. */
const ListDocument = z.strictObject({
  articles: z.array(
    z.strictObject({
      folder: z.string(),
      title: z.string(),
      published: z.string().regex(/^\d{4}-\d{2}$/),
      // The address of some posts is not known.
      url: z.string().nullable(),
      claims: z.array(
        z.strictObject({
          id: z.string(),
          claim: z.string(),
          testable: z.enum(["measure", "check", "cite", "argue"]),
          where: z.enum(["post", "listing"]),
          answeredBy: z.array(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)),
        }),
      ),
      experiments: z.array(
        z.strictObject({
          id: z.string(),
          question: z.string(),
          kind: z.enum(["experiment", "scenario"]),
          variants: z.array(z.string()).min(1),
          sweep: z.record(z.string(), z.array(z.union([z.number(), z.string(), z.boolean()]))),
          metrics: z.record(z.string(), z.object({ unit: z.string(), better: z.enum(["lower", "higher"]) })),
          needs: z.object({}),
        }),
      ),
    }),
  ),
});

test("list --json prints one document of the promised shape and nothing else", async () => {
  const { code, stdout, stderr } = await assay("list", "--json");
  expect(code).toBe(0);
  expect(stderr).toBe("");
  const { articles } = ListDocument.parse(JSON.parse(stdout));
  expect(articles.length).toBeGreaterThanOrEqual(17);
  const experiments = new Set(articles.flatMap(({ experiments }) => experiments.map(({ id }) => id)));
  for (const { answeredBy } of articles.flatMap(({ claims }) => claims)) for (const id of answeredBy) expect(experiments).toContain(id);
});

test("what answers a claim is told in full even if only one experiment was asked for", async () => {
  const { stdout } = await assay("list", "--json", "sums", "--benchmarks", testdata("sound"));
  const { articles } = ListDocument.parse(JSON.parse(stdout));
  expect(articles.flatMap(({ experiments }) => experiments.map(({ id }) => id))).toEqual(["tiny/sums"]);
  expect(articles[0]!.claims.map(({ id, answeredBy }) => [id, answeredBy])).toEqual([
    ["tiny-01", ["tiny/slow", "tiny/sums"]],
    ["tiny-02", ["tiny/facts"]],
  ]);
});

test("files that cannot be loaded are told on stderr, one line each, and the document stays whole", async () => {
  const { code, stdout, stderr } = await assay("list", "--json", "--benchmarks", testdata("broken"));
  expect(code).toBe(4);
  ListDocument.parse(JSON.parse(stdout));
  const lines = stderr.trim().split("\n");
  expect(lines.every((line) => line.startsWith("failed  "))).toBe(true);
  expect(lines.find((line) => line.includes("troubled/syntax-error"))).toContain("SyntaxError");
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("memory that depends on the point is told as a range, in words and as data", async () => {
  const { stdout } = await assay("list", "latency-ladder");
  expect(stdout).toMatch(/latency-ladder .*\[needs memory by point, up to \d+ MiB\]/);
  const listed = JSON.parse((await assay("list", "latency-ladder", "--json")).stdout) as {
    articles: { experiments: { needs: object }[] }[];
  };
  expect(listed.articles[0]!.experiments[0]!.needs).toEqual({ memory: { least: expect.any(Number), most: expect.any(Number) } });
});
