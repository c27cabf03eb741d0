import type { Change, Replicates } from "../../model/gate.ts";
import { numeral, oneLine, quantity, short, visible } from "../words.ts";
import { instruments, numbersOf } from "./instruments.ts";

/** Characters between the ends of a dot plot in text. */
const WIDTH = 48;
/** One, two, and more replicates in a place. */
const DOTS = ["·", ":", "∴"] as const;

/** Every replicate as a dot, a line an instrument, all on one scale; `|` stands where the versions are alike. */
export function dotPlot(replicates: Replicates | undefined): string[] {
  const rows = instruments
    .map((name) => ({ name, changes: numbersOf(replicates?.[name]).map(Math.expm1) }))
    .filter((row) => row.changes.length > 0);
  const all = rows.flatMap(({ changes }) => changes);
  if (all.length === 0) return [];
  const [low, high] = all.reduce(([low, high], it) => [Math.min(low, it), Math.max(high, it)], [0, 0]);
  const place = (it: number): number => (high > low ? Math.round(((it - low) / (high - low)) * (WIDTH - 1)) : WIDTH >> 1);
  const end = (it: number): string => quantity(it, "fraction", (high - low) / 8);
  const lead = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(({ name, changes }) => {
    const counts = Array<number>(WIDTH).fill(0);
    for (const it of changes) counts[place(it)]!++;
    const cells = counts.map((count, at) => (count > 0 ? DOTS[Math.min(count, DOTS.length) - 1]! : at === place(0) ? "|" : " "));
    return `${name.padEnd(lead)}  ${end(low)} [${cells.join("")}] ${end(high)}  n = ${numeral(changes.length, 0)}`;
  });
}

/** A diff cut to what a reader looks through. */
export interface ShortDiff {
  readonly lines: readonly string[];
  /** Lines that were left out. */
  readonly left: number;
}

/** Characters of a diff's line that are shown. */
const LINE = 200;

/** The first lines of a diff, each cut to what fits and without characters that move the cursor. */
export function shortDiff(diff: string, most: number): ShortDiff {
  const lines = diff.replace(/\s+$/, "").split(/\r?\n/);
  if (lines.length === 1 && lines[0] === "") return { lines: [], left: 0 };
  return { lines: lines.slice(0, most).map((line) => short(visible(line), LINE)), left: Math.max(0, lines.length - most) };
}

/** `12 more lines of the diff are left out`, if any are. */
export const leftWords = ({ left }: ShortDiff): string[] =>
  left === 0 ? [] : [`${numeral(left, 0)} more ${left === 1 ? "line" : "lines"} of the diff left out`];

/** Packages of another version, one line. */
export const packageWords = ({ packages }: Change): string[] =>
  packages.length === 0 ? [] : [`packages that differ: ${packages.map((it) => oneLine(it)).join(", ")}`];
