import { type Quantity, restsOn } from "../../model/quantity.ts";
import { pointsTried, type RunRecord } from "../../model/record.ts";
import { pointKey, type Point, type SweepValue } from "../../model/sweep.ts";
import type { Interval } from "../../model/verdict.ts";
import { crossoverOf } from "../../stats/crossover.ts";
import { valueOf } from "../../stats/estimate.ts";
import { measured as answerTo } from "../../stats/quantity.ts";
import { extrapolatedWords } from "../asked.ts";
import { unitOf } from "../unit.ts";
import { change, interval, numeral, oneLine, quantity, range } from "../words.ts";
import { type Form, type Question, type Reading, type Setting, Unanswerable, type Word } from "./question.ts";

/** Why there is no answer, and what to do. */
export interface Missing {
  readonly because: string;
}

/** Where answers come from; the command line hands it over. */
export interface Evidence {
  /** The record that answers for an experiment, on a host if one is named. */
  recordOf(experiment: string, host?: string): RunRecord | Missing;
  /** The ruling on a claim of a post: on all of its readings, or those of one experiment, or those at a point. */
  rulingOf(subject: string, claim: string, at: (point: Point) => boolean, host?: string): string | Missing;
  /** The value that a parameter is given in a mark, such as `1MiB`. Throws at what is none. */
  parseValue(parameter: string, text: string): SweepValue;
}

/**
 * The answer in words, as it stands in a sentence: `1.44×`, `1.02 ns [0.98, 1.07]`, `reproduced`.
 * @throws {Unanswerable} where no record answers.
 */
export function answer(question: Question, evidence: Evidence): string {
  const { subject, on } = question;
  if (question.kind === "verdict") {
    const asked = settings(question.at, evidence);
    const at = (point: Point): boolean => asked.every((it) => agrees(point, it));
    return present(evidence.rulingOf(subject.text, question.claim.text, at, on?.text), question.claim);
  }
  const record = present(evidence.recordOf(subject.text, on?.text), on ?? subject);
  if (record.agreement?.agree === false)
    throw new Unanswerable("its variants do not return the same, so their times are withheld", subject.at);
  if (record.rounds.length === 0) {
    throw new Unanswerable(`nothing was measured: ${oneLine(record.notTried ?? "the record has no rounds")}`, subject.at);
  }
  const { asked, at, it } = measured(question, record, evidence);
  const words = inWords(question, it, unitOf(asked, record.metrics as Parameters<typeof unitOf>[1]));
  return asked.kind === "extrapolated" ? `${words} (${extrapolatedWords(asked, at)})` : words;
}

function present<T extends RunRecord | string>(it: T | Missing, asked: Word): T {
  if (typeof it === "object" && "because" in it) throw new Unanswerable(it.because, asked.at);
  return it;
}

interface Answer {
  readonly asked: Quantity;
  readonly at: Point;
  readonly it: Interval;
}

function measured(question: Reading, record: RunRecord, evidence: Evidence): Answer {
  const { of, over, metric } = question;
  for (const variant of [of, ...(over ? [over] : [])]) known(variant, "variant", record.variants);
  known(metric, "metric", Object.keys(record.metrics));
  const lack = record.lacking?.find(({ variant }) => variant === of.text || variant === over?.text);
  if (lack) throw new Unanswerable(`${oneLine(lack.variant)} was not tried: ${oneLine(lack.because)}`, of.at);
  const at = question.kind === "crossover" ? alone(question, record) : pointOf(question, record, evidence);
  const asked = quantityOf(question, record, at, evidence);
  const rests = restsOn(asked, at, pointsTried(record)).map(pointKey);
  const skipped = record.skipped?.find((it) => rests.includes(pointKey(it.point)));
  if (skipped) throw new Unanswerable(`this point was not tried: ${oneLine(skipped.because)}`, of.at);
  // The level of a value is that of the tables, the level of a ratio that of its verdict.
  const it = asked.kind === "value" ? valueOf(record, asked.of, asked.metric, at, 0.95) : answerTo(record, asked, at);
  if (it) return { asked, at, it };
  throw new Unanswerable(`the record has no ${asked.kind}: ${whyNot(asked, record)}`, of.at);
}

function whyNot(asked: Quantity, record: RunRecord): string {
  if (asked.kind === "crossover") {
    const found = crossoverOf(record, asked);
    if (found.found !== "crossover") return found.because;
  }
  if (asked.kind === "ratio") return "no round holds both variants there, or a reading is not positive";
  if (asked.kind === "growth") return "no round holds both points, or a reading is not positive";
  if (asked.kind === "extrapolated") return "no round holds two points up to there, or a reading is not positive";
  return "no round holds such a reading there";
}

