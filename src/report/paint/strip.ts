import { type Figure, type Guide, isUpright } from "../../model/figure.ts";
import { estimate } from "./text.ts";

/** Height of a row of names above the plot, in pixels. */
export const ROW = 17;

/** What is named above a panel. Steps come first: they are what was found. */
export function namedAbove({ panels, marks }: Figure, panel: number): Guide[] {
  const { bands = [], uprights = [] } = panels[panel]!;
  return [...bands, ...uprights, ...marks];
}

interface Name {
  /** Of the line that it names. */
  readonly x: number;
  readonly left: number;
  readonly width: number;
}

/**
 * The row of each name, lowest first, so that none runs into another. A name in a higher row is tied to its line, which must not run
 * through a name below it.
 */
export function rowsOf(names: readonly Name[]): number[] {
  const rows: Name[][] = [];
  const order = names.map((_, index) => index).toSorted((a, b) => names[a]!.x - names[b]!.x);
  const found: number[] = names.map(() => 0);
  for (const index of order) {
    const name = names[index]!;
    const crosses = (other: Name): boolean => other.left - 3 < name.x && name.x < other.left + other.width + 3;
    let row = 0;
    // Rows are filled from left to right: the last name of a row is the only one that can be in the way.
    while (rows[row]?.some((other) => other.left < name.left + name.width + 8 && name.left < other.left + other.width + 8)) row++;
    // Where its own line would cross a name below, that name moves up instead, if the row above it has room.
    for (const [below, row0] of rows.slice(0, row).entries()) {
      const other = row0.findIndex(crosses);
      if (other < 0 || rows[row]?.some((it) => it.left + it.width + 8 > row0[other]!.left)) continue;
      const [moved] = row0.splice(other, 1);
      found[names.indexOf(moved!)] = row;
      (rows[row] ??= []).push(moved!);
      row = below;
      break;
    }
    (rows[row] ??= []).push(name);
    found[index] = row;
  }
  return found;
}

/** How many rows the names above the plot will need; the plot itself is a little less wide than what is reckoned with here. */
export function rowsAbove(figure: Figure, width: number): number {
  // Where bars and dots lie, the values run along x.
  const axis = isUpright(figure.mark) ? figure.x : figure.y;
  const [low, high] = axis.range;
  const room = Math.max(60, (width - 60) / figure.panels.length - 20);
  const share = (value: number): number =>
    axis.scale === "log2" || axis.scale === "log10" ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low || 1);
  const rows = figure.panels.map((_, panel) => {
    const names = namedAbove(figure, panel).map(({ at, label }) => {
      const [x, text] = [share(at) * room, estimate(label, 11, false)];
      return { x, left: Math.max(-30, Math.min(x - text / 2, room + 10 - text)), width: text };
    });
    return Math.max(0, ...rowsOf(names).map((row) => row + 1));
  });
  return Math.max(0, ...rows);
}
