import { describe, expect, test } from "vitest";
import { runDocument } from "../../src/cli/json.ts";
import { verdictsOf } from "../../src/judge/verdicts.ts";
import { article } from "../../src/model/article.ts";
import { type Claim, crossover, extrapolated, growth } from "../../src/model/claim.ts";
import { scenario } from "../../src/model/experiment.ts";
import type { Figure } from "../../src/model/figure.ts";
import { count, seconds } from "../../src/model/metric.ts";
import { drawSvg } from "../../src/report/draw.ts";
import { altOf } from "../../src/report/embed.ts";
import { figure } from "../../src/report/figure.ts";
import { ledger } from "../../src/report/page/claim.ts";
import { rescaled } from "../../src/report/rescale.ts";
import { light } from "../../src/report/theme.ts";
import { estimates } from "../../src/stats/estimate.ts";
import { recordOf, scenarioWith } from "../testdata/record.ts";
import { inputOf } from "../testdata/report/input.ts";
import { collisions, labelsOf } from "./labels.ts";
import { faultOf } from "./xml.ts";

const post = article({
  title: "A post",
  slug: "a-post",
  published: "2026-06",
  claims: { "a-01": { claim: "they cross", testable: "measure", where: "post" } },
});
const id = "a-post/count";
const sweep = { rows: [100, 1e3, 1e4, 1e5, 1e6], cache: ["cold", "warm"] } as const;
const metrics = { read: seconds("lower", "time to count"), pages: count("lower") };
const wobble = [1, 1.02, 0.98, 1.01, 0.99];
/** Seconds: a heap reads every row, columns cost the same for all. They cross at 30,000 rows. */
const laws = { heap: (rows: number): number => 1e-7 * rows, columns: (): number => 3e-3 };

function counted(claims: readonly Claim[], swept: Partial<typeof sweep> = { rows: sweep.rows }) {
  const definition = scenario(post, {
    question: "How long does a count take?",
    sweep: swept,
    metrics,
    variants: { heap: async () => ({ read: 1, pages: 1 }), columns: async () => ({ read: 1, pages: 1 }) },
    claims: { "a-01": claims as never },
  });
  const points = swept.cache
    ? sweep.rows.flatMap((rows) => sweep.cache.map((cache) => ({ rows, cache })))
    : sweep.rows.map((rows) => ({ rows }));
  const columns = points.flatMap((point) =>
    Object.entries(laws).map(([variant, law], index) => ({
      variant,
      point,
      readings: {
        read: wobble.map((_, round) => law(point.rows) * wobble[(round * (index + 2) + (point.rows < 1e5 ? 1 : 0)) % 5]!),
        pages: wobble.map(() => 7),
      },
    })),
  );
  const record = recordOf(columns, { ...scenarioWith(metrics), experiment: id });
  const verdicts = verdictsOf(definition, id, record);
  return { definition, record, verdicts, drawn: figure(definition, id, record, estimates(record), verdicts) };
}

const says = "it is so";
const crossing: Claim = { says, holds: crossover("heap", "columns", "rows", "read").between(1e4, 1e5) };
const far: Claim = { says, holds: extrapolated("heap", "rows", 1e9, "read").atLeast(33), at: { rows: 1e6 } };
const growing: Claim = { says, holds: growth("heap", { rows: 1e4 }, "read").atLeast(50), at: { rows: 1e6 } };
const only = ({ panels }: Figure) => panels[0]!;

