import type { Figure, Guide, Panel } from "../../model/figure.ts";
import type { Point } from "../../model/sweep.ts";
import { pointKey } from "../../model/sweep.ts";
import { median, quantile } from "../../stats/quantiles.ts";
import { countAxis } from "../axes.ts";
import { besides, scaleWords } from "../caption.ts";
import { matches, panelsOf } from "../layout.ts";
import { numeral, pointWords, quantity, short } from "../words.ts";
import { type Binning, binned } from "./bins.ts";
import { filled, finished, labelOf, metricOf, slotOf, type Subject, titleOf } from "./subject.ts";

/** The samples of a variant at a point, over all rounds; of a fact those of the first. */
interface Sampled {
  readonly variant: string;
  readonly samples: readonly number[];
  readonly rounds: number;
  /** Every trial gave one number: no distribution, a value. */
  readonly single: boolean;
}

/** How often each value occurs among the samples of trials; variants that are one number are lines among them. */
export function histogramFigure(subject: Subject, metric: string): Figure {
  const { unit, better } = metricOf(subject, metric);
  const layout = panelsOf(
    subject.definition.sweep,
    subject.points,
    subject.verdicts.map(({ at }) => at),
  );
  const sampled = layout.points.map((at) => ({ at, all: subject.names.flatMap((variant) => sampledAt(subject, metric, variant, at)) }));
  // Where no variant has a distribution, the values of all rounds are one.
  const everySingle = sampled.every(({ all }) => all.every(({ single }) => single));
  const isSpread = ({ single }: Sampled): boolean => everySingle || !single;
  const values = sampled.flatMap(({ all }) => all);
  const spread = values.filter(isSpread).flatMap(({ samples }) => samples);
  const also = values.filter((it) => !isSpread(it)).map(({ samples }) => median(samples));
  const columns = binned(labelOf(subject, metric), unit, spread, also);

  const panels = sampled.map(({ at, all }): Panel => ({
    ...titleOf(at, layout.points),
    series: all.filter(isSpread).map((it) => ({
      name: short(it.variant, 60),
      slot: slotOf(subject, it.variant),
      points: counted(it, columns),
    })),
    bounds: [],
    segments: [],
    uprights: all
      .filter((it) => !isSpread(it))
      .map((it): Guide => {
        const value = median(it.samples);
        return {
          at: columns.place(value),
          label: `${short(it.variant, 40)} ${quantity(value, unit)}`,
          slot: slotOf(subject, it.variant),
        };
      }),
  }));
  const highest = Math.max(0, ...panels.flatMap(({ series }) => series.flatMap(({ points }) => points.map(({ y }) => y))));
  const says = `Samples counted by ${columns.axis.label}${scaleWords(columns.axis)}; further ${better === "lower" ? "left" : "right"} is better`;
  return finished(subject, {
    subtitle: besides(says, layout.fixed, layout.points.length, layout.all),
    mark: "column",
    x: columns.axis,
    y: countAxis("samples", highest),
    panels: filled(panels),
    told: sampled.flatMap(({ at, all }) => {
      const where = layout.points.length > 1 ? `At ${pointWords(at)}: ` : "";
      return all.map((it) => where + told(it, unit, isSpread(it)));
    }),
    intervals: [],
  });
}

function sampledAt({ record }: Subject, metric: string, variant: string, at: Point): Sampled[] {
  const trials = record.rounds.flatMap((round) =>
    round.trials.filter((it) => it.variant === variant && !it.control && matches(it.point, at) && it.readings[metric]),
  );
  // Panels name only what varies: of points that are one panel there is one.
  const own = trials.filter(({ point }) => pointKey(point) === pointKey(trials[0]!.point));
  const used = record.metrics[metric]?.exact ? own.slice(0, 1) : own;
  const samples = used.flatMap(({ readings }) => readings[metric]!).filter(Number.isFinite);
  return samples.length === 0 ? [] : [{ variant, samples, rounds: used.length, single: samples.length === used.length }];
}

/** One column for each bin that holds something. */
function counted({ samples, rounds }: Sampled, { bins }: Binning): Panel["series"][number]["points"] {
  return bins.flatMap((bin) => {
    const count = samples.filter((value) => bin.holds(value)).length;
    const words = `${numeral(count, 0)} of ${numeral(samples.length, 0)}: ${bin.words}`;
    const sides = { x: (bin.low + bin.high) / 2, xLow: bin.low, xHigh: bin.high };
    return count === 0 ? [] : [{ ...sides, y: count, low: count, high: count, n: rounds, words }];
  });
}

function told({ variant, samples }: Sampled, unit: string, spread: boolean): string {
  const name = short(variant, 60);
  if (!spread) return `${name}: ${quantity(median(samples), unit)}.`;
  const [low, high] = [quantile(samples, 0), quantile(samples, 1)];
  const words = [low, median(samples), high].map((value) => quantity(value, unit));
  return `${name}: ${numeral(samples.length, 0)} samples from ${words[0]} to ${words[2]}, half of them at most ${words[1]}.`;
}
