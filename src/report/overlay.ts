import { type Figure, isUpright, type Reading, type Series } from "../model/figure.ts";

/** Readings of another host in the places of a figure: drawn beside its own, never instead of them. */
export interface Overlay {
  /** The host's id. */
  readonly id: string;
  /** The host in a few words, no two alike. */
  readonly name: string;
  /** The host in words. */
  readonly host: string;
  /** Shown unless the reader turns it off: the reference host. */
  readonly shown: boolean;
  /** The series of each of the figure's panels; all are empty where nothing of it fits. */
  readonly panels: readonly (readonly Series[])[];
  /** What of the other record has no place in this chart, and why. */
  readonly leftOut?: string;
}

/** More of them than this hide the chart that they lie over. */
export const MOST_OVERLAYS = 6;

/** The readings of another record's figure that stand where this one has a place for them: same panel, same series, same x. */
export function overlayOf(figure: Figure, other: Figure, host: Pick<Overlay, "id" | "name" | "host" | "shown">): Overlay {
  const nothing = figure.panels.map(() => []);
  const without = (leftOut: string): Overlay => ({ ...host, panels: nothing, leftOut });
  if (figure.mark === "column") return without("not laid over this chart, for columns of two hosts would hide each other");
  if (other.mark === "column" || other.y.unit !== figure.y.unit || isUpright(other.mark) !== isUpright(figure.mark)) {
    return without("not in this chart, for its record holds other readings");
  }
  if ((figure.x.scale === "category") !== (other.x.scale === "category") || figure.x.unit !== other.x.unit) {
    return without("not in this chart, for its record has another sweep");
  }
  const place = placing(figure, other);
  const panels = figure.panels.map(({ title, series }): Series[] => {
    const same = other.panels.find((it) => it.title === title);
    return series.flatMap(({ name, slot }): Series[] => {
      const points = same?.series.find((it) => it.name === name)?.points.flatMap(place) ?? [];
      return points.length === 0 ? [] : [{ name, slot, points }];
    });
  });
  const count = (all: readonly (readonly Series[])[]): number => all.flat().reduce((sum, { points }) => sum + points.length, 0);
  const [shown, all] = [count(panels), count(other.panels.map(({ series }) => series))];
  if (shown === 0) return without("not in this chart, for none of its readings is at a point that it shows");
  const rest = all - shown;
  return {
    ...host,
    panels,
    ...(rest > 0 && { leftOut: `${rest} of its ${all} readings have no place in this chart, which does not show their points` }),
  };
}

/** The same reading at this figure's x, if it has that place. */
function placing(figure: Figure, other: Figure): (reading: Reading) => Reading[] {
  if (figure.mark === "scatter") return (reading) => [reading];
  if (figure.x.scale !== "category") {
    const [low, high] = figure.x.range;
    return (reading) => (reading.x >= low && reading.x <= high ? [reading] : []);
  }
  const labelAt = new Map(other.x.ticks.map(({ at, label }) => [at, label]));
  const placeOf = new Map(figure.x.ticks.map(({ at, label }) => [label, at]));
  return (reading) => {
    const x = placeOf.get(labelAt.get(reading.x) ?? "");
    return x === undefined ? [] : [{ ...reading, x }];
  };
}
