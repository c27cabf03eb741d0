import { describe, expect, test } from "vitest";
import { summarize } from "../../src/gate/certificate.ts";
import type { CertificateSummary, Injected, Share } from "../../src/model/certificate.ts";
import { certificateLines, injectedWords, noCertificate } from "../../src/report/certificate.ts";
import { drawSvg } from "../../src/report/draw.ts";
import { isEmpty } from "../../src/report/figure.ts";
import { certificateFigure } from "../../src/report/figures/certificate.ts";
import { certificateSection } from "../../src/report/page/certificate.ts";
import { themes, light } from "../../src/report/theme.ts";
import { wilson } from "../../src/stats/wilson.ts";
import { plainly, runOf, simulated } from "../gate/_certificate.ts";
import { collisions, labelsOf } from "./labels.ts";
import { faultOf } from "./xml.ts";

const changes: readonly Injected[] = [
  ...[0, 1, 2, 5, 10].map((more) => ({ more })),
  ...(["element-kind", "retained-heap", "dependency"] as const).map((hidden) => ({ hidden })),
];
const run = simulated(1, changes, { duet: 40, isolated: 40, spread: 0.02 });
const terms = { burnt: false, stale: false, compare: plainly, seed: 1, comparisons: 40 };
const quiet = await summarize(run, terms);
const burnt = await summarize(simulated(2, changes, { duet: 20, isolated: 20, spread: 0.05 }), { ...terms, burnt: true });
const empty = await summarize(runOf([], { finished: false }), terms);

const shareOf = (share: number, effective: number): Share => ({ share, ...wilson(share, effective), effective });
/** The summary with this share in the row and the wanted figure of a kind. */
const withShare = (more: number, caught: Share, met: boolean): CertificateSummary => {
  const isMeant = (it: Injected | undefined): boolean => it !== undefined && "more" in it && it.more === more;
  return {
    ...quiet,
    rows: quiet.rows.map((row) => (row.kernel === undefined && isMeant(row.injected) ? { ...row, caught } : row)),
    wanted: quiet.wanted.map((it) => ("share" in it && isMeant(it.injected) ? { ...it, share: caught, met } : it)),
  };
};

describe("the terminal", () => {
  test("says every wanted figure with what came out, and what that rests on", () => {
    const lines = certificateLines([withShare(0, shareOf(0.03, 400), false)]);
    expect(lines[0]).toBe("What the gate's word is worth on this host with nothing else running (21 November 2026, v26.10.0):");
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^ {4}missed {8}identical code is called slower: 3% \[2%, 5%\], wanted ≤ 1% \(worth 400 independent comparisons\)$/,
      ),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^ {4}met .*10% more work is called slower: 100% \[84%, 100%\], wanted ≥ 99%/));
    expect(lines).toContain("    met           a comparison costs, in the median: 10.0 s, wanted ≤ 20 s");
    expect(lines).toHaveLength(1 + quiet.wanted.length + 1);
  });

  test("tells what is stale, unfinished or not measured, and what to do about it", () => {
    const lines = certificateLines([{ ...empty, stale: true }]).join("\n");
    expect(lines).not.toMatch(/^ {4}(met|missed) /m);
    expect(lines.match(/^ {4}not measured /gm)).toHaveLength(empty.wanted.length);
    expect(lines).toContain("It is unfinished: npx assay certify goes on with it.");
    expect(lines).toContain("npx assay certify makes it anew.");
    expect(lines).not.toMatch(/NaN|n\/a|undefined/);
  });

  test("says how to make one where there is none", () => {
    expect(certificateLines([])).toEqual([noCertificate]);
  });

  test("is not steered by what a file says", () => {
    const lines = certificateLines([{ ...quiet, runtime: "\u001b[2Jv26\n\u202e" }]).join("");
    expect(lines).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  test.each([
    [{ more: 0 }, "identical code"],
    [{ more: 2.5 }, "2.5% more work"],
    [{ hidden: "retained-heap" }, "objects kept alive"],
  ] as const)("calls %j %s", (injected, words) => {
    expect(injectedWords(injected)).toBe(words);
  });
});

