import { describe, expect, test } from "vitest";
import { step } from "../../src/model/claim.ts";
import type { Verdict } from "../../src/model/verdict.ts";
import { comparison, staircaseFigure } from "../../src/report/figures/staircase.ts";
import { subjectOf } from "../../src/report/figures/subject.ts";
import { climbed, recordWithout } from "../testdata/report/figures.ts";
import { foundSteps, stairs } from "../testdata/report/kinds.ts";
import { climb, estimatesOf } from "../testdata/report/synthetic.ts";

const KiB = 1024;
const MiB = 1024 ** 2;

/** A verdict on where the first step lies along a parameter. */
const claimed = (along: string, low = 16 * KiB, high = 64 * KiB, of = "scattered"): Verdict[] => [
  {
    claim: "cache-01",
    experiment: "cache-line/stairs",
    says: "",
    ruling: "undecided",
    bound: step(of, 1, along).between(low, high),
    at: {},
  },
];

describe("steps lie along the parameter that grows along x", () => {
  /** Three strides are defined and one is measured; sizes grow. */
  const definition = { ...stairs, sweep: { stride: [1, 8, 64], bytes: [8, 16, 32, 64, 128, 256].map((it) => it * KiB) } };
  const record = recordWithout("cache-line/stairs", definition, climb, ({ stride }) => stride !== 8);
  const asked: string[] = [];
  const figureOf = (verdicts: Verdict[]) =>
    staircaseFigure(subjectOf(definition, "cache-line/stairs", record, estimatesOf(record), verdicts), "time", (...[, , , along]) => {
      asked.push(along);
      return foundSteps.slice(0, 1);
    });

  test("which is the first with more than two values that were tried, not that were defined", () => {
    const it = figureOf([]);
    expect(it.x.label).toBe("bytes");
    expect(asked).toEqual(["bytes"]);
    expect(it.panels[0]!.bands!.map(({ label }) => label)).toEqual(["step 44 KiB"]);
  });

  test("and the variant is that of a claim of such a step", () => {
    const it = figureOf([...claimed("stride", 16, 32, "ordered"), ...claimed("bytes")]);
    expect(it.notes[0]).toBe("Steps are those of scattered.");
  });

  test("and so do the ranges of claims that are drawn", () => {
    expect(figureOf([...claimed("bytes"), ...claimed("stride", 16 * KiB, 32 * KiB)]).panels[0]!.spans).toEqual([
      { low: 16 * KiB, high: 64 * KiB, label: "step 1: 16 KiB to 64 KiB (claim)" },
    ]);
  });
});

describe("staircase: steps that are found beside sizes that are reported", () => {
  const it = climbed();

  test("both axes are logarithmic, steps are bands and claims of a step are ranges of x", () => {
    expect([it.x.scale, it.y.scale]).toEqual(["log2", "log10"]);
    expect(it.panels[0]!.bands!.map(({ label }) => label)).toEqual(["step 44 KiB", "step 1.9 MiB", "step 12 MiB"]);
    expect(it.panels[0]!.spans).toEqual([{ low: 16 * KiB, high: 64 * KiB, label: "step 1: 16 KiB to 64 KiB (claim)" }]);
    expect(it.panels[0]!.segments.map(({ label }) => label)).toEqual(["≥ 10× ordered (claim)"]);
    expect(it.marks.map(({ label }) => label)).toEqual(["L1 48 KiB", "L2 2 MiB", "L3 33 MiB"]);
  });

  test("notes compare each with its level, and are read aloud", () => {
    expect(it.notes).toContain("Found 44 KiB [32, 52], reported L1 48 KiB.");
    expect(it.notes.at(-1)).toMatch(/^Found a step at 12 MiB .*, where the system reports an L3 of 33 MiB: a virtual machine sees a slice/);
    expect(it.alt).toContain(it.notes[1]);
  });

  const host = (caches: readonly [number, number][], virtual: boolean | null = true) => ({
    host: { id: "0", cpu: "", arch: "", cores: 2, memory: 1, os: "", virtual, caches: caches.map(([level, bytes]) => ({ level, bytes })) },
  });
  const range = [4 * KiB, 256 * MiB] as const;

  test("a level in range without a step is named, one out of range as well", () => {
    const said = comparison(
      foundSteps.slice(0, 1),
      host([
        [1, 48 * KiB],
        [2, 2 * MiB],
        [3, 480 * MiB],
      ]),
      [4 * KiB, 16 * KiB * KiB],
    );
    expect(said.slice(0, 1)).toEqual(["Found 44 KiB [32, 52], reported L1 48 KiB."]);
    expect(said.slice(1)).toEqual([
      "No step was found near the reported L2 2 MiB.",
      "The reported L3 480 MiB lies outside the sizes that were tried.",
    ]);
  });

  test("a step far below the level that is left is a slice of it; one that nothing is left for is said to be so", () => {
    const [, , third] = foundSteps;
    expect(comparison([third!], host([[3, 480 * MiB]]), range)[0]).toContain("an L3 of 480 MiB: a virtual machine sees a slice");
    expect(comparison([third!], host([[3, 480 * MiB]], false), range)[0]).not.toContain("virtual");
    expect(comparison([third!], host([[1, 48 * KiB]]), range)[0]).toBe("Found 12 MiB [9, 15], which no reported size explains.");
  });

  test("what was tried is told from what the axis has room for", () => {
    // The axis ends at 4.9 MiB, the sizes at 4 MiB.
    const record = recordWithout("cache-line/stairs", stairs, climb, ({ bytes }) => Number(bytes) > 4 * MiB);
    const near = {
      ...record,
      host: {
        ...record.host,
        ...host([
          [1, 48 * KiB],
          [3, 4.5 * MiB],
        ]).host,
      },
    };
    const it = staircaseFigure(subjectOf(stairs, "cache-line/stairs", near, estimatesOf(near), []), "time", () => foundSteps.slice(0, 1));
    expect(it.x.range[1]).toBeGreaterThan(4.5 * MiB);
    expect(it.notes).toContain("The reported L3 4.50 MiB lies outside the sizes that were tried.");
    expect(it.alt).not.toContain("No step was found");
  });

  test("a claimed range beyond what was tried is not drawn", () => {
    const record = recordWithout("cache-line/stairs", stairs, climb, ({ bytes }) => Number(bytes) < 256 * KiB);
    const it = staircaseFigure(subjectOf(stairs, "cache-line/stairs", record, estimatesOf(record), claimed("bytes")), "time", () => []);
    expect(it.panels[0]!.spans).toEqual([]);
  });

  test("where the system reports nothing there is nothing to compare with", () => {
    expect(comparison(foundSteps.slice(0, 1), host([]), range)).toEqual(["Found 44 KiB [32, 52]."]);
  });
});
