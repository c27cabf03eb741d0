import type { Definition } from "../../../src/model/experiment.ts";
import type { Figure } from "../../../src/model/figure.ts";
import type { RunRecord } from "../../../src/model/record.ts";
import type { Point } from "../../../src/model/sweep.ts";
import { figure } from "../../../src/report/figure.ts";
import { staircaseFigure } from "../../../src/report/figures/staircase.ts";
import { subjectOf } from "../../../src/report/figures/subject.ts";
import { foundSteps, kinds, stairs } from "./kinds.ts";
import { all, climb, estimatesOf, recordOf, type Truth, verdictsOf } from "./synthetic.ts";

export function drawn(id: string, definition: Definition, truth: Truth, rounds = 8): Figure {
  const record = recordOf(id, definition, truth, rounds);
  return figure(definition, id, record, estimatesOf(record), verdictsOf(id, definition, ["reproduced", "undecided"]));
}

/** The same where the host had no memory for some of the points. */
export function drawnWithout(id: string, definition: Definition, truth: Truth, isSkipped: (point: Point) => boolean): Figure {
  const record = recordWithout(id, definition, truth, isSkipped);
  return figure(definition, id, record, estimatesOf(record), verdictsOf(id, definition, ["not tried"]));
}

export function recordWithout(id: string, definition: Definition, truth: Truth, isSkipped: (point: Point) => boolean): RunRecord {
  const record = recordOf(id, definition, (variant, point) => (isSkipped(point) ? undefined : truth(variant, point)));
  const skipped = record.points.filter(isSkipped).map((point) => ({ point, because: "it needs 9000 MiB of free memory and this host has 1000 MiB" }));
  return { ...record, skipped };
}

/** The staircase with steps that nobody had to find. */
export function climbed(found: Parameters<typeof staircaseFigure>[2] = () => foundSteps): Figure {
  const record = recordOf("cache-line/stairs", stairs, climb);
  const subject = subjectOf(stairs, "cache-line/stairs", record, estimatesOf(record), verdictsOf("cache-line/stairs", stairs, ["reproduced"]));
  return staircaseFigure(subject, "time", found);
}

/** Every synthetic figure, by name. */
export const figures = [
  ...[...all, ...kinds.filter(({ definition }) => definition !== stairs)].map(({ id, definition, truth }) => ({ id, it: drawn(id, definition, truth) })),
  { id: "cache-line/stairs", it: climbed() },
];
