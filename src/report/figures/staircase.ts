import type { Band, Figure } from "../../model/figure.ts";
import type { RunRecord } from "../../model/record.ts";
import { type FoundStep, steps } from "../../stats/steps.ts";
import type { Layout } from "../layout.ts";
import { quantity, range, short } from "../words.ts";
import { lowered, spansOf } from "./along.ts";
import { type Plain, readingFigure } from "./reading.ts";
import { reportedCaches, slotOf, type Subject } from "./subject.ts";

/** One reading over a growing number, with the steps that are found in it beside the sizes that the system reports. */
export function staircaseFigure(subject: Subject, metric: string, find: typeof steps = steps): Figure {
  const refine = ({ x, y, panels }: Plain, layout: Layout): Partial<Plain> => {
    const [panel, ...more] = panels;
    if (layout.kind !== "swept" || panel === undefined || more.length > 0) return {};
    const { parameter: along, values } = layout;
    const climbing = climberOf(subject, along);
    if (climbing === undefined) return {};
    const found = find(subject.record, climbing, metric, along);
    const slot = slotOf(subject, climbing);
    const bands = found.map(({ at }): Band => ({
      at: at.center,
      low: Math.max(at.low, x.range[0]),
      high: Math.min(at.high, x.range[1]),
      label: `step ${quantity(at.center, x.unit ?? "", at.high - at.low)}`,
      slot,
    }));
    const notes = x.unit === "bytes" ? comparison(found, subject.record, [values[0]!, values.at(-1)!]) : [];
    const whose = panel.series.length > 1 && found.length > 0 ? [`Steps are those of ${short(climbing, 60)}.`] : [];
    const spans = spansOf(subject, "step", metric, along, x);
    const both = { bands: [...(panel.bands ?? []), ...bands], spans: [...(panel.spans ?? []), ...spans] };
    return { y: lowered(y, spans.length), panels: [{ ...panel, ...both }], notes: [...whose, ...notes] };
  };
  // A step is a factor, which a log axis shows alike at the bottom and at the top.
  return readingFigure(subject, metric, refine, 1);
}

/** The variant whose steps along this parameter are claimed, or the first one that was measured. */
function climberOf({ verdicts, names, record }: Subject, along: string): string | undefined {
  const claimed = verdicts.flatMap(({ bound: { quantity: asked } }) => (asked.kind === "step" && asked.along === along ? [asked.of] : []));
  return claimed[0] ?? names.find((name) => record.variants.includes(name));
}

/** Beyond this factor a step is not that of a cache of the reported size. */
const SAME = 2;

/**
 * What was found beside what is reported, a sentence each. The range is of the sizes that were tried, not of the axis, which has room
 * beyond them.
 */
export function comparison(
  found: readonly FoundStep[],
  record: Pick<RunRecord, "host">,
  [smallest, largest]: readonly [number, number],
): string[] {
  const reported = reportedCaches(record);
  if (reported.length === 0) return found.map(({ at }) => `Found ${range(at, "bytes")}.`);
  const factor = (step: FoundStep, bytes: number): number => Math.exp(Math.abs(Math.log(step.at.center / bytes)));
  const level = (it: (typeof reported)[number]): string => `L${it.level} ${quantity(it.bytes, "bytes")}`;
  // The closest pairs first, each level and each step once.
  const pairs = found
    .flatMap((step) => reported.map((cache) => ({ step, cache })))
    .filter(({ step, cache }) => factor(step, cache.bytes) <= SAME)
    .toSorted((a, b) => factor(a.step, a.cache.bytes) - factor(b.step, b.cache.bytes));
  const cacheOf = new Map<FoundStep, (typeof reported)[number]>();
  for (const { step, cache } of pairs) {
    if (!cacheOf.has(step) && ![...cacheOf.values()].includes(cache)) cacheOf.set(step, cache);
  }
  const unmatched = new Set(reported.filter((cache) => ![...cacheOf.values()].includes(cache)));
  const sentences = found.map((step): string => {
    const same = cacheOf.get(step);
    if (same) return `Found ${range(step.at, "bytes")}, reported ${level(same)}.`;
    const above = [...unmatched].find(({ bytes }) => bytes > step.at.center);
    // A level between them that has a step of its own rules the larger one out.
    const between = above && [...cacheOf.values()].some(({ bytes }) => bytes > step.at.center && bytes < above.bytes);
    if (above === undefined || between) return `Found ${range(step.at, "bytes")}, which no reported size explains.`;
    unmatched.delete(above);
    const slice =
      record.host.virtual === false ? "it is not all this program's to use" : "a virtual machine sees a slice of what its host has";
    return `Found a step at ${range(step.at, "bytes")}, where the system reports an ${level(above).replace(" ", " of ")}: ${slice}.`;
  });
  const absent = [...unmatched].map((cache) =>
    cache.bytes < smallest || cache.bytes > largest
      ? `The reported ${level(cache)} lies outside the sizes that were tried.`
      : `No step was found near the reported ${level(cache)}.`,
  );
  return [...sentences, ...absent];
}
