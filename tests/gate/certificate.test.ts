import { describe, expect, test } from "vitest";
import { summarize, type Terms } from "../../src/gate/certificate.ts";
import { type Compare, type Read, resample } from "../../src/gate/resample.ts";
import { seeded } from "../../src/inputs/random.ts";
import type { CertificateRun, CertificateSummary, Wanted } from "../../src/model/certificate.ts";
import { mean } from "../../src/stats/quantiles.ts";
import { wilson } from "../../src/stats/wilson.ts";
import { cellOf, plainly, runOf, simulated } from "./_certificate.ts";

const identical = [{ more: 0 }];
const summary = (run: CertificateRun, terms: Partial<Terms> = {}): Promise<CertificateSummary> =>
  summarize(run, { burnt: false, stale: false, compare: plainly, seed: 1, comparisons: 40, ...terms });
const wantedOf = ({ wanted }: CertificateSummary, says: string): Wanted => wanted.find((it) => it.says === says)!;

const certificates = await Promise.all(
  Array.from({ length: 120 }, (_, seed) => summary(simulated(seed, identical, { duet: 20, isolated: 20, spread: 0.02 }))),
);

describe("of normal replicates that spread by 2 %, over many certificates", () => {
  // What the replicates of all certificates amount to together.
  const independent = certificates.reduce((sum, { covered }) => sum + covered.effective, 0);
  const tolerance = (share: number): number => 4 * Math.sqrt((share * (1 - share)) / independent);

  test("95 % of the intervals hold the truth, and identical code is called slower once in forty", async () => {
    expect(independent).toBeCloseTo(120 * 5 * 2, 6);
    const covered = mean(certificates.map((it) => it.covered.share));
    expect(Math.abs(covered - 0.95)).toBeLessThan(tolerance(0.95));
    const alarms = mean(certificates.map(({ rows }) => rows[0]!.caught.share));
    expect(Math.abs(alarms - 0.025)).toBeLessThan(tolerance(0.025));
  });

  test("Wilson's interval at the effective number holds the truth; at the number drawn it would not", async () => {
    const holds = (n: (it: CertificateSummary) => number): number =>
      mean(
        certificates.map((it) => {
          const { low, high } = wilson(it.covered.share, n(it));
          return Number(low <= 0.95 && 0.95 <= high);
        }),
      );
    expect(holds(({ covered }) => covered.effective)).toBeGreaterThan(0.93);
    expect(holds(() => 5 * 40)).toBeLessThan(0.9);
  });
});

test("what is far above the spread is always caught", async () => {
  const { rows } = await summary(simulated(1, [{ more: 10 }], { duet: 20, isolated: 20, spread: 0.02 }));
  expect(rows[0]!.caught.share).toBe(1);
  expect(rows[0]!.spread.duet).toBeCloseTo(0.02, 2);
  expect(rows[0]!.cost).toBe(10);
});

describe("the number of independent comparisons", () => {
  test("is that of the scarcer instrument, adds up over kernels, and need not be whole", async () => {
    const { rows, covered } = await summary(simulated(1, identical, { duet: 40, isolated: 15, spread: 0.02 }));
    expect(rows.map(({ kernel, caught }) => [kernel, caught.effective])).toEqual([
      [undefined, expect.closeTo(7.5, 9)],
      ...["loop", "objects", "json", "map", "async"].map((kernel) => [kernel, 1.5]),
    ]);
    // Intervals are the duet's alone.
    expect(covered.effective).toBeCloseTo(20, 9);
  });

  test("is never more than were drawn, and less than one where there is less than a comparison", async () => {
    const many = await summary(simulated(1, identical, { duet: 200, isolated: 200, spread: 0.02 }), { comparisons: 3 });
    expect(many.rows[1]!.caught.effective).toBe(3);
    const few = await summary(simulated(1, identical, { duet: 4, isolated: 4, spread: 0.02 }));
    expect(few.rows[1]!.caught.effective).toBe(0.4);
    expect(few.rows[1]!.caught.high - few.rows[1]!.caught.low).toBeGreaterThan(0.8);
  });

  test("of kernels that count alike is no more than the one with the fewest replicates lets it be", async () => {
    const random = seeded(1);
    const cells = ([40, 10] as const).map((count, index) =>
      cellOf(index === 0 ? "loop" : "map", { more: 0 }, { duet: count, isolated: 40, spread: 0.02 }, random),
    );
    expect((await summary(runOf(cells))).rows[0]!.caught.effective).toBeCloseTo(4 / (1 / 4 + 1 / 1), 9);
  });
});

describe("drawing", () => {
  const reads = (count: number): Read[] => Array.from({ length: count }, (_, index) => ({ logRatio: index, seconds: 1 }));
  const drawn = async (available: number, counts: readonly number[], comparisons = 50): Promise<number[][]> => {
    const all: number[][] = [];
    const compare: Compare = (draw) => {
      all.push(counts.flatMap((count, index) => draw("duet", index === 0 ? "first" : "confirmation", count).map((it) => it.logRatio)));
      return { slower: false, duetInterval: { center: 1, low: 1, high: 1, n: 10, level: 0.95 }, seconds: 1 };
    };
    await resample({ duet: reads(available), isolated: [] }, compare, comparisons, seeded(1));
    return all;
  };

  test("takes no process twice within a comparison, not even to confirm; the next comparison may take it again", async () => {
    const all = await drawn(25, [10, 10]);
    for (const comparison of all) expect(new Set(comparison).size).toBe(20);
    expect(new Set(all.map(String)).size).toBe(50);
  });

  test("takes every process as often as any other in the end", async () => {
    const counts = Array.from({ length: 20 }, () => 0);
    for (const process of (await drawn(20, [5], 4000)).flat()) counts[process]!++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(1000));
  });

  test("takes some again where more are asked for than there are", async () => {
    for (const comparison of await drawn(4, [10])) expect(new Set(comparison)).toEqual(new Set([0, 1, 2, 3]));
  });
});

