import { describe, expect, test } from "vitest";
import type { Figure, Panel } from "../../src/model/figure.ts";
import { embeddedJson } from "../../src/report/embedded.ts";
import { type Overlay, overlayOf } from "../../src/report/overlay.ts";
import { isSwitchable, rescaled } from "../../src/report/rescale.ts";
import { sentence, told } from "../../src/report/told.ts";
import { figures } from "../testdata/report/figures.ts";

const named = (id: string): Figure => figures.find((it) => it.id === id)!.it;
const stairs = named("cache-line/staircase");
const host = { id: "aaaaaaaaaaaa", name: "reference host", host: "reference host, 2 cores", shown: true };
const slower = (it: Figure, factor: number): Figure => ({
  ...it,
  panels: it.panels.map((panel) => ({
    ...panel,
    series: panel.series.map((series) => ({
      ...series,
      points: series.points.map((point) => ({ ...point, y: point.y * factor, low: point.low * factor, high: point.high * factor })),
    })),
  })),
});
const pointsIn = ({ panels }: Overlay): number => panels.flat().flatMap(({ points }) => points).length;
const readings = ({ panels }: { readonly panels: readonly Panel[] }) =>
  panels.flatMap(({ series }) => series.flatMap(({ points }) => points));

describe("another host's record", () => {
  test("of the same sweep has a place for every reading", () => {
    const overlay = overlayOf(stairs, slower(stairs, 2), host);
    expect(overlay.leftOut).toBeUndefined();
    expect(pointsIn(overlay)).toBe(readings(stairs).length);
  });

  test("of another sweep is shown where they meet, and the rest is counted", () => {
    const far = {
      ...stairs,
      panels: stairs.panels.map((panel) => ({
        ...panel,
        series: panel.series.map((it) => ({
          ...it,
          points: it.points.map((point, index) => ({ ...point, x: index === 0 ? 2 ** 50 : point.x })),
        })),
      })),
    };
    const overlay = overlayOf(stairs, far, host);
    expect(pointsIn(overlay)).toBeGreaterThan(0);
    expect(overlay.leftOut).toMatch(/^\d+ of its \d+ readings have no place/);
  });

  test("without a variant shows the others", () => {
    const fewer = { ...stairs, panels: stairs.panels.map((panel) => ({ ...panel, series: panel.series.slice(1) })) };
    const overlay = overlayOf(stairs, fewer, host);
    expect(overlay.panels[0]!.map(({ name }) => name)).toEqual(stairs.panels[0]!.series.slice(1).map(({ name }) => name));
  });

  test.each([
    ["nothing measured", { ...stairs, panels: [] }, "none of its readings"],
    ["another unit", { ...stairs, y: { ...stairs.y, unit: "bytes" as const } }, "other readings"],
    ["another kind of sweep", { ...stairs, x: { ...stairs.x, scale: "category" as const } }, "another sweep"],
    ["columns", { ...stairs, mark: "column" as const }, "other readings"],
  ])("with %s is left out by name", (_, other, why) => {
    const overlay = overlayOf(stairs, other, host);
    expect(overlay.leftOut).toContain(why);
    expect(pointsIn(overlay)).toBe(0);
  });

  test("names categories by what they are called, whatever their order", () => {
    const bars = figures.map(({ it }) => it).find(({ mark, x }) => mark === "bar" && x.ticks.length > 1)!;
    const turned = { ...bars, x: { ...bars.x, ticks: bars.x.ticks.map(({ at, label }) => ({ at: bars.x.ticks.length - 1 - at, label })) } };
    const overlay = overlayOf(bars, turned, host);
    const first = overlay.panels[0]![0]!.points;
    expect(first.map(({ x }) => x)).toEqual(bars.panels[0]!.series[0]!.points.map(({ x }) => bars.x.ticks.length - 1 - x));
  });
});

describe("another scale", () => {
  test("is the same figure where nothing changes", () => {
    for (const { it } of figures) expect(rescaled(it, [])).toBe(it);
  });

  test.each(figures.filter(({ it }) => isSwitchable(it)))("holds every reading and interval of $id, and says which it is", ({ it }) => {
    for (const scale of ["linear", "log10"] as const) {
      const other = rescaled(it, [], scale);
      expect(other.y.scale).toBe(scale);
      expect(other.subtitle.includes("log scale")).toBe(scale === "log10" || (it.mark === "scatter" && other.x.scale === "log10"));
      for (const { y } of readings(other)) expect(y >= other.y.range[0] && y <= other.y.range[1]).toBe(true);
      if (scale === "log10") expect(other.y.range[0]).toBeGreaterThan(0);
      expect(other.mark).not.toBe(scale === "log10" ? "bar" : "dot");
    }
  });

  test("makes room for a slower host", () => {
    const overlay = overlayOf(stairs, slower(stairs, 50), host);
    const { y } = rescaled(stairs, [overlay]);
    expect(y.range[1]).toBeGreaterThanOrEqual(50 * Math.max(...readings(stairs).map((it) => it.y)));
  });

  test("is not offered where a value is zero or negative, nor for counts of samples", () => {
    const [point] = readings(stairs);
    const zero = { ...stairs, panels: [{ ...stairs.panels[0]!, series: [{ name: "a", slot: 0, points: [{ ...point!, y: 0 }] }] }] };
    expect(isSwitchable(zero)).toBe(false);
    expect(isSwitchable({ ...stairs, mark: "column" })).toBe(false);
  });
});

describe("a reading in words", () => {
  test("has name, place, value, interval and rounds", () => {
    const series = stairs.panels[0]!.series[0]!;
    const words = told(stairs, 0, series, { ...series.points[0]!, y: 74e-9, low: 72e-9, high: 76e-9, n: 8 });
    expect(sentence(words)).toBe(`${series.name}, bytes = ${stairs.x.ticks[0]!.label}: 74 ns, interval 72 to 76, 8 rounds.`);
  });

  test("of another host names it", () => {
    const series = stairs.panels[0]!.series[0]!;
    expect(told(stairs, 0, series, series.points[0]!, "reference host").name).toBe(`${series.name} on reference host`);
  });

  test.each(figures)("exists for everything in $id", ({ it }) => {
    it.panels.forEach((panel, index) => {
      for (const series of panel.series)
        for (const point of series.points) expect(sentence(told(it, index, series, point))).not.toMatch(/undefined|NaN/);
    });
  });
});

test("data in a page cannot end their element, and come back as they were", () => {
  const evil = `</script><!--<script>alert(1)//\u2028'"&`;
  const figure = { ...stairs, title: evil, panels: [] };
  const json = embeddedJson({ figure, overlays: [] });
  expect(json).not.toMatch(/[<>&\u2028]/);
  expect(JSON.parse(json).figure.title).toBe(evil);
});
