import type { Figure } from "../../model/figure.ts";
import type { Overlay } from "../overlay.ts";
import { type Brush, paintMarker } from "../paint/marker.ts";
import { dashOf, paintHollow } from "../paint/overlay.ts";
import { line } from "../paint/stroke.ts";
import type { Scale } from "../rescale.ts";
import { styleOf, type Theme } from "../theme.ts";
import { element } from "./element.ts";

/** What a reader may choose at a chart. */
export interface Choices {
  readonly toggleSeries: (name: string, shown: boolean) => void;
  readonly toggleHost: (id: string, shown: boolean) => void;
  readonly choose: (scale: Scale) => void;
}

export interface Controls {
  readonly element: HTMLElement;
  /** Paints the samples of the legend in the colours of a theme. */
  repaint(theme: Theme): void;
}

type Painter = (ctx: Brush, theme: Theme) => void;

/** Legend, other hosts and scale, as far as a figure has them. */
export function controls(figure: Figure, overlays: readonly Overlay[], scale: Scale | undefined, choices: Choices): Controls {
  const painters: { readonly canvas: HTMLCanvasElement; readonly paint: Painter }[] = [];
  const sample = (paint: Painter): HTMLCanvasElement => {
    const canvas = element("canvas", { width: "56", height: "28", "aria-hidden": "true" });
    painters.push({ canvas, paint });
    return canvas;
  };
  const group = (label: string, ...inside: readonly HTMLElement[]): HTMLElement =>
    element("div", { role: "group", "aria-label": label, class: "choices" }, ...inside);

  const named = new Map(figure.panels.flatMap(({ series }) => series.map(({ name, slot }) => [name, slot] as const)));
  const legend = [...named].map(([name, slot]) =>
    toggle(true, [sample((ctx, theme) => paintSeries(ctx, theme, figure, slot)), element("bdi", {}, name)], (shown) =>
      choices.toggleSeries(name, shown),
    ),
  );
  const claims = figure.panels.some(({ segments, bounds }) => segments.length + bounds.length > 0);
  const key = element("span", { class: "key" }, sample(paintClaim), "edge of a claim");
  const hosts = overlays
    .filter(({ panels }) => panels.some((series) => series.length > 0))
    .map((overlay) => {
      const order = overlays.indexOf(overlay);
      const inside = [sample((ctx, theme) => paintHost(ctx, theme, figure, order)), element("bdi", {}, overlay.name)];
      const button = toggle(overlay.shown, inside, (shown) => choices.toggleHost(overlay.id, shown));
      button.title = overlay.host;
      return button;
    });
  const whole = element("div", { class: "controls" });
  if (named.size > 1) whole.append(group("Series shown", ...legend, ...(claims ? [key] : [])));
  else if (claims) whole.append(group("What the marks mean", key));
  if (scale !== undefined) whole.append(scaleSwitch(scale, choices.choose));
  if (hosts.length > 0) {
    const also = group("Other hosts shown", element("span", { class: "also" }, "also from"), ...hosts);
    also.classList.add("hosts");
    whole.append(also);
  }
  return {
    element: whole,
    repaint(theme) {
      for (const { canvas, paint } of painters) {
        const ctx = canvas.getContext("2d")!;
        ctx.setTransform(2, 0, 0, 2, 0, 0);
        ctx.clearRect(0, 0, 28, 14);
        paint(ctx, theme);
      }
    },
  };
}

function toggle(pressed: boolean, inside: readonly Node[], changed: (pressed: boolean) => void): HTMLButtonElement {
  const button = element("button", { type: "button", class: "choice", "aria-pressed": String(pressed) }, ...inside);
  button.addEventListener("click", () => {
    const now = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(now));
    changed(now);
  });
  return button;
}

function scaleSwitch(scale: Scale, choose: (scale: Scale) => void): HTMLElement {
  const words = { linear: "linear", log10: "log" } as const;
  const buttons = (["linear", "log10"] as const).map((it) => {
    const button = element("button", { type: "button", class: "choice", "aria-pressed": String(it === scale) }, words[it]);
    button.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      choose(it);
    });
    return button;
  });
  return element("div", { role: "group", "aria-label": "Scale of the values", class: "choices switch" }, ...buttons);
}

function paintSeries(ctx: Brush, theme: Theme, { mark }: Figure, slot: number): void {
  const { colour, marker } = styleOf(theme, slot);
  if (mark === "line") line(ctx, colour, 2.2, [], 1, 7, 27, 7);
  paintMarker(ctx, mark === "bar" || mark === "column" ? "square" : marker, 14, 7, colour, theme.background, 4.8);
}

function paintHost(ctx: Brush, theme: Theme, { mark }: Figure, order: number): void {
  if (mark === "line") line(ctx, theme.muted, 1.6, dashOf(order), 0, 7, 28, 7);
  paintHollow(ctx, { ...theme, palette: [theme.muted] }, 0, 14, 7);
}

const paintClaim: Painter = (ctx, theme) => line(ctx, theme.claim, 2.2, [], 4, 7, 24, 7);
