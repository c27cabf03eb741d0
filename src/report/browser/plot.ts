import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  type Plugin,
  PointElement,
} from "chart.js";
import type { Figure } from "../../model/figure.ts";
import { chart } from "../chart.ts";
import type { Overlay } from "../overlay.ts";
import { overlaySpots } from "../paint/overlay.ts";
import { spotsOf } from "../paint/place.ts";
import { line } from "../paint/stroke.ts";
import type { Theme } from "../theme.ts";
import type { Place } from "./walk.ts";

Chart.register(LineController, BarController, LineElement, PointElement, BarElement, LinearScale, LogarithmicScale, CategoryScale);

/** One canvas with a drawn figure. */
export interface Plot {
  readonly canvas: HTMLCanvasElement;
  readonly places: readonly Place[];
  /** Marks a reading, or none. */
  mark(place: Place | undefined): void;
  remove(): void;
}

export interface Drawn {
  readonly figure: Figure;
  readonly overlays: readonly Overlay[];
  readonly theme: Theme;
  /** Pixels that the canvas is drawn with. */
  readonly width: number;
  /** Pixels that it has on the screen. */
  readonly shown: number;
}

/** Draws a figure into a canvas of its own, by the very code that draws PNG and SVG. */
export function plot(canvas: HTMLCanvasElement, index: number, { figure, overlays, theme, width, shown }: Drawn): Plot {
  let marked: Place | undefined;
  const marking: Plugin = {
    id: "marked",
    afterDraw({ ctx, chartArea }) {
      if (marked === undefined) return;
      const { x, y } = marked.spot;
      ctx.save();
      if (figure.mark === "line") line(ctx, theme.muted, 1, [2, 3], x, chartArea.top, x, chartArea.bottom);
      ctx.strokeStyle = theme.ink;
      ctx.lineWidth = 2;
      ctx.beginPath();
      ctx.arc(x, y, 9, 0, 2 * Math.PI);
      ctx.stroke();
      ctx.restore();
    },
  };
  const { configuration, height } = chart(figure, theme, { width, framed: false }, { bare: true, overlays });
  canvas.width = width;
  canvas.height = height;
  const drawn = new Chart(canvas, {
    ...configuration,
    options: { ...configuration.options, events: [] },
    plugins: [...(configuration.plugins ?? []), marking],
  });
  // Small print on a small screen is the whole drawing made smaller.
  canvas.style.width = `${shown}px`;
  canvas.style.height = `${(height * shown) / width}px`;
  const own = figure.panels.flatMap(({ series }) => series.flatMap((it) => it.points.map(() => it)));
  const places = [
    ...spotsOf(drawn, figure).map((spot, at): Place => ({ spot, series: own[at]!, plot: index })),
    ...overlays.flatMap((overlay) =>
      overlaySpots(drawn, figure, overlay).map((spot): Place => {
        const series = overlay.panels[spot.panel]!.find(({ slot }) => slot === spot.slot)!;
        return { spot, series, plot: index, host: overlay.name };
      }),
    ),
  ];
  return {
    canvas,
    places,
    mark(place) {
      if (place === marked) return;
      marked = place;
      drawn.draw();
    },
    remove() {
      drawn.destroy();
      canvas.remove();
    },
  };
}
