import type { Axis, Figure, Guide, Panel, Reading } from "../../model/figure.ts";
import type { Point } from "../../model/sweep.ts";
import type { Estimate } from "../../model/verdict.ts";
import { ratioOf } from "../../stats/estimate.ts";
import { categoryAxis, ratioAxis, sweepAxis } from "../axes.ts";
import { besides, capital, scaleWords } from "../caption.ts";
import { type Edge, edgesOf, segmentsOf } from "../edges.ts";
import { layoutOf, matches } from "../layout.ts";
import { chosen, short } from "../words.ts";
import { filled, finished, labelOf, metricOf, readingOf, slotOf, type Subject, titleOf } from "./subject.ts";

/** Every other variant over one, paired by rounds, around the line at 1; with the ratios that a simple theory predicts. */
export function relativeFigure(
  subject: Subject,
  metric: string,
  to: string,
  predicted: { readonly [variant: string]: number | undefined },
): Figure {
  const { definition, record, points, verdicts } = subject;
  const layout = layoutOf(
    definition.sweep,
    points,
    verdicts.map(({ at }) => at),
  );
  const others = subject.names.filter((name) => name !== to);
  const ratios = points.flatMap((point) =>
    subject.names.flatMap((variant): Estimate[] => {
      const ratio = variant === to ? { center: 1, low: 1, high: 1, n: 1, level: 1 } : ratioOf(record, variant, to, metric, point);
      const drawable = ratio && Number.isFinite(ratio.center) && ratio.center > 0;
      return drawable ? [{ ...ratio, experiment: record.experiment, variant, point, metric, unit: "ratio" }] : [];
    }),
  );
  const read = (variant: string, at: Point, x: number): Reading[] => {
    const found = ratios.find((it) => it.variant === variant && matches(it.point, at));
    return found ? [readingOf(found, "ratio", x)] : [];
  };
  // An edge of a ratio claim lies at so many times what its other variant is over the one that all are compared with.
  const about = verdicts.filter(({ bound }) => bound.quantity.kind === "ratio" && bound.quantity.of !== to);
  const edges = edgesOf(about, metric, "ratio", ratios);
  const panel = (at: Point, steps: readonly { readonly at: Point; readonly x: number }[], place: Place): Panel => {
    const series = others
      .map((variant) => ({
        name: short(variant, 60),
        slot: slotOf(subject, variant),
        points: steps.flatMap((step) => read(variant, step.at, step.x)),
      }))
      .filter(({ points }) => points.length > 0);
    const here = edges.filter((edge) => matches(edge.at, at));
    return {
      series,
      bounds: [],
      segments: segmentsOf(
        here,
        (edge) => {
          const x = place(edge);
          return x === undefined ? undefined : { x, slot: slotOf(subject, edge.of) };
        },
        true,
      ),
      guides: [{ at: 1, label: `as ${short(to, 40)}` }, ...predictions(subject, predicted)],
    };
  };

  let x: Axis;
  let panels: Panel[];
  if (layout.kind === "swept") {
    const { parameter, values } = layout;
    x = sweepAxis(parameter, values);
    panels = layout.panels.map((at) => ({
      ...titleOf(at, layout.panels),
      ...panel(
        at,
        values.map((value) => ({ at: { ...at, [parameter]: value }, x: value })),
        ({ at }) => values.find((value) => value === at[parameter]),
      ),
    }));
  } else if (layout.points.length > 1) {
    x = categoryAxis("", layout.names);
    const place: Place = (edge) => placeOf(layout.points.findIndex((point) => matches(edge.at, point)));
    panels = [
      panel(
        {},
        layout.points.map((at, index) => ({ at, x: index })),
        place,
      ),
    ];
  } else {
    const measured = others.filter((variant) => read(variant, {}, 0).length > 0);
    x = categoryAxis(
      "",
      measured.map((name) => short(name, 60)),
    );
    const whole = panel({}, [{ at: {}, x: 0 }], ({ of }) => placeOf(measured.indexOf(of)));
    const spread = whole.series.map((it, index) => ({ ...it, points: it.points.map((point) => ({ ...point, x: index })) }));
    // Each prediction stands where its variant does.
    const own = measured.flatMap((variant, x) => predictions(subject, { [variant]: predicted[variant] }).map((it) => ({ ...it, x })));
    panels = [{ ...whole, series: spread, guides: [whole.guides![0]!, ...own] }];
  }

  const readings = panels.flatMap(({ series }) => series.flatMap(({ points }) => points));
  const lines = panels.flatMap(({ guides = [], segments }) => [...guides.map(({ at }) => at), ...segments.map((it) => it.y)]);
  const { better } = metricOf(subject, metric);
  const y = ratioAxis(
    `${labelOf(subject, metric)} relative to ${short(to, 40)}`,
    [...readings.map((it) => it.y), ...lines],
    readings.flatMap((it) => [it.low, it.high]),
  );
  const shown = (layout.kind === "swept" ? layout.panels : layout.points).length;
  return finished(subject, {
    subtitle: besides(
      `${capital(y.label)}, paired by rounds${scaleWords(y)}, ${better} is better`,
      layout.fixed,
      shown,
      shown + layout.omitted,
    ),
    mark: layout.kind === "swept" ? "line" : "point",
    x,
    y,
    panels: filled(panels),
    told: told(predicted),
    intervals: ratios.filter(({ level }) => level < 1),
  });
}

/** Where an edge stands along x; undefined where it has no place. A swept number may be negative. */
type Place = (edge: Edge) => number | undefined;

const placeOf = (index: number): number | undefined => (index < 0 ? undefined : index);

/** One line for all variants that are predicted alike; the first one's colour. */
function predictions(subject: Subject, predicted: { readonly [variant: string]: number | undefined }): Guide[] {
  const lines = new Map<number, number>();
  for (const [variant, at] of Object.entries(predicted)) {
    if (at !== undefined && at > 0 && Number.isFinite(at) && !lines.has(at)) lines.set(at, slotOf(subject, variant));
  }
  return [...lines].map(([at, slot]) => ({ at, slot, label: `predicted ${chosen(at, "ratio")}` }));
}

function told(predicted: { readonly [variant: string]: number | undefined }): string[] {
  const named = Object.entries(predicted).flatMap(([variant, at]) =>
    at === undefined ? [] : [`${short(variant, 60)} ${chosen(at, "ratio")}`],
  );
  return named.length === 0 ? [] : [`Predicted for large inputs: ${named.join(", ")}.`];
}
