import { describe, expect, test } from "vitest";
import { drawPng, drawSvg } from "../../../src/report/draw.ts";
import { intervalOf, rulingOf } from "../../../src/report/gate/instruments.ts";
import { replicatesFigure } from "../../../src/report/gate/replicates.ts";
import { dark, light } from "../../../src/report/theme.ts";
import { collisions, labelsOf } from "../labels.ts";
import { faultOf } from "../xml.ts";
import { compared, entangled, hostile, interval, slower, without } from "./comparisons.ts";

test("a row an instrument, with its interval, its replicates and the margin around none", () => {
  const it = replicatesFigure(slower, 0.01);
  const [panel] = it.panels;
  expect(it.x.ticks.map(({ label }) => label)).toEqual(["duet (n = 10)", "isolated (n = 2)", "confirmation (n = 10)"]);
  expect(panel!.series[0]!.points.map(({ singles }) => singles!.length)).toEqual([10, 2, 10]);
  expect(panel!.series[0]!.points[2]!.y).toBeCloseTo(0.081, 10);
  expect(panel!.bands).toEqual([{ low: 1 / 1.01 - 1, at: 0, high: 0.01, label: "margin of 1%", slot: 5 }]);
  for (const single of panel!.series[0]!.points.flatMap(({ singles = [] }) => singles)) {
    expect(single).toBeGreaterThan(it.y.range[0]);
    expect(single).toBeLessThan(it.y.range[1]);
  }
});

test("it can be read aloud, with its numbers", () => {
  expect(replicatesFigure(slower, 0.01).alt).toBe(
    "Dot plot: cpu-caches/field-order columns at 1 MiB: 8.1% slower [7.2, 9.0]. Change of time per record from base to head, lower is better. " +
      "duet (n = 10) 9.0% [8.1, 9.9], isolated (n = 2) 8% [−16, 39], confirmation (n = 10) 8.1% [7.2, 9.0]. " +
      "Single replicates, duet: 7.1% to 11.0%. Single replicates, isolated: 5.9% to 10.2%. Single replicates, confirmation: 6.2% to 10.1%. " +
      "What counts begins at 1%.",
  );
});

test("the ruling rests on the replicates that the ratio comes from, whatever the state", () => {
  expect(rulingOf(slower)).toBe("confirmation");
  const { duet, isolated } = entangled.replicates!;
  const only = { duet, isolated, confirmation: [] };
  expect(rulingOf({ ...entangled, state: "undecided", ratio: intervalOf(isolated, 0.95)!, replicates: only })).toBe("isolated");
  expect(rulingOf({ ...entangled, state: "same", ratio: intervalOf(duet, 0.95)!, replicates: only })).toBe("duet");
  const alike = [0.1, 0.1];
  const exact = { duet: alike, isolated: alike, confirmation: alike };
  expect(rulingOf(compared({ ratio: intervalOf(alike, 0.95)!, replicates: exact }))).toBe("confirmation");
  expect(rulingOf(without(slower, "ratio"))).toBeUndefined();
});

const oddities = {
  slower,
  entangled,
  alike: compared({ replicates: { duet: Array<number>(10).fill(0), isolated: [], confirmation: [] } }),
  single: compared({ replicates: { duet: [0.1], isolated: [], confirmation: [] } }),
  outlier: compared({ replicates: { duet: [0, 0.01, 3], isolated: [-2, 0], confirmation: [] } }),
  numberless: compared({
    ratio: interval(NaN, 0, Infinity),
    replicates: { duet: [NaN, Infinity, -Infinity, 0, 0.01], isolated: [NaN], confirmation: [] },
  }),
  endless: compared({ ratio: interval(1.1, 0, Infinity, 1), replicates: { duet: [Math.log(1.1)], isolated: [], confirmation: [] } }),
  better: compared({
    metric: "goodput",
    unit: "perSecond",
    better: "higher",
    replicates: { duet: [-0.1, -0.11], isolated: [], confirmation: [] },
  }),
  long: compared({ experiment: "x".repeat(500), variant: "y ".repeat(200), replicates: slower.replicates! }),
  empty: without(compared(), "ratio", "replicates", "values"),
};

describe.each(Object.entries(oddities))("%s", (_, it) => {
  const figure = replicatesFigure(it, 0.01);

  test("is drawn well-formed, small and the same every time", () => {
    const svg = drawSvg(figure, light);
    expect(faultOf(svg)).toBeUndefined();
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(Buffer.byteLength(svg)).toBeLessThan(60_000);
    expect(drawSvg(figure, light)).toBe(svg);
    expect(drawPng(figure, dark).subarray(1, 4).toString()).toBe("PNG");
  });

  test("no label runs into another or out of the picture, wide or narrow", () => {
    for (const format of [
      { width: 720, framed: true },
      { width: 370, framed: false },
    ]) {
      const labels = labelsOf(drawSvg(figure, light, format));
      expect(collisions(labels)).toEqual([]);
      for (const { text, left, right } of labels) expect(left >= -1 && right <= format.width + 1, text).toBe(true);
    }
  });

  test("dark and light differ in colour alone", () => {
    const bare = (svg: string): string => svg.replace(/#[\da-f]{6}/g, "#");
    expect(bare(drawSvg(figure, dark))).toBe(bare(drawSvg(figure, light)));
  });
});

test("every replicate has a mark of its own in the picture", () => {
  const figure = replicatesFigure(slower, 0.01);
  const [{ series }] = figure.panels as [(typeof figure.panels)[0]];
  const bare = {
    ...figure,
    panels: [{ ...figure.panels[0]!, series: series.map((it) => ({ ...it, points: it.points.map((p) => ({ ...p, singles: [] })) })) }],
  };
  const paths = (svg: string): number => svg.match(/<path/g)!.length;
  // A rim and a body each.
  expect(paths(drawSvg(figure, light)) - paths(drawSvg(bare, light))).toBe(2 * 22);
});

test("where nothing was read the figure is empty, and says so", () => {
  const { panels, alt } = replicatesFigure(oddities.empty, 0.01);
  expect(panels).toEqual([]);
  expect(alt).toBe("cpu-caches/field-order columns at 1 MiB: no ratio. Nothing has been measured yet.");
});

test.each(Object.values(hostile))("a hostile name becomes text, never markup: %j", (name) => {
  const figure = replicatesFigure({ ...slower, experiment: name, variant: name, point: { [name]: name }, per: name, metric: name }, 0.01);
  const svg = drawSvg(figure, light);
  expect(faultOf(svg)).toBeUndefined();
  expect(svg).not.toMatch(/<script|<image|[\p{Cf}]/u);
});
