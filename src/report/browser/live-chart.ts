import type { Figure } from "../../model/figure.ts";
import { isUpright } from "../../model/figure.ts";
import type { Embedded } from "../embedded.ts";
import type { Overlay } from "../overlay.ts";
import { isSwitchable, rescaled, type Scale } from "../rescale.ts";
import { styleOf } from "../theme.ts";
import { sentence, told } from "../told.ts";
import { theme } from "./appearance.ts";
import { type Controls, controls } from "./controls.ts";
import { element } from "./element.ts";
import { type Plot, plot } from "./plot.ts";
import { Readout } from "./readout.ts";
import { nearest, type Place, type Step, stepped } from "./walk.ts";

/** Narrower than this, small multiples stand below each other. */
const NARROW = 560;
/** Labels have no room in less: narrower charts are drawn this wide and made smaller. */
const LEAST = 370;

const steps: { readonly [key: string]: Step } = {
  ArrowRight: "next",
  ArrowLeft: "previous",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
};

/** A chart that answers: drawn anew at every choice, marked at every look. */
export class LiveChart {
  readonly #figure: Figure;
  readonly #overlays: readonly Overlay[];
  readonly #stage: HTMLElement;
  readonly #canvases = element("div", { class: "canvases" });
  readonly #aloud = element("p", { class: "unseen", "aria-live": "polite" });
  readonly #readout = new Readout();
  readonly #controls: Controls;
  readonly #hidden = new Set<string>();
  readonly #hosts: Set<string>;
  #scale: Scale | undefined;
  #drawn: Figure[] = [];
  #plots: Plot[] = [];
  #places: readonly Place[] = [];
  #marked: Place | undefined;
  #width = 0;

  /** @param place the element that the live chart goes into, before everything else in it. */
  constructor(place: HTMLElement, { figure, overlays }: Embedded) {
    this.#figure = figure;
    this.#overlays = overlays;
    this.#hosts = new Set(overlays.filter(({ shown }) => shown).map(({ id }) => id));
    if (isSwitchable(figure)) this.#scale = figure.y.scale as Scale;
    this.#controls = controls(figure, overlays, this.#scale, {
      toggleSeries: (name, shown) => this.#choose(() => (shown ? this.#hidden.delete(name) : this.#hidden.add(name))),
      toggleHost: (id, shown) => this.#choose(() => (shown ? this.#hosts.add(id) : this.#hosts.delete(id))),
      choose: (scale) => this.#choose(() => (this.#scale = scale)),
    });
    this.#stage = element(
      "div",
      {
        class: "stage",
        tabindex: "0",
        role: "application",
        "aria-roledescription": "interactive chart",
        "aria-label": `${figure.alt} Arrow keys read the points: left and right along a series, up and down between series.`,
      },
      this.#canvases,
      this.#readout.element,
    );
    place.prepend(this.#controls.element, this.#stage, this.#aloud);
    place.classList.add("alive");
    this.#listen();
    new ResizeObserver(() => {
      if (this.#stage.clientWidth !== this.#width) this.draw();
    }).observe(this.#stage);
    this.draw();
  }

  /** Draws everything anew, in the colours and the width that hold now. */
  draw(): void {
    this.#width = this.#stage.clientWidth;
    // Not laid out at present, as on paper.
    if (this.#width < 40) return;
    this.#mark(undefined);
    for (const it of this.#plots) it.remove();
    const overlays = this.#overlays.filter(({ id }) => this.#hosts.has(id));
    const whole = rescaled(this.#figure, overlays, this.#scale);
    const panels = whole.panels.map((panel) => ({ ...panel, series: panel.series.filter(({ name }) => !this.#hidden.has(name)) }));
    const parted = this.#width < NARROW && panels.length > 1;
    this.#drawn = parted ? panels.map((panel) => ({ ...whole, panels: [panel] })) : [{ ...whole, panels }];
    this.#plots = this.#drawn.map((figure, index) => {
      const canvas = element("canvas", { "aria-hidden": "true" });
      this.#canvases.append(canvas);
      // Every host keeps its dashes, whoever else is shown.
      const laid = this.#overlays.map((it) => {
        const own = parted ? [it.panels[index]!] : it.panels;
        return { ...it, panels: this.#hosts.has(it.id) ? own : own.map(() => []) };
      });
      return plot(canvas, index, { figure, overlays: laid, theme: theme(), width: Math.max(this.#width, LEAST), shown: this.#width });
    });
    this.#places = this.#plots.flatMap(({ places }) => places);
    this.#controls.repaint(theme());
  }

  #choose(change: () => unknown): void {
    change();
    this.draw();
  }

  #listen(): void {
    const look = (event: PointerEvent): void => {
      const index = this.#plots.findIndex(({ canvas }) => canvas === event.target);
      if (index < 0) return;
      const { mark } = this.#drawn[index]!;
      const along = mark === "scatter" ? "both" : isUpright(mark) ? "x" : "y";
      const zoom = this.#zoom();
      this.#mark(nearest(this.#places, index, event.offsetX / zoom, event.offsetY / zoom, along));
    };
    this.#stage.addEventListener("pointermove", look);
    this.#stage.addEventListener("pointerdown", look);
    this.#stage.addEventListener("pointerleave", ({ pointerType }) => {
      // A finger that is lifted leaves what it pointed at in sight.
      if (pointerType !== "touch") this.#mark(undefined);
    });
    this.#stage.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = steps[event.key];
      if (event.key === "Escape") this.#mark(undefined);
      if (step === undefined || this.#places.length === 0) return;
      event.preventDefault();
      const next = stepped(this.#places, this.#marked, step);
      this.#mark(next);
      if (next) this.#aloud.textContent = sentence(this.#told(next));
    });
    this.#stage.addEventListener("blur", () => this.#mark(undefined));
  }

  #told({ plot, spot, series, host }: Place) {
    return told(this.#drawn[plot]!, spot.panel, series, spot.reading, host);
  }

  #mark(place: Place | undefined): void {
    this.#marked = place;
    this.#plots.forEach((it, index) => it.mark(place?.plot === index ? place : undefined));
    if (place === undefined) {
      this.#readout.hide();
      return;
    }
    const { offsetTop } = this.#plots[place.plot]!.canvas;
    const { colour } = styleOf(theme(), place.spot.slot);
    const zoom = this.#zoom();
    this.#readout.show(this.#told(place), colour, place.spot.x * zoom, place.spot.y * zoom + offsetTop, this.#width);
  }

  /** Pixels on the screen for a pixel of the drawing. */
  #zoom(): number {
    return Math.min(1, this.#width / LEAST);
  }
}
