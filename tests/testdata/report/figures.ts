import type { Definition } from "../../../src/model/experiment.ts";
import type { Figure } from "../../../src/model/figure.ts";
import { figure } from "../../../src/report/figure.ts";
import { staircaseFigure } from "../../../src/report/figures/staircase.ts";
import { subjectOf } from "../../../src/report/figures/subject.ts";
import { foundSteps, kinds, stairs } from "./kinds.ts";
import { all, climb, estimatesOf, recordOf, type Truth, verdictsOf } from "./synthetic.ts";

export function drawn(id: string, definition: Definition, truth: Truth, rounds = 8): Figure {
  const record = recordOf(id, definition, truth, rounds);
  return figure(definition, id, record, estimatesOf(record), verdictsOf(id, definition, ["reproduced", "undecided"]));
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