describe("a crossover is drawn along the axis that grows", () => {
  const { drawn } = counted([crossing, { ...crossing, holds: crossover("heap", "columns", "rows", "read").atLeast(2e4) }]);

  test("as one band with its place and its interval, in the colour of what rises, and each claim's range below the data", () => {
    const [band, ...more] = only(drawn).bands!;
    expect(more).toEqual([]);
    expect(band!.low).toBeLessThan(3e4);
    expect(band!.high).toBeGreaterThan(3e4);
    expect(band).toMatchObject({ slot: 0, label: expect.stringMatching(/^crossover (29|30),\d{3}$/) });
    expect(only(drawn).spans!.map(({ label }) => label)).toEqual(["crossover: 10,000 to 100,000 (claim)", "crossover: ≥ 20,000 (claim)"]);
    const lowest = Math.min(...only(drawn).series.flatMap(({ points }) => points.map(({ low }) => low)));
    expect(drawn.y.range[0]).toBeLessThan(lowest / 2);
  });

  test("and told in the alternative text with its interval", () => {
    expect(drawn.alt).toMatch(/Time to count of heap rises above that of columns at rows = (29|30),\d{3}, interval [\d,]+ to [\d,]+\./);
  });

  test("of another reading it is not in this chart", () => {
    const other = counted([{ says, holds: crossover("heap", "columns", "rows", "pages").atMost(1e5) }]).drawn;
    expect(only(other)).not.toHaveProperty("bands");
    expect(only(other)).not.toHaveProperty("spans");
  });
});

describe("what is extrapolated is drawn beyond the sweep", () => {
  const { drawn, verdicts } = counted([far]);

  test("from the last reading that it rests on, to a reading of its own at a place that the axis now has", () => {
    const [it, ...more] = only(drawn).extrapolations!;
    expect(more).toEqual([]);
    expect(it).toMatchObject({ slot: 0, from: { x: 1e6 }, to: { x: 1e9, y: verdicts[0]!.measured!.center, n: 5 } });
    expect(it!.from.y).toBe(only(drawn).series[0]!.points.at(-1)!.y);
    expect(it!.label).toMatch(/^extrapolated: \d+ s$/);
    expect(it!.to.low).toBeLessThan(it!.to.high);
    expect(drawn.x.range[1]).toBeGreaterThan(1e9);
    expect(drawn.x.ticks.at(-1)!.label).toBe("1,000,000,000");
    expect(drawn.y.range[1]).toBeGreaterThan(it!.to.high);
    // No reading of a series lies where nothing was measured.
    expect(Math.max(...only(drawn).series.flatMap(({ points }) => points.map(({ x }) => x)))).toBe(1e6);
  });

  test("with the edge of its claim at the same place", () => {
    expect(only(drawn).segments).toEqual([{ x: 1e9, y: 33, slot: 0, label: "≥ 33 s (claim)" }]);
  });

  test("as a dashed line, each dash a stroke of its own, with its label where no other runs into it", () => {
    const svg = drawSvg(drawn, light);
    expect(faultOf(svg)).toBeUndefined();
    const strokes = (text: string): number => text.match(/M/g)?.length ?? 0;
    const bare = { ...drawn, panels: drawn.panels.map(({ extrapolations: _, ...panel }) => panel) };
    expect(strokes(svg) - strokes(drawSvg(bare, light))).toBeGreaterThan(10);
    expect(labelsOf(svg).map(({ text }) => text)).toContain(only(drawn).extrapolations![0]!.label);
    expect(collisions(labelsOf(svg))).toEqual([]);
  });

  test("and stays inside the plot when a reader chooses another scale, and goes with its series", () => {
    const linear = rescaled(drawn, [], "linear");
    expect(linear.y.range[1]).toBeGreaterThanOrEqual(only(drawn).extrapolations![0]!.to.high);
    const hidden = { ...drawn, panels: drawn.panels.map((panel) => ({ ...panel, series: panel.series.slice(1) })) };
    const without = { ...hidden, panels: hidden.panels.map(({ extrapolations: _, ...panel }) => panel) };
    expect(drawSvg(hidden, light)).toBe(drawSvg(without, light));
  });

  test("in the panel of its own point alone", () => {
    const { drawn } = counted([{ ...far, at: { rows: 1e6, cache: "warm" } }], sweep);
    expect(drawn.panels.map(({ title, extrapolations = [] }) => [title, extrapolations.length])).toEqual([
      ["cache = cold", 0],
      ["cache = warm", 1],
    ]);
  });

  test("and nothing of it where nothing could be extrapolated", () => {
    const { definition, record, verdicts } = counted([far]);
    const [{ measured: _, ...open }] = verdicts as [(typeof verdicts)[number]];
    const drawn = figure(definition, id, record, estimates(record), [{ ...open, ruling: "undecided" }]);
    expect(only(drawn)).not.toHaveProperty("extrapolations");
    expect(only(drawn).segments).toEqual([]);
    expect(drawn.x.range[1]).toBeLessThan(2e6);
  });
});

