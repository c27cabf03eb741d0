import { describe, expect, test } from "vitest";
import { comparison } from "../../src/report/figures/staircase.ts";
import { climbed } from "../testdata/report/figures.ts";
import { foundSteps } from "../testdata/report/kinds.ts";

const KiB = 1024;
const MiB = 1024 ** 2;

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

  test("where the system reports nothing there is nothing to compare with", () => {
    expect(comparison(foundSteps.slice(0, 1), host([]), range)).toEqual(["Found 44 KiB [32, 52]."]);
  });
});
