import { describe, expect, test } from "vitest";
import { chart } from "../../src/report/chart.ts";
import { drawPng, drawSvg } from "../../src/report/draw.ts";
import { dark, light } from "../../src/report/theme.ts";
import { crowded } from "../testdata/report/crowded.ts";
import { drawn, figures } from "../testdata/report/figures.ts";
import { collisions, labelsOf } from "./labels.ts";
import { faultOf } from "./xml.ts";

describe.each(figures)("$id", ({ it }) => {
  test("is a PNG of twice its nominal size", () => {
    const png = drawPng(it, light);
    const { width, height } = chart(it, light, { width: 720, framed: true });
    expect(png.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width * 2, height * 2]);
  });

  test("is a well-formed SVG of less than 60 KB, with text that can be selected", () => {
    const svg = drawSvg(it, light);
    expect(faultOf(svg)).toBeUndefined();
    expect(Buffer.byteLength(svg)).toBeLessThan(60_000);
    expect(svg).toContain("</text>");
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("the same figure gives the same bytes, whatever was drawn before", () => {
    const [svg, png] = [drawSvg(it, light), drawPng(it, light)];
    drawSvg(figures[0]!.it, dark);
    expect(drawSvg(it, light)).toBe(svg);
    expect(drawPng(it, light).equals(png)).toBe(true);
  });

  test("on a phone each panel is as wide as the screen", () => {
    for (const panel of it.panels)
      expect(drawSvg({ ...it, panels: [panel] }, light, { width: 370, framed: false })).toContain('viewBox="0 0 370 ');
  });
});

const full = crowded.map(({ id, definition, truth }) => ({ id, it: drawn(id, definition, truth) }));

test.each([...figures, ...full])("in $id no label runs into another, out of the picture or below 11 px, wide or narrow", ({ it }) => {
  const formats = [
    { width: 720, framed: true },
    { width: 720, framed: false },
  ];
  const narrow = it.panels.map((panel) => ({ svg: drawSvg({ ...it, panels: [panel] }, light, { width: 370, framed: false }), width: 370 }));
  for (const { svg, width } of [...formats.map((format) => ({ svg: drawSvg(it, light, format), width: 720 })), ...narrow]) {
    const labels = labelsOf(svg);
    expect(collisions(labels)).toEqual([]);
    for (const { text, left, right } of labels) expect(left >= -1 && right <= width + 1, text).toBe(true);
    for (const [, size] of svg.matchAll(/font-size="([\d.]+)"/g)) expect(Number(size)).toBeGreaterThanOrEqual(11);
  }
});

test("dark and light differ in colour alone", () => {
  const bare = (svg: string): string => svg.replace(/#[\da-f]{6}/g, "#");
  for (const { it } of figures) expect(bare(drawSvg(it, dark))).toBe(bare(drawSvg(it, light)));
});

test("names become text in the SVG, never markup", () => {
  const { it } = figures[1]!;
  const hostile = {
    ...it,
    title: '<script>alert("1")</script> & co',
    x: { ...it.x, ticks: it.x.ticks.map((tick) => ({ ...tick, label: `</text><image href="x"/>${tick.label}` })) },
  };
  const svg = drawSvg(hostile, light);
  expect(faultOf(svg)).toBeUndefined();
  expect(svg).not.toMatch(/<script|<image/);
});

test("signs between figures stay the signs that were written, in both weights", () => {
  const first = figures[0]!.it;
  const svg = drawSvg({ ...first, title: "12:30 and 1000 × 1000 [1]", caption: "3 - 4, 1 × 2, ≥ 1 (A) x:9" }, light);
  expect(svg).not.toMatch(/\p{Co}/u);
  expect(svg).toContain("1000 × 1000");
  expect(svg).toContain("12:30");
});