test("wherever an extrapolation is named, the word and the largest measured value stand beside it", () => {
  const { definition, record, verdicts, drawn } = counted([far]);
  const both = /extrapolated to rows = 1,000,000,000, measured up to 1,000,000/;
  expect(verdicts[0]!.ruling).toBe("consistent with the model");
  expect(drawn.alt).toMatch(both);
  expect(altOf({ id, figure: drawn, record, verdicts })).toMatch(
    /Time to count of heap, extrapolated to .* is \d+ s, interval \d+ to \d+\./,
  );
  const report = { id, definition, sourceText: "", record, verdicts, warnings: [], stale: false };
  const claims = [{ claim: "a-01", ruling: verdicts[0]!.ruling, verdicts }];
  const told = ledger({ folder: "a-post", article: post, claims, experiments: [report] }, inputOf()).text;
  expect(told).toMatch(both);
  expect(told).toMatch(/<span>extrapolated <b>\d+ s/);
  expect(told).not.toMatch(/<span>measured <b>/);
  const [it] = (runDocument([record], verdicts) as { verdicts: object[] }).verdicts;
  expect(it).toMatchObject({
    extrapolated: { n: 5 },
    bound: { kind: "extrapolated", along: "rows", to: 1e9, measuredUpTo: 1e6, low: 33, high: null },
  });
  expect(it).not.toHaveProperty("value");
});

test("a growth is told like a factor, and its claim's edge lies above what it starts from", () => {
  const { definition, record, verdicts, drawn } = counted([growing]);
  const [edge] = only(drawn).segments;
  expect(edge).toMatchObject({ x: 1e6, slot: 0, label: "≥ 50× that at rows = 10,000 (claim)" });
  expect(edge!.y / estimates(record).find(({ variant, point }) => variant === "heap" && point.rows === 1e4)!.center).toBeCloseTo(50, 9);
  expect(altOf({ id, figure: drawn, record, verdicts })).toMatch(
    /Time to count of heap at rows = 1,000,000 is (99|100|101)(\.\d)? times that at rows = 10,000, interval/,
  );
  const report = { id, definition, sourceText: "", record, verdicts, warnings: [], stale: false };
  const claims = [{ claim: "a-01", ruling: verdicts[0]!.ruling, verdicts }];
  const told = ledger({ folder: "a-post", article: post, claims, experiments: [report] }, inputOf()).text;
  expect(told).toContain("heap, growth since rows = 10,000, read at rows = 1,000,000");
  expect(told).toContain("claimed ≥ 50×");
});

test("the ledger tells a crossover in units of its parameter, and says so where there is none", () => {
  const told = (claim: Claim): string => {
    const { definition, record, verdicts } = counted([claim]);
    const report = { id, definition, sourceText: "", record, verdicts, warnings: [], stale: false };
    const claims = [{ claim: "a-01", ruling: verdicts[0]!.ruling, verdicts }];
    return ledger({ folder: "a-post", article: post, claims, experiments: [report] }, inputOf()).text;
  };
  expect(told(crossing)).toContain("heap rising above columns along rows");
  expect(told(crossing)).toContain("claimed between 10,000 and 100,000");
  const never = told({ says, holds: crossover("columns", "heap", "rows", "read").between(1e4, 1e5) });
  expect(never).toContain("no crossover measured");
});