describe("the chart", () => {
  const figure = certificateFigure([burnt, quiet]);

  test("has a column for each kind of change, a series for each state, and a line where something is wanted", () => {
    expect(figure.x.ticks.map(({ label }) => label)).toEqual([
      "identical",
      "1% more",
      "2% more",
      "5% more",
      "10% more",
      "elements",
      "heap",
      "shapes",
    ]);
    const [panel] = figure.panels;
    expect(panel!.series.map(({ name, slot, points }) => [name, slot, points.length])).toEqual([
      ["nothing else running", 0, 8],
      ["one core kept busy", 1, 8],
    ]);
    expect(panel!.segments.map(({ x, y }) => [x, y])).toEqual([
      [0, 0.01],
      [2, 0.6],
      [3, 0.95],
      [4, 0.99],
      [5, 0.95],
      [6, 0.95],
      [7, 0.95],
    ]);
    const [identical] = panel!.series[0]!.points;
    const { caught } = quiet.rows[0]!;
    expect(identical).toMatchObject({ x: 0, y: caught.share, low: caught.low, high: caught.high });
    expect(figure.y.range).toEqual([0, 1]);
  });

  test("says its numbers to those who cannot see it", () => {
    expect(certificateFigure([withShare(0, shareOf(0.03, 400), false)]).alt).toContain(
      "With nothing else running: identical code 3% [2%, 5%], worth 400 independent comparisons;",
    );
    expect(figure.alt).toContain("identical ≤ 1%; 2% more ≥ 60%; 5% more, elements, heap and shapes ≥ 95%; 10% more ≥ 99%");
    expect(figure.alt).toContain("With one core kept busy:");
    expect(figure.alt.length).toBeLessThan(3000);
  });

  test("keeps the colour of a state that stands alone, and is empty where nothing was measured", () => {
    expect(certificateFigure([burnt]).panels[0]!.series.map(({ slot }) => slot)).toEqual([1]);
    for (const nothing of [[], [empty]]) {
      expect(isEmpty(certificateFigure(nothing))).toBe(true);
      expect(certificateFigure(nothing).alt).toContain("Nothing has been measured yet.");
    }
  });

  test.each([720, 370])("is well-formed SVG at a width of %d, and no label runs into another", (width) => {
    for (const theme of themes) {
      for (const it of [figure, certificateFigure([burnt]), certificateFigure([empty])]) {
        const svg = drawSvg(it, theme, { width, framed: width > 500 });
        expect(faultOf(svg)).toBeUndefined();
        expect(collisions(labelsOf(svg))).toEqual([]);
      }
    }
  });
});

describe("the page", () => {
  const drawn = (summaries: readonly CertificateSummary[]) => {
    const figure = certificateFigure(summaries);
    return { figure, charts: { wide: drawSvg(figure, light), narrow: [drawSvg(figure, light, { width: 370, framed: false }, "n")] } };
  };
  const text = (summaries: readonly CertificateSummary[]): string => certificateSection(summaries, drawn(summaries)).text;

  test("shows what was wanted beside what was found, in each state, and how it could mislead", () => {
    const section = text([withShare(0, shareOf(0.03, 400), false), burnt]);
    expect(section).toMatch(
      /<th scope="row">identical code<\/th>\s*<td class="number">≤ 1%<\/td>\s*<td class="number">3% \[2%, 5%\] <span class="bad">missed<\/span>/,
    );
    expect(section).toContain("How this could fool you");
    expect(section).toContain("Each program alone, one core kept busy");
    expect(section.match(/<svg /g)).toHaveLength(1);
    expect(section).toContain('aria-label="Dot plot: How often the gate calls a change slower.');
    expect(section).not.toMatch(/NaN|undefined|n\/a/);
  });

  test("says how to get one where there is none, and what is wrong with one that is stale or unfinished", () => {
    const none = certificateSection([]).text;
    expect(none).toContain("There is no certificate of this host; <code>npx assay certify</code> makes one.");
    expect(none).not.toContain("<table>");
    const poor = certificateSection([{ ...empty, stale: true }]).text;
    expect(poor).toContain("It is unfinished");
    expect(poor).toContain("another version of the gate");
    expect(poor).not.toMatch(/NaN|undefined|n\/a|class="good"/);
  });

  test("nothing that a file says becomes markup", () => {
    const hostile = { ...quiet, runtime: '<script>alert("1")</script>', startedAt: "<img src=x onerror=alert(1)>" };
    const section = text([hostile]);
    expect(section).not.toMatch(/<script|<img/);
    expect(section).toContain("&lt;script&gt;");
  });

  test("states that differ in what they asked for do not take each other's place", () => {
    const fewer = { ...burnt, wanted: burnt.wanted.slice(1) };
    expect(() => certificateSection([quiet, fewer])).not.toThrow();
    const rows = certificateSection([quiet, fewer]).text.split("<tr>");
    expect(rows.find((row) => row.includes("identical code"))).toMatch(/–\s*<\/td>\s*<\/tr>/);
  });
});
