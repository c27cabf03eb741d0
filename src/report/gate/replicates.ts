import type { Axis, Band, Figure, Reading } from "../../model/figure.ts";
import { ratioIn, type Comparison } from "../../model/gate.ts";
import { categoryAxis, valueAxis } from "../axes.ts";
import { altOf } from "../caption.ts";
import { change, chosen, metricWords, numeral, oneLine, quantity, short } from "../words.ts";
import { instruments, intervalOf, levelOf, numbersOf, rulingOf } from "./instruments.ts";
import { changeWords, subject } from "./sentence.ts";

/** Slot of the band: a grey that no other reading of this chart has. */
const GREY = 5;

/**
 * Every replicate of a comparison as a mark of its own, a row an instrument, with the interval of each row; what a change may be before it
 * counts is a band around none.
 * @param margin as a share: 0.01 for 1 %.
 */
export function replicatesFigure(it: Comparison, margin: number): Figure {
  const ratio = ratioIn(it);
  const [level, ruling] = [levelOf(it), rulingOf(it)];
  const rows = instruments.flatMap((name) => {
    const logs = numbersOf(it.replicates?.[name]);
    const interval = name === ruling && ratio ? ratio : intervalOf(logs, level);
    return logs.length > 0 && interval ? [{ name, singles: logs.map(Math.expm1), interval }] : [];
  });
  const points = rows.map(({ singles, interval: { center, low, high } }, x): Reading => {
    const share = { center: center - 1, low: low - 1, high: high - 1 };
    const [from, to] = [share.low, share.high].map((end) => (Number.isFinite(end) ? end : share.center)) as [number, number];
    return { x, y: share.center, low: from, high: to, n: singles.length, words: change(share, "fraction", ""), singles };
  });
  const x = categoryAxis(
    "",
    rows.map(({ name, singles }) => `${name} (n = ${numeral(singles.length, 0)})`),
  );
  const name = oneLine(metricWords(it.metric, it.per), 80) || "reading";
  const band: Band = { low: 1 / (1 + margin) - 1, at: 0, high: margin, label: `margin of ${chosen(margin, "fraction")}`, slot: GREY };
  const all = points.flatMap(({ y, singles = [] }) => [y, ...singles]);
  const ends = points.flatMap(({ low, high }) => [low, high]);
  const y = trimmed(valueAxis(name, "fraction", [0, band.low, band.high, ...all], ends), [band.low, band.high, ...all, ...ends]);
  const spans = rows.map(({ name, singles }) => {
    const words = (at: number): string => quantity(at, "fraction", (y.range[1] - y.range[0]) / 50);
    return `Single replicates, ${name}: ${words(Math.min(...singles))} to ${words(Math.max(...singles))}.`;
  });
  const unread = {
    title: `${short(subject(it).replaceAll("`", ""), 200)}: ${ratio ? changeWords(ratio, it) : "no ratio"}.`,
    subtitle: `Change of ${name} from base to head, ${it.better} is better`,
    mark: "dot" as const,
    x,
    y,
    panels: points.length === 0 ? [] : [{ series: [{ name, slot: 0, points }], bounds: [], segments: [], bands: [band] }],
    marks: [],
    notes: [],
    caption: [
      `bars: ${quantity(level, "fraction")} intervals`,
      "small marks: single replicates",
      ...(ruling ? [`the ruling rests on the ${ruling}`] : []),
    ].join(" · "),
  };
  return { ...unread, alt: altOf(unread, [], [...spans, `What counts begins at ${chosen(margin, "fraction")}.`]) };
}

/** No wider than what it shows, and a little room. */
function trimmed(axis: Axis, values: readonly number[]): Axis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low) * 0.06;
  const range = [low - room, high + room] as const;
  return { ...axis, range, ticks: axis.ticks.filter(({ at }) => at >= range[0] && at <= range[1]) };
}
