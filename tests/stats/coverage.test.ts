import { expect, test } from "vitest";
import { seeded } from "../../src/inputs/random.ts";
import { looks } from "../../src/model/effort.ts";
import { levelAt } from "../../src/stats/looks.ts";
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

test.each(noises)("with $noise, looking four times misses the truth at any look in at most 5 %", ({ draw }) => {
  const random = seeded(7);
  let missed = 0;
  for (let run = 0; run < runs; run++) {
    const of = series(draw, looks.at(-1)!, random, truth);
    const over = series(draw, looks.at(-1)!, random);
    const misses = looks.some((n) => {
      const { low, high } = ratioInterval(of.slice(0, n), over.slice(0, n), levelAt(n))!;
      return truth * (1 + 1e-12) < low || high < truth * (1 - 1e-12);
    });
    if (misses) missed++;
  }
  expect(missed / runs).toBeLessThanOrEqual(0.05);
});

test.each(noises)("with $noise, identical code that is watched until it looks different does so in at most 5 %", ({ draw }) => {
  const random = seeded(8);
  let different = 0;
  for (let run = 0; run < runs; run++) {
    const of = series(draw, looks.at(-1)!, random);
    const over = series(draw, looks.at(-1)!, random);
    const stopped = looks.find((n) => {
      const { low, high } = ratioInterval(of.slice(0, n), over.slice(0, n), levelAt(n))!;
      return low > 1 || high < 1;
    });
    if (stopped !== undefined) different++;
  }
  expect(different / runs).toBeLessThanOrEqual(0.05);
});

test("the generator of these simulations is normal where it should be", () => {
  const random = seeded(3);
  const draws = Array.from({ length: 20_000 }, () => normal(random));
  expect(mean(draws)).toBeCloseTo(0, 1);
  expect(deviation(draws)).toBeCloseTo(1, 1);
});