test("the same seed gives the same summary, another seed another one, and no kernel depends on the others", async () => {
  const run = simulated(1, [{ more: 1 }], { duet: 30, isolated: 30, spread: 0.02 });
  expect(await summary(run)).toEqual(await summary(run));
  expect((await summary(run, { seed: 2 })).rows).not.toEqual((await summary(run)).rows);
  const alone = await summary({ ...run, kernels: run.kernels.slice(2, 3) });
  expect(alone.rows[1]).toEqual((await summary(run)).rows.find(({ kernel }) => kernel === "json"));
});

test("all kernels together come first, more work in order, then what hides, which has no true ratio", async () => {
  const changes = [{ hidden: "dependency" }, { more: 10 }, { hidden: "element-kind" }, { more: 0 }, { more: 2 }] as const;
  const { rows } = await summary(simulated(1, changes, { duet: 10, isolated: 10, spread: 0.02 }), { comparisons: 5 });
  const order = [{ more: 0 }, { more: 2 }, { more: 10 }, { hidden: "element-kind" }, { hidden: "dependency" }];
  expect(rows.slice(0, 5).map(({ injected, kernel }) => [injected, kernel])).toEqual(order.map((it) => [it, undefined]));
  expect(rows.slice(5).every(({ kernel }) => kernel !== undefined)).toBe(true);
  expect(rows.slice(0, 5).map(({ covered }) => covered !== undefined)).toEqual([true, true, true, false, false]);
});

describe("what was wanted", () => {
  const always =
    (slower: boolean, seconds = 1): Compare =>
    (draw) => ({ ...plainly(draw), slower, seconds });
  const run = simulated(1, [{ more: 0 }, { more: 5 }], { duet: 200, isolated: 200, spread: 0.02 });

  test("is missed where the interval excludes it, and where the seconds exceed it", async () => {
    const alarmed = await summary(run, { compare: always(true, 20.1) });
    expect(wantedOf(alarmed, "identical code is called slower")).toMatchObject({ met: false, atMost: 0.01, share: { share: 1 } });
    expect(wantedOf(alarmed, "what does 5% more work is called slower")).toMatchObject({ met: true, atLeast: 0.95 });
    expect(wantedOf(alarmed, "a comparison costs, in the median")).toMatchObject({ met: false, seconds: 20.1, atMost: 20 });
    const deaf = await summary(run, { compare: always(false, 20) });
    expect(wantedOf(deaf, "identical code is called slower")).toMatchObject({ met: true });
    expect(wantedOf(deaf, "what does 5% more work is called slower")).toMatchObject({ met: false });
    expect(wantedOf(deaf, "a comparison costs, in the median")).toMatchObject({ met: true });
  });

  test("is missed by intervals that are too narrow", async () => {
    const narrow: Compare = (draw) => {
      const { duetInterval: it, ...rest } = plainly(draw);
      return { ...rest, duetInterval: { ...it, low: it.center * 0.999, high: it.center * 1.001 } };
    };
    expect(wantedOf(await summary(run), "95% intervals hold the true ratio")).toMatchObject({ met: true, atLeast: 0.93 });
    expect(wantedOf(await summary(run, { compare: narrow }), "95% intervals hold the true ratio")).toMatchObject({ met: false });
  });

  test("is not met where no replicate shows it", async () => {
    const { wanted } = await summary(simulated(1, identical, { duet: 200, isolated: 200, spread: 0.02 }), { compare: always(false) });
    expect(wanted.filter(({ met }) => met).map(({ says }) => says)).toEqual([
      "identical code is called slower",
      "95% intervals hold the true ratio",
      "a comparison costs, in the median",
    ]);
    for (const it of wanted) if ("share" in it && !it.met) expect(it.share).toEqual({ share: 0, low: 0, high: 1, effective: 0 });
  });
});

describe("an unfinished run", () => {
  test.each([0, 1])("with %d replicates of an instrument says nothing, and never fails", async (count) => {
    for (const how of [
      { duet: count, isolated: 20 },
      { duet: 20, isolated: count },
    ]) {
      const it = await summary({ ...simulated(1, identical, { ...how, spread: 0.02 }), finished: false });
      expect(it).toMatchObject({ finished: false, rows: [], cost: NaN, covered: { low: 0, high: 1, effective: 0 } });
      expect(it.wanted.some(({ met }) => met)).toBe(false);
    }
  });

  test("tells of the kernels that have replicates", async () => {
    const run = simulated(1, identical, { duet: 20, isolated: 20, spread: 0.02 });
    const kernels = run.kernels.map((cell, index) => (index < 2 ? cell : { ...cell, duet: [] }));
    expect((await summary({ ...run, kernels })).rows.map(({ kernel }) => kernel)).toEqual([undefined, "loop", "objects"]);
  });

  test("without any kernel is as empty", async () => {
    expect(await summary(runOf([]), { burnt: true, stale: true })).toMatchObject({ burnt: true, stale: true, rows: [] });
  });
});
