import { metricsOf } from "../model/chart.ts";
import type { Definition } from "../model/experiment.ts";
import type { Figure } from "../model/figure.ts";
import type { RunRecord } from "../model/record.ts";
import type { Estimate, Verdict } from "../model/verdict.ts";
import { acrossFigure } from "./figures/across.ts";
import { histogramFigure } from "./figures/histogram.ts";
import { paretoFigure } from "./figures/pareto.ts";
import { readingFigure } from "./figures/reading.ts";
import { relativeFigure } from "./figures/relative.ts";
import { staircaseFigure } from "./figures/staircase.ts";
import { type Subject, subjectOf } from "./figures/subject.ts";

/**
 * The one chart of an experiment, as plain data. Pure: the same record gives the same figure.
 * Variants or points that were not measured leave a gap; a record without any reading gives a figure without series.
 */
export function figure(
  definition: Definition,
  id: string,
  record: RunRecord,
  estimates: readonly Estimate[],
  verdicts: readonly Verdict[],
): Figure {
  const subject = subjectOf(definition, id, record, estimates, verdicts);
  return chosenFigure(subject) ?? readingFigure(subject, readable(subject));
}

/** What the definition asks for, if the record has what it takes: an older one may lack a reading. */
function chosenFigure(subject: Subject): Figure | undefined {
  const { chart } = subject.definition;
  const has = (metric: string): boolean => subject.estimates.some((it) => it.metric === metric);
  const drawn = (): Figure | undefined => {
    switch (chart.shows) {
      case "staircase":
        return staircaseFigure(subject, chart.metric);
      case "across":
        return acrossFigure(subject, chart.metrics.filter(has), chart.joined);
      case "pareto":
        return paretoFigure(subject, chart.x, chart.y);
      case "histogram":
        return histogramFigure(subject, chart.metric);
      case "relative":
        return relativeFigure(subject, chart.metric, chart.to, chart.predicted);
      case "reading":
        return undefined;
    }
  };
  const enough = chart.shows === "across" ? metricsOf(chart).some(has) : metricsOf(chart).every(has);
  const it = enough ? drawn() : undefined;
  return it !== undefined && !isEmpty(it) ? it : undefined;
}

/** Whether there is nothing to draw. */
export function isEmpty(it: Figure): boolean {
  return it.panels.every(({ series }) => series.length === 0);
}

/** The reading whose values the chart shows, or the first of them; what an older record lacks cannot be shown. */
function readable({ definition, estimates }: Subject): string {
  const [wanted = "time"] = metricsOf(definition.chart);
  return estimates.some(({ metric }) => metric === wanted) ? wanted : (estimates[0]?.metric ?? wanted);
}
