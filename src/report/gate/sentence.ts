import { ratioIn, type Comparison, type GateResult, type State } from "../../model/gate.ts";
import type { Point } from "../../model/sweep.ts";
import type { Interval } from "../../model/verdict.ts";
import { change, chosen, isBytes, metricWords, numeral, oneLine, pointWords, quantity, short, sweepValue } from "../words.ts";
import { intervalOf, levelOf } from "./instruments.ts";

/** One comparison in words: what was compared, and what became of it. Names are told on one line, but not escaped for any markup. */
export const sentence = (it: Comparison): string => `${subject(it)}: ${finding(it)}`;

/** What was compared: `` `cpu-caches/field-order` columns at 1 MiB``. */
export const subject = (it: Comparison): string =>
  [`\`${oneLine(it.experiment)}\``, ...(it.variant === "" ? [] : [placeWords(it)])].join(" ");

/** The same without its experiment: `columns at 1 MiB`. */
export const placeWords = ({ variant, point }: Comparison): string => [oneLine(variant), ...atWords(point)].join(" ");

function atWords(point: Point): string[] {
  const [first, ...more] = Object.entries(point);
  if (first === undefined) return [];
  const [parameter, value] = first;
  const alone = more.length === 0 && isBytes(parameter) && typeof value === "number";
  return [`at ${alone ? sweepValue(parameter, value) : oneLine(pointWords(point))}`];
}

/** What became of a comparison, without its subject. */
export function finding(it: Comparison): string {
  const because = it.because === undefined ? undefined : oneLine(it.because, 300);
  const added = because === undefined ? "" : ` (${because})`;
  switch (it.state) {
    case "slower":
    case "faster":
      return reading(it) + added;
    case "same":
      return `the same, ${reading(it)}${added}`;
    case "entangled":
      return entangled(it) + added;
    case "undecided":
      return undecided(it, because);
    case "new":
      return `only the head version has it${added}`;
    case "gone":
      return `only the base version has it${added}`;
    case "broken":
      return `${it.fault === undefined ? "" : `in the ${it.fault} version: `}${because ?? "it failed"}`;
  }
}

function undecided(it: Comparison, because: string | undefined): string {
  if (!ratioIn(it)) {
    const read = it.values ? `undecided, ${reading(it)}` : "undecided";
    return because === undefined ? `${read}: there are too few readings` : `${read}: ${because}`;
  }
  const seen = sees(it);
  const least = seen === undefined ? "" : `; the smallest ${harmWord(it)} it could have seen is ${seen}`;
  const why = because === undefined ? "" : `; ${because}`;
  const budget = because?.includes("budget") ? ", a larger --budget" : "";
  return `undecided, ${reading(it)}${least}${why}; a quieter host${budget} or a wider --margin would decide it`;
}

function entangled(it: Comparison): string {
  const beside = intervalOf(it.replicates?.duet, levelOf(it));
  const alone = ratioIn(it);
  const read = beside && alone && `beside each other the versions read ${changeWords(beside, it)}, alone ${changeWords(alone, it)}`;
  const cause = `${read ?? `the versions read otherwise beside each other than alone, ${reading(it)}`}, so they disturb or share something`;
  const ruling = it.worse ? "the isolated reading counts" : "the isolated reading counts, and by it nothing got worse";
  return `${cause}; ${ruling}${read && it.values ? `: ${versionWords(it)}` : ""}`;
}

/** `8.1% slower [6.9, 9.4], was 1.02 ns, is 1.10 ns per record`; whichever of the two is known. */
function reading(it: Comparison): string {
  const ratio = ratioIn(it);
  const values = versionWords(it);
  if (ratio) return [changeWords(ratio, it), ...(values === "" ? [] : [values])].join(", ");
  const name = oneLine(metricWords(it.metric)) || "reading";
  return values === "" ? `no ${name} was read` : `${name} ${values}`;
}

/** `was 1.02 ns, is 1.10 ns per record`; empty where nothing was read. */
export function versionWords({ values, unit, per, metric }: Comparison): string {
  if (values === undefined) return "";
  const { base, head } = values;
  // Readings that are next to equal need more digits to be told apart.
  const close = Math.abs(head - base) < 0.01 * Math.abs(base);
  const words = (value: number): string => quantity(value, unit, close ? 2 * Math.abs(head - base) : 0);
  const each = per === undefined || metric === "rss" ? "" : ` per ${oneLine(per, 40)}`;
  return `was ${words(base)}, is ${words(head)}${each}`;
}

