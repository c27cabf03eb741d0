import { describe, expect, test } from "vitest";
import type { GateResult } from "../../../src/model/gate.ts";
import { dotPlot, shortDiff } from "../../../src/report/gate/evidence.ts";
import { gateLines } from "../../../src/report/gate/terminal.ts";
import { certificate, compared, entangled, found, hostile, interval, share, slower, whole } from "./comparisons.ts";

const diff = `${["--- a/x.ts", "+++ b/x.ts", "@@ -1,50 +1,50 @@", ...Array.from({ length: 45 }, (_, line) => `+line ${line}`)].join("\n")}\n`;
const open = compared({ state: "undecided", ratio: interval(1.012, 0.992, 1.032) });

const everything = found(
  [
    compared({ variant: "calm" }),
    { ...open, experiment: "l1/b", variant: "u" },
    { ...open, experiment: "l1/b", variant: "v", detectable: 1.08 },
    whole("new", { variant: "young" }),
    whole("gone", { variant: "", point: {} }),
    compared({ state: "faster", experiment: "l1/c", ratio: interval(0.9, 0.88, 0.92), values: { base: 1e-6, head: 9e-7 } }),
    whole("broken", { experiment: "l1/a", variant: "", point: {}, because: "in the head: SyntaxError", seconds: 1 }),
    { ...entangled, worse: false, variant: "tied", replicates: { duet: [], isolated: [], confirmation: [] } },
    slower,
    entangled,
  ],
  {
    changes: [{ experiment: "cpu-caches/field-order", diff, packages: ["p-limit 7.3.2 → 7.3.3"] }],
    unchanged: ["a/b", "c/d"],
    exit: 1,
  },
);

test("what counts comes first and in full, then the rest by groups, then totals and the certificate", () => {
  const lines = gateLines(everything, { certificate });
  const cut = lines.findIndex((line) => line.includes("+line 1"));
  expect([...lines.slice(0, cut), "", ...lines.slice(lines.findIndex((line) => line.includes("… 8")))].join("\n")).toBe(
    `
work tree (5e6f7a8b9, edited) against main (1a2b3c4d5); changes up to 1% (bytes 0.5%) do not count

Worse (2)
  \`cpu-caches/field-order\` rows at 1 MiB: beside each other the versions read 0.10% slower [−0.40, 0.60], alone 20.0% slower [19.1, 21.0], so they disturb or share something; the isolated reading counts: was 1 ns, is 1.20 ns per record (sees 1.9%, 12 s)
      duet          −0.10% [:·                                              ] 23%  n = 3
      isolated      −0.10% [|                                     · ···:····] 23%  n = 10
      confirmation  −0.10% [|                                   · ···::· ·  ] 23%  n = 10
  \`cpu-caches/field-order\` columns at 1 MiB: 8.1% slower [7.2, 9.0], was 1.02 ns, is 1.10 ns per record (sees 1.9%, 12 s)
      duet          0% [|                             ·  · · · :· · ·  ·] 11.0%  n = 10
      isolated      0% [|                        ·                  ·   ] 11.0%  n = 2
      confirmation  0% [|                         ·  · · · : ·· ·  ·    ] 11.0%  n = 10
    packages that differ: p-limit 7.3.2 → 7.3.3
    --- a/x.ts
    +++ b/x.ts
    @@ -1,50 +1,50 @@
    +line 0

    … 8 more lines of the diff left out

Broken (1)
  \`l1/a\`: in the head: SyntaxError (1.0 s)

Undecided (2)
  \`l1/b\`: 2 comparisons (sees 1.9% to 8%)
  --all shows each

Entangled, but not worse (1)
  \`cpu-caches/field-order\` tied at 1 MiB: the versions read otherwise beside each other than alone, 20.0% slower [19.1, 21.0], was 1 ns, is 1.20 ns per record, so they disturb or share something; the isolated reading counts, and by it nothing got worse (sees 1.9%, 12 s)

Gone (1)
  \`cpu-caches/field-order\`: only the base version has it

New (1)
  \`cpu-caches/field-order\` young at 1 MiB: only the head version has it

Faster or better (1)
  \`l1/c\` columns at 1 MiB: 10% faster [8, 12], was 1 µs, is 900 ns per record (sees 1.9%, 12 s)

2 experiments import nothing that differs and were not timed.
10 comparisons, 2 of them worse: 1 slower, 2 entangled, 1 broken, 2 undecided, 1 gone, 1 new, 1 faster, 1 same. It took 5 min.
On this host identical code was called slower in 0% [0, 7.9] of about 45 independent comparisons, 5% more work was caught in 98% [90, 100] of about 45 independent comparisons; certificate of 22 November 2026.`.trim(),
  );
});

test("with all, every row is told", () => {
  const lines = gateLines(everything, { all: true });
  for (const variant of ["calm", " u ", " v ", "young", "tied"]) expect(lines.join("\n")).toContain(variant.trim());
  expect(lines.filter((line) => line.startsWith("  `"))).toHaveLength(everything.comparisons.length);
  expect(lines.join("\n")).toContain("Same (1)\n  `cpu-caches/field-order` calm at 1 MiB: the same, 0.10% slower");
});