function quantityOf({ kind, of, over, along, to, since, metric }: Reading, record: RunRecord, at: Point, evidence: Evidence): Quantity {
  const common = { of: of.text, metric: metric.text };
  switch (kind) {
    case "value":
      return { kind, ...common };
    case "ratio":
      return { kind, ...common, over: over!.text };
    case "crossover":
      return { kind, ...common, over: over!.text, along: along!.text };
    case "growth": {
      const named = settings(since!, evidence).map((it) => [it.parameter.text, it.wanted] as const);
      const start = { ...at, ...Object.fromEntries(named) };
      if (record.points.some((point) => pointKey(point) === pointKey(start))) return { kind, ...common, since: Object.fromEntries(named) };
      throw new Unanswerable("no point has it where the growth is to begin", since![0]!.parameter.at);
    }
    case "extrapolated": {
      const [far] = settings([{ parameter: along!, value: to! }], evidence);
      const [last, wanted] = [at[along!.text], far!.wanted];
      if (typeof last === "number" && typeof wanted === "number" && wanted > last)
        return { kind, ...common, along: along!.text, to: wanted };
      throw new Unanswerable(`it must go beyond ${named(along!.text)} = ${oneLine(String(last))}, which was measured`, to!.at);
    }
  }
}

/** A crossover lies along the only parameter, and so at no point. */
function alone({ along, at }: Reading, record: RunRecord): Point {
  if (at.length > 0) throw new Unanswerable("a crossover lies along the sweep and has no point; remove `at`", at[0]!.parameter.at);
  known(along!, "single parameter", Object.keys(record.points[0] ?? {}).length === 1 ? Object.keys(record.points[0]!) : []);
  return {};
}

function known({ text, at }: Word, what: string, names: readonly string[]): void {
  if (!names.includes(text)) throw new Unanswerable(`there is no ${what} ${named(text)}; there are ${listed(names.map(named))}`, at);
}

/** The one point of the record that the question leaves. A parameter that the record holds one value of need not be named. */
function pointOf(question: Reading, record: RunRecord, evidence: Evidence): Point {
  const asked = settings(question.at, evidence);
  let left: readonly Point[] = record.points;
  for (const it of asked) {
    const { text, at } = it.parameter;
    if (left.every((point) => !Object.hasOwn(point, text))) {
      const names = [...new Set(record.points.flatMap((point) => Object.keys(point)))];
      throw new Unanswerable(
        `there is no parameter ${named(text)}; there ${names.length > 0 ? `are ${listed(names.map(named))}` : "is none"}`,
        at,
      );
    }
    const fitting = left.filter((point) => agrees(point, it));
    if (fitting.length === 0) throw new Unanswerable(`no point has it; there are ${spread(left, text)}`, it.value.at);
    left = fitting;
  }
  if (left.length === 1) return left[0]!;
  const open = Object.keys(left[0]!).find((parameter) => left.some((point) => point[parameter] !== left[0]![parameter]))!;
  throw new Unanswerable(`it was measured at ${left.length} points; say which with at: ${spread(left, open)}`, question.of.at);
}

interface Asked extends Setting {
  readonly wanted: SweepValue;
}

function settings(at: readonly Setting[], evidence: Evidence): Asked[] {
  return at.map(({ parameter, value }) => {
    try {
      return { parameter, value, wanted: value.quoted ? value.text : evidence.parseValue(parameter.text, value.text) };
    } catch (error) {
      throw new Unanswerable((error as Error).message, parameter.at);
    }
  });
}

const agrees = (point: Point, { parameter, value, wanted }: Asked): boolean =>
  Object.hasOwn(point, parameter.text) && (point[parameter.text] === wanted || String(point[parameter.text]) === value.text);

/** The values of a parameter, as a mark would write them. */
const spread = (points: readonly Point[], parameter: string): string =>
  listed([...new Set(points.map((point) => `${named(parameter)}=${named(String(point[parameter]))}`))]);

const MOST = 8;
const listed = (names: readonly string[]): string => names.slice(0, MOST).join(", ") + (names.length > MOST ? ", …" : "");
const named = (name: string): string => oneLine(/^[^\s(),="]+$/.test(name) ? name : JSON.stringify(name), 80);

/** The forms of which a ratio alone has one. */
const OF_RATIOS: readonly Form[] = ["more", "less"];

function inWords({ form, formAt, kind }: Reading, it: Interval, unit: string): string {
  const { center, low, high, n } = it;
  const width = high - low;
  const share = (ends: Pick<Interval, "center" | "low" | "high">): string => change(ends, "fraction", "").split(" ", 1)[0]!;
  if (kind !== "ratio" && kind !== "growth" && OF_RATIOS.includes(form)) throw new Unanswerable(`only a ratio is so much ${form}`, formAt);
  switch (form) {
    case "center":
      return quantity(center, unit, width);
    case "interval":
      return range(it, unit);
    case "estimate":
      return interval(it, unit);
    case "low":
      return quantity(low, unit, width);
    case "high":
      return quantity(high, unit, width);
    case "n":
      return numeral(n, 0);
    case "number":
      if (unit !== "ratio" && unit !== "count") throw new Unanswerable("only a ratio or a count is a number without a unit", formAt);
      return quantity(center, "count", width);
    case "percent":
      if (unit !== "ratio" && unit !== "fraction") throw new Unanswerable("only a ratio or a share has a percentage", formAt);
      return share(it);
    case "more":
      return share({ center: center - 1, low: low - 1, high: high - 1 });
    case "less":
      return share({ center: 1 - center, low: 1 - high, high: 1 - low });
  }
}