/** A ratio as a change of what it is of: `8.1% slower [6.9, 9.4]`, `12% more heap bytes allocated`, `goodput 9.0% lower`. */
export function changeWords(ratio: Pick<Interval, "center" | "low" | "high">, it: Comparison): string {
  const { center, low, high } = ratio;
  const up = center >= 1;
  const more = { center: center - 1, low: low - 1, high: high - 1 };
  const share = up ? more : { center: -more.center, low: -more.high, high: -more.low };
  if (it.metric === "time") {
    if (center >= 2) return change(ratio, "ratio", "as slow");
    if (center <= 0.5) return change({ center: 1 / center, low: 1 / high, high: 1 / low }, "ratio", "as fast");
    return change(share, "fraction", up ? "slower" : "faster");
  }
  const name = oneLine(metricWords(it.metric), 80);
  const allocated = it.metric === "bytes" || it.metric === "externalBytes";
  if (allocated)
    return center >= 2 ? change(ratio, "ratio", `as many ${name}`) : change(share, "fraction", `${up ? "more" : "fewer"} ${name}`);
  return `${name || "reading"} ${center >= 2 ? change(ratio, "ratio", "as high") : change(share, "fraction", up ? "higher" : "lower")}`;
}

/** What a change for the worse of this reading is called. */
const harmWord = ({ metric, better }: Comparison): string =>
  metric === "time" ? "slowdown" : better === "lower" ? "increase" : "decrease";

/** The smallest change for the worse that would have been seen, as a share: `1.9%`. */
export function sees({ detectable, better }: Pick<Comparison, "detectable" | "better">): string | undefined {
  if (detectable === undefined || !Number.isFinite(detectable) || detectable < 1) return undefined;
  return chosen(Number((better === "lower" ? detectable - 1 : 1 - 1 / detectable).toPrecision(2)), "fraction");
}

/** Signs that tell a state without colour. */
export const signs: { readonly [S in State]: string } = {
  slower: "✗",
  entangled: "✗",
  broken: "!",
  undecided: "?",
  gone: "−",
  new: "+",
  faster: "✓",
  same: "=",
};

/** `2 slower, 1 undecided, 30 same`: how many of each state there are, worst first. */
export function tally(comparisons: readonly Comparison[]): string {
  const counts = Map.groupBy(comparisons, ({ state }) => state);
  const order: readonly State[] = Object.keys(signs) as State[];
  return order.flatMap((state) => (counts.has(state) ? [`${numeral(counts.get(state)!.length, 0)} ${state}`] : [])).join(", ");
}

/** The whole result in one sentence. */
export function verdict({ comparisons }: GateResult): string {
  const count = (of: (it: Comparison) => boolean): number => comparisons.filter(of).length;
  const all = comparisons.length;
  if (all === 0) return "Nothing was compared";
  const [worse, broken, open] = [count((it) => it.worse), count((it) => it.state === "broken"), count((it) => it.state === "undecided")];
  const of = `of ${plural(all, "comparison")}`;
  const told = [
    ...(worse > 0 ? [`${numeral(worse, 0)} ${of} got worse`] : [`Nothing got worse in ${plural(all, "comparison")}`]),
    ...(broken > 0 ? [`${numeral(broken, 0)} broken`] : []),
    ...(open > 0 ? [`${numeral(open, 0)} undecided`] : []),
  ];
  return told.join(", ");
}

/** `1 experiment`, `1,200 experiments`. */
export const plural = (count: number, noun: string): string => `${numeral(count, 0)} ${noun}${count === 1 ? "" : "s"}`;

/** `main (1a2b3c4d5)`: a version as the reader named it and as git knows it. */
export function versionName({ name, commit }: GateResult["base"]): string {
  const [, hash = "", edited = ""] = /^([^+]*)(\+?)/.exec(oneLine(commit)) ?? [];
  return `${oneLine(name, 80)} (${short(hash, 10).replace("…", "")}${edited === "" ? "" : ", edited"})`;
}

/** `Experiments that import nothing that differs`, in one sentence; undefined where there are none. */
export function unchangedWords({ unchanged }: GateResult): string | undefined {
  const count = unchanged.length;
  if (count === 0) return undefined;
  return count === 1
    ? "1 experiment imports nothing that differs and was not timed"
    : `${plural(count, "experiment")} import nothing that differs and were not timed`;
}
