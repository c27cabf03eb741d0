import type { Asked, Quantity } from "../model/quantity.ts";
import type { Point } from "../model/sweep.ts";
import type { Interval, Verdict } from "../model/verdict.ts";
import { capital } from "./caption.ts";
import { nameWords, oneLine, pointWords, quantity, range, sweepValue } from "./words.ts";

/** Quantities in words: the one place of the report that tells one kind from another in prose. */

/** What a claim is about, beside its numbers: `declared over sorted`, `chase, step 2 along bytes`. */
export function askedWords(asked: Quantity, at: Point): string {
  switch (asked.kind) {
    case "ratio":
      return `${asked.of} over ${asked.over}`;
    case "value":
      return asked.of;
    case "growth":
      return `${asked.of}, growth since ${pointWords(asked.since)}`;
    case "step":
      return `${asked.of}, step ${asked.nth} along ${nameWords(asked.along)}`;
    case "crossover":
      return `${asked.of} rising above ${asked.over} along ${nameWords(asked.along)}`;
    case "extrapolated":
      return `${asked.of}, ${extrapolatedWords(asked, at)}`;
  }
}

/** Never without both: what nobody measured, and up to where somebody did. */
export function extrapolatedWords({ along, to }: Asked<"extrapolated">, at: Point): string {
  return `extrapolated to ${pointWords({ [along]: to })}, measured up to ${sweepValue(along, at[along]!)}`;
}

/** What stands before the number of a quantity. */
export const obtained = ({ kind }: Quantity): string => (kind === "extrapolated" ? "extrapolated" : "measured");

/** How a sentence is to be told. */
export interface Telling {
  /** The metric in words: `time per read`. */
  readonly what: string;
  readonly unit: string;
}

/** What was measured, as a sentence: `declared takes 1.44 times as long as sorted at records = 10,000,000, interval 1.41 to 1.47.` */
export function sentenceOf({ bound, at }: Pick<Verdict, "bound" | "at">, it: Interval, { what, unit }: Telling): string {
  const { quantity: asked } = bound;
  const name = (variant: string): string => oneLine(variant, 60);
  const where = Object.keys(at).length === 0 ? "" : ` at ${oneLine(pointWords(at), 120)}`;
  const much = quantity(it.center, unit, it.high - it.low);
  const times = (factor: Pick<Interval, "center" | "low" | "high">): string => quantity(factor.center, "times", factor.high - factor.low);
  switch (asked.kind) {
    case "ratio": {
      // More than once is easier to follow than a part of once.
      const [more, less, factor] = it.center < 1 && it.low > 0 ? [asked.over, asked.of, inverse(it)] : [asked.of, asked.over, it];
      const compared = asked.metric === "time" ? `takes ${times(factor)} times as long as` : `has ${times(factor)} times the ${what} of`;
      return `${name(more)} ${compared} ${name(less)}${where}${ends(factor, "times")}.`;
    }
    case "value":
      return `${capital(what)} of ${name(asked.of)} is ${much}${where}${ends(it, unit)}.`;
    case "growth":
      return `${capital(what)} of ${name(asked.of)}${where} is ${times(it)} times that at ${oneLine(pointWords(asked.since), 120)}${ends(it, "times")}.`;
    case "step":
      return `${name(asked.of)} has step ${asked.nth} at ${much}${ends(it, unit)}.`;
    case "crossover":
      return `${capital(what)} of ${name(asked.of)} rises above that of ${name(asked.over)} at ${nameWords(asked.along)} = ${much}${ends(it, unit)}.`;
    case "extrapolated":
      return `${capital(what)} of ${name(asked.of)}, ${oneLine(extrapolatedWords(asked, at), 160)}, is ${much}${ends(it, unit)}.`;
  }
}

const inverse = ({ center, low, high }: Interval): Pick<Interval, "center" | "low" | "high"> => ({
  center: 1 / center,
  low: 1 / high,
  high: 1 / low,
});

/** `, interval 1.41 to 1.47`; nothing where there is no doubt. */
function ends(it: Pick<Interval, "center" | "low" | "high">, unit: string): string {
  const [, low, high] = /\[(.*), (.*)\]$/.exec(range(it, unit)) ?? [];
  return low === undefined ? "" : `, interval ${low} to ${high}`;
}
