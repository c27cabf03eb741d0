import { expect, test } from "vitest";
import { seeded } from "../../src/inputs/random.ts";
import { firstLook } from "../../src/model/effort.ts";
import { levelOf } from "../../src/stats/looks.ts";
import { deviation, mean } from "../../src/stats/quantiles.ts";
import { ratioInterval } from "../../src/stats/ratio.ts";
import { medianInterval } from "../../src/stats/single.ts";
import { studentQuantile } from "../../src/stats/student.ts";
import { normal } from "../_normal.ts";

/** A slow mode 20 % above the fast one, each with a little noise of its own. */
const modes =
  (slow: number) =>
  (random: () => number): number =>
    (random() < slow ? 1.2 : 1) * Math.exp(0.01 * normal(random));

/** Φ⁻¹(0.625): in a 20/80 mixture the median is the 62.5th percentile of the fast mode. */
const inFastMode = 0.3186393639643752;

const noises = [
  { noise: "log-normal noise", draw: (random: () => number) => Math.exp(0.1 * normal(random)), median: 1 },
  { noise: "two modes, half slow", draw: modes(0.5), median: 1.1 },
  { noise: "two modes, a fifth slow", draw: modes(0.2), median: Math.exp(0.01 * inFastMode) },
  { noise: "two bare modes, half slow", draw: (random: () => number) => (random() < 0.5 ? 1.2 : 1), median: 1.1 },
];

const truth = 1.3;
const runs = 4000;

function series(draw: (random: () => number) => number, n: number, random: () => number, scale = 1): number[] {
  return Array.from({ length: n }, () => scale * draw(random));
}

const cells = noises.flatMap((noise) => [5, 10, 20].map((n) => ({ ...noise, n })));

test.each(cells)("the 95 % interval of a ratio from $n rounds with $noise covers the truth in at least 93 %", ({ draw, n }) => {
  const random = seeded(n);
  let covered = 0;
  let width = 0;
  let studentWidth = 0;
  for (let run = 0; run < runs; run++) {
    const of = series(draw, n, random, truth);
    const over = series(draw, n, random);
    const { low, high } = ratioInterval(of, over, 0.95)!;
    if (low <= truth * (1 + 1e-12) && truth * (1 - 1e-12) <= high) covered++;
    width += Math.log(high / low);
    studentWidth += (2 * studentQuantile(0.975, n - 1) * deviation(of.map((it, round) => Math.log(it / over[round]!)))) / Math.sqrt(n);
  }
  expect(covered / runs).toBeGreaterThanOrEqual(0.93);
  expect(width / studentWidth).toBeLessThanOrEqual(1.3);
});

test.each(cells.filter(({ n }) => n >= 10))(
  "the 95 % interval of a single median from $n rounds with $noise covers it in at least 93 %",
  ({ draw, n, median }) => {
    const random = seeded(n);
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const { low, high } = medianInterval(series(draw, n, random), 0.95);
      if (low <= median && median <= high) covered++;
    }
    expect(covered / runs).toBeGreaterThanOrEqual(0.93);
  },
);

test.each([10, 20])(
  "on smooth noise the interval of a single median from %d rounds is at most 1.3 times as wide as Student's t of the mean",
  (n) => {
    const random = seeded(n);
    const widths = Array.from({ length: runs }, () => {
      const values = series(noises[0]!.draw, n, random);
      const { low, high } = medianInterval(values, 0.95);
      return [high - low, (2 * studentQuantile(0.975, n - 1) * deviation(values)) / Math.sqrt(n)] as const;
    });
    expect(mean(widths.map(([own]) => own)) / mean(widths.map(([, student]) => student))).toBeLessThanOrEqual(1.3);
  },
);

/** Runs enough to tell 5 % from 5.3 %. */
const many = 20_000;
const atMost = 0.053;
const most = 20;

/** Whether an interval at the level of a run with so many looks lies beside a value. */
function beside(value: number, of: readonly number[], over: readonly number[], looks: 1 | 2): boolean {
  const { low, high } = ratioInterval(of, over, levelOf({ looks }))!;
  return value * (1 + 1e-12) < low || high < value * (1 - 1e-12);
}

/**
 * One run as `measure/run` makes it, in which a round costs what it reads, so that nothing could be less independent of the readings: after
 * five rounds the budget may leave time for three more or not; what is not decided at the first look (against 1) goes on until it is spent.
 * True where the truth was missed at a look.
 */
function misleads(of: readonly number[], over: readonly number[], truth: number, budget: number): boolean {
  const cost = of.map((it, round) => it + over[round]!);
  const spentBy = (n: number): number => cost.slice(0, n).reduce((sum, it) => sum + it, 0);
  const first = [of.slice(0, firstLook), over.slice(0, firstLook)] as const;
  if (spentBy(firstLook) + 3 * cost[firstLook - 1]! > budget) return beside(truth, ...first, 1);
  if (beside(truth, ...first, 2)) return true;
  if (truth !== 1 && beside(1, ...first, 2)) return false;
  let n = firstLook;
  while (n < most && spentBy(n) + cost[n - 1]! <= budget) n++;
  return beside(truth, of.slice(0, n), over.slice(0, n), 2);
}

test.each(noises.flatMap((it) => [1, truth].map((is) => ({ ...it, is }))))(
  "with $noise and a ratio of $is, a run misleads in at most 5 %, with whatever budget and rounds that cost what they read",
  ({ draw, is }) => {
    const random = seeded(7);
    let misled = 0;
    for (let run = 0; run < many; run++) {
      const of = series(draw, most, random, is);
      const over = series(draw, most, random);
      // From what is sure to end at the first look to what pays for all rounds; most often near the parting.
      if (misleads(of, over, is, (1 + is) * (run % 2 === 0 ? 8 + normal(random) : 5 + 16 * random()))) misled++;
    }
    expect(misled / many).toBeLessThanOrEqual(atMost);
  },
);

test("the generator of these simulations is normal where it should be", () => {
  const random = seeded(3);
  const draws = Array.from({ length: 20_000 }, () => normal(random));
  expect(mean(draws)).toBeCloseTo(0, 1);
  expect(deviation(draws)).toBeCloseTo(1, 1);
});
