import type { Series } from "../../model/figure.ts";
import type { Spot } from "../paint/place.ts";

/** A reading on one of the canvases of a chart. */
export interface Place {
  readonly spot: Spot;
  readonly series: Series;
  /** Canvas: on a narrow screen each panel has one of its own. */
  readonly plot: number;
  /** The host whose reading it is, where that is another one. */
  readonly host?: string;
}

/** How far a place may be from the pointer, in pixels, to be meant, where places do not stand in columns or rows. */
const REACH = 60;

/**
 * The place nearest to a pointer, or none within reach. Where readings stand in columns (or rows) the column counts for more than the
 * height, so that a line can be followed by moving along it.
 */
export function nearest(places: readonly Place[], plot: number, x: number, y: number, along: "x" | "y" | "both"): Place | undefined {
  let best: Place | undefined;
  let least = Infinity;
  for (const place of places) {
    if (place.plot !== plot) continue;
    const [dx, dy] = [Math.abs(place.spot.x - x), Math.abs(place.spot.y - y)];
    const distance = along === "both" ? Math.hypot(dx, dy) : along === "x" ? dx + dy / 8 : dy + dx / 8;
    if (distance < least && (along !== "both" || distance <= REACH)) [best, least] = [place, distance];
  }
  return best;
}

export type Step = "next" | "previous" | "up" | "down" | "first" | "last";

/** Where an arrow key leads: along the points of a series, on to the next panel at its end, or to another series at the nearest x. */
export function stepped(places: readonly Place[], from: Place | undefined, step: Step): Place | undefined {
  if (from === undefined) return step === "last" ? places.at(-1) : places[0];
  const lines = grouped(places);
  const row = lines.findIndex((line) => line.includes(from));
  const line = lines[row];
  if (line === undefined) return places[0];
  const at = line.indexOf(from);
  switch (step) {
    case "first":
      return line[0];
    case "last":
      return line.at(-1);
    case "next":
    case "previous": {
      const beside = line[at + (step === "next" ? 1 : -1)];
      if (beside) return beside;
      const onward = sameSeries(lines, from, row, step);
      return onward ?? from;
    }
    case "up":
    case "down": {
      const inPanel = lines.filter(([first]) => first!.plot === from.plot && first!.spot.panel === from.spot.panel);
      // One series alone: all arrows go along it.
      if (inPanel.length < 2) return stepped(places, from, step === "down" ? "next" : "previous");
      const other = inPanel[(inPanel.indexOf(line) + (step === "down" ? 1 : inPanel.length - 1)) % inPanel.length]!;
      const distance = ({ spot }: Place): number => Math.abs(spot.reading.x - from.spot.reading.x);
      return other.reduce((best, it) => (distance(it) < distance(best) ? it : best));
    }
  }
}

function sameSeries(lines: readonly Place[][], from: Place, row: number, step: "next" | "previous"): Place | undefined {
  const isSame = ([first]: Place[]): boolean => first!.series.name === from.series.name && first!.host === from.host;
  return step === "next" ? lines.slice(row + 1).find(isSame)?.[0] : lines.slice(0, row).findLast(isSame)?.at(-1);
}

/** Places by canvas, panel, series and host, in their order. */
function grouped(places: readonly Place[]): Place[][] {
  const lines = new Map<string, Place[]>();
  for (const place of places) {
    const key = JSON.stringify([place.plot, place.spot.panel, place.host ?? "", place.series.name]);
    const line = lines.get(key);
    if (line) line.push(place);
    else lines.set(key, [place]);
  }
  return [...lines.values()];
}
