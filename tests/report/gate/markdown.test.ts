import { describe, expect, test } from "vitest";
import { literal, fenced, shellWord, withCode } from "../../../src/report/gate/escape.ts";
import { gateMarkdown } from "../../../src/report/gate/markdown.ts";
import { comparisonKey } from "../../../src/report/gate/order.ts";
import { certificate, compared, found, hostile, interval, slower, whole } from "./comparisons.ts";

const diff = "--- a/x.ts\n+++ b/x.ts\n@@ -1 +1 @@\n-one\n+two\n";
const result = found(
  [compared({ variant: "calm" }), slower, whole("broken", { experiment: "l1/a", variant: "", point: {}, because: "it threw" })],
  {
    changes: [{ experiment: "cpu-caches/field-order", diff, packages: ["p-limit 7.3.2 → 7.3.3"] }],
    unchanged: ["a/b", "c/d"],
    exit: 1,
  },
);

test("verdict, what counts, its evidence, all rows, the certificate, how to see it again", () => {
  const charts = new Map([[comparisonKey(slower), "charts/field order.svg"]]);
  expect(gateMarkdown(result, { certificate, charts })).toBe(
    String.raw`## 1 of 3 comparisons got worse, 1 broken

work tree \(5e6f7a8b9, edited\) against main \(1a2b3c4d5\). Changes up to 1% of time and 0.5% of bytes do not count. It took 5 min.

|  | experiment | variant | finding | could see | cost |
| --- | --- | --- | --- | ---: | ---: |
| ✗ slower | cpu-caches/field-order | columns at 1 MiB | 8.1% slower \[7.2, 9.0\], was 1.02 ns, is 1.10 ns per record | 1.9% | 12 s |
| ! broken | l1/a |  | it threw |  |  |

<details><summary>cpu-caches/field-order: 1 comparison worse; replicates and what differs</summary>

**columns at 1 MiB**: 8.1% slower \[7.2, 9.0\], was 1.02 ns, is 1.10 ns per record

[Chart of the replicates](<charts/field%20order.svg>)

~~~
duet          0% [|                             ·  · · · :· · ·  ·] 11.0%  n = 10
isolated      0% [|                        ·                  ·   ] 11.0%  n = 2
confirmation  0% [|                         ·  · · · : ·· ·  ·    ] 11.0%  n = 10
~~~

packages that differ: p-limit 7.3.2 → 7.3.3

~~~diff
--- a/x.ts
+++ b/x.ts
@@ -1 +1 @@
-one
+two
~~~

</details>

<details><summary>All comparisons: 1 slower, 1 broken, 1 same</summary>

|  | experiment | variant | finding | could see | cost |
| --- | --- | --- | --- | ---: | ---: |
| ✗ slower | cpu-caches/field-order | columns at 1 MiB | 8.1% slower \[7.2, 9.0\], was 1.02 ns, is 1.10 ns per record | 1.9% | 12 s |
| ! broken | l1/a |  | it threw |  |  |
| = same | cpu-caches/field-order | calm at 1 MiB | the same, 0.10% slower \[−0.40, 0.60\], was 1.020 ns, is 1.021 ns per record | 1.9% | 12 s |

</details>

2 experiments import nothing that differs and were not timed.

On this host identical code was called slower in 0% \[0, 7.9\] of about 45 independent comparisons, 5% more work was caught in 98% \[90, 100\] of about 45 independent comparisons; certificate of 22 November 2026.

To see it again:

~~~sh
npx assay gate --base main cpu-caches/field-order l1/a
~~~
`.replaceAll("~~~", "```"),
  );
});