test("nothing to compare is said", () => {
  expect(gateLines(found([], { seconds: 0.2 }))).toEqual([
    "work tree (5e6f7a8b9, edited) against main (1a2b3c4d5); changes up to 1% (bytes 0.5%) do not count",
    "",
    "Nothing was compared. It took 0.2 s.",
    "There is no certificate of this host: `npx assay certify` measures how far the gate is to be trusted here.",
  ]);
});

test("one experiment is one, and where nothing counts that is said", () => {
  const lines = gateLines(found([compared()], { unchanged: ["a/b"], margin: { time: 0.01, bytes: 0.01 } }));
  expect(lines[0]).toMatch(/changes up to 1% do not count$/);
  expect(lines.slice(2, 4)).toEqual([
    "1 experiment imports nothing that differs and was not timed.",
    "1 comparison, none of them worse: 1 same. It took 5 min.",
  ]);
});

describe("the certificate", () => {
  const last = (more: Partial<typeof certificate>): string[] => gateLines(found([]), { certificate: { ...certificate, ...more } }).slice(3);

  test("under load, unfinished, stale: all are said", () => {
    const said = last({ burnt: true, finished: false, stale: true }).join(" ");
    expect(said).toContain(
      "; certificate of 22 November 2026, unfinished. It was made by another version of the gate or on another runtime:",
    );
    expect(said).toContain("independent comparisons, with one core kept busy by another process;");
  });

  test("what it misses is named", () => {
    const wanted = [
      { says: "identical code is called slower", atMost: 0.01, share: share(0.1, 0.05, 0.2), met: false },
      { says: "what does 5% more work is called slower", atLeast: 0.95, share: share(0, 0, 1, 0), met: false },
      { says: "a comparison costs, in the median", atMost: 20, seconds: 25, met: false },
      { says: "a comparison costs, in the median", atMost: 20, seconds: NaN, met: false },
    ];
    expect(last({ wanted }).slice(1)).toEqual([
      "Missed: identical code is called slower: wanted at most 1%, found 10% [5, 20] of about 45 independent comparisons.",
      "Missed: what does 5% more work is called slower: wanted at least 95%, not tried.",
      "Missed: a comparison costs, in the median: wanted at most 20 s, found 25.0 s.",
      "Missed: a comparison costs, in the median: wanted at most 20 s, not tried.",
    ]);
  });

  test("with nothing in it it claims nothing", () => {
    expect(last({ rows: [] })).toEqual(["On this host nothing has been certified yet; certificate of 22 November 2026."]);
  });
});

test("a thousand comparisons that do not count are few lines, and a thousand that do are all there", () => {
  const many = (state: "undecided" | "faster" | "same" | "new" | "slower", worse = false): GateResult =>
    found(
      Array.from({ length: 1000 }, (_, index) => compared({ state, worse, experiment: `post/${index}`, values: { base: 1, head: 2 } })),
    );
  for (const state of ["undecided", "faster", "same", "new"] as const) expect(gateLines(many(state)).length).toBeLessThan(30);
  expect(gateLines(many("undecided"))).toContain("  and 980 more experiments");
  expect(gateLines(many("faster"))).toContain("  and 980 more; --all shows them");
  expect(gateLines(many("slower", true)).filter((line) => line.startsWith("  `"))).toHaveLength(1000);
});

test.each(Object.values(hostile))("nothing moves the cursor, whatever a name, a reason or a diff holds: %j", (name) => {
  const rows = (["slower", "broken", "undecided", "new", "faster", "entangled"] as const).map((state) =>
    compared({ ...slower, state, worse: state === "slower", experiment: name, variant: name, point: { [name]: name }, because: name }),
  );
  const result = found(rows, { changes: [{ experiment: name, diff: `+${name}`, packages: [name] }], base: { name, commit: name } });
  for (const line of gateLines(result)) expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

describe("a dot plot in text", () => {
  test.each([
    undefined,
    { duet: [], isolated: [], confirmation: [] },
    { duet: [NaN, Infinity, -Infinity], isolated: [], confirmation: [] },
  ])("is nothing where there are no numbers: %o", (replicates) => expect(dotPlot(replicates)).toEqual([]));

  test("of replicates that are all alike it is one place", () => {
    expect(dotPlot({ duet: [0, 0, 0], isolated: [], confirmation: [] })).toEqual([
      `duet  0% [${" ".repeat(24)}∴${" ".repeat(23)}] 0%  n = 3`,
    ]);
  });

  test("counts what lies in one place: one, two, and more", () => {
    const [row] = dotPlot({ duet: [Math.log(0.5), Math.log(0.5), Math.log(1.5), 0, 0, 0], isolated: [], confirmation: [] });
    expect(row).toBe(`duet  −50% [:${" ".repeat(23)}∴${" ".repeat(22)}·] 50%  n = 6`);
  });
});

test("a diff is cut in both directions, and an empty one is none", () => {
  expect(shortDiff("", 40)).toEqual({ lines: [], left: 0 });
  expect(shortDiff("a\r\nb\nc\n", 2)).toEqual({ lines: ["a", "b"], left: 1 });
  expect(shortDiff(`+${"x".repeat(5000)}`, 2).lines[0]).toHaveLength(200);
  expect(shortDiff("+\ta\rb\u001b[2J\u202e", 2).lines).toEqual([String.raw`+	a\u{d}b\u{1b}[2J\u{202e}`]);
});