test("nothing to compare is said, and how to certify the host", () => {
  const text = gateMarkdown(found([]));
  expect(text).toMatch(/^## Nothing was compared\n/);
  expect(text).toContain("There is no certificate of this host: `npx assay certify` measures");
  expect(text).not.toMatch(/\||<details>/);
  expect(text).toContain("npx assay gate --base main\n");
});

/** Lines that stand outside of all fences, and whether the last fence was closed. */
function outside(text: string): { readonly lines: string[]; readonly closed: boolean } {
  let fence: string | undefined;
  const lines = text.split("\n").filter((line) => {
    const [, run] = /^(`{3,})[a-z]*$/.exec(line) ?? [];
    if (fence === undefined && run !== undefined) fence = run;
    else if (fence !== undefined && run !== undefined && run.length >= fence.length && line === run) fence = undefined;
    else return fence === undefined;
    return false;
  });
  return { lines, closed: fence === undefined };
}

describe.each(Object.values(hostile))("hostile names, reasons and diffs break out of nothing: %j", (name) => {
  const rows = (["slower", "entangled", "broken", "new", "undecided"] as const).map((state) =>
    compared({
      ...slower,
      state,
      worse: state === "slower",
      experiment: name,
      variant: name,
      point: { [name]: name },
      metric: name,
      because: name,
    }),
  );
  const bad = `+\`\`\`\n+\`\`\`\`\`\n\`\`\`\`\n</details>\n${name}`;
  const version = { name, commit: name };
  const text = gateMarkdown(found(rows, { changes: [{ experiment: name, diff: bad, packages: [name] }], base: version, head: version }), {
    charts: new Map(rows.map((it) => [comparisonKey(it), `${name}>)<b>.svg`])),
    certificate: { ...certificate, startedAt: name },
  });
  const { lines, closed } = outside(text);

  test("every fence is closed, and outside of them there is no markup but ours", () => {
    expect(closed).toBe(true);
    const tags = lines.join("\n").match(/<(?!charts)[^>\n]*>/g) ?? [];
    const own = tags.filter((tag) => !/^<(\/?details|\/?summary|[^<>\s]+\.svg)>$/.test(tag));
    expect(own).toEqual([]);
    expect(lines.filter((line) => line.startsWith("<details>"))).toHaveLength(2);
    expect(lines.filter((line) => line === "</details>")).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith("#"))).toHaveLength(1);
  });

  test("each row has as many cells as the header", () => {
    const bars = lines.filter((line) => line.startsWith("|")).map((line) => line.replace(/\\\|/g, "").match(/\|/g)!.length);
    expect(bars.length).toBeGreaterThan(5);
    expect(new Set(bars)).toEqual(new Set([7]));
  });

  test("nothing turns the direction of writing or hides", () => {
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test("no link, no mention", () => {
    // What stands in a summary is HTML, and what stands in angle brackets is the address of our own picture.
    const prose = lines.filter((line) => !line.startsWith("<details>")).map((line) => line.replace(/\]\(<[^<>]*>\)$/, ""));
    expect(prose.join("\n")).not.toMatch(/https?:|www\.|@|\]\(j/);
  });
});

test("a thousand regressions with long diffs stay below what GitHub takes", () => {
  const rows = Array.from({ length: 3000 }, (_, index) => compared({ ...slower, experiment: `post/${index}` }));
  const changes = rows.map(({ experiment }) => ({
    experiment,
    diff: "+ä line that is rather long, as lines go\n".repeat(2000),
    packages: [],
  }));
  const text = gateMarkdown(found(rows, { changes }));
  expect(Buffer.byteLength(text)).toBeLessThan(1024 ** 2);
  expect(text).toMatch(/Replicates and diffs of [\d,]+ more experiments left out for want of room\./);
  expect(text).toContain("2,000 more rows left out; `npx assay gate --json` has all.");
  expect(outside(text).closed).toBe(true);
  // Too many to name: the command compares all of them.
  expect(text).toContain("npx assay gate --base main\n");
});

test("a ratio that is none reads well in a cell", () => {
  const it = compared({
    state: "slower",
    worse: true,
    metric: "bytes",
    unit: "bytes",
    ratio: interval(NaN, NaN, NaN),
    values: { base: 0, head: 16 },
  });
  expect(gateMarkdown(found([it]))).toContain("| heap bytes allocated was 0 B, is 16 B per record |");
});

test("text is told literally, code in backticks stays code", () => {
  expect(literal("a|b <c> `d` *e* [f](g) @h")).toBe(String.raw`a\|b &lt;c&gt; \`d\` \*e\* \[f\]\(g\) &#64;h`);
  expect(withCode("run `npx a` now [1]")).toBe(String.raw`run ${"`npx a`"} now \[1\]`);
  expect(fenced(["a", "b ```` c"], "diff")).toEqual(["`````diff", "a", "b ```` c", "`````"]);
});

test.each([
  ["main", "main"],
  ["origin/main~2", "origin/main~2"],
  ["a b", "'a b'"],
  ["$(rm -rf x)", "'$(rm -rf x)'"],
  ["it's;`x`", String.raw`'it'\''s;${"`x`"}'`],
  ["", "''"],
])("%j is one word of a shell: %s", (word, quoted) => {
  expect(shellWord(word)).toBe(quoted);
});
