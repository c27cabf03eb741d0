import type { Told } from "../told.ts";
import { element } from "./element.ts";

/** The words beside a marked reading. They take no pointer and never leave the chart. */
export class Readout {
  readonly element = element("div", { class: "readout", "aria-hidden": "true" });

  show({ name, at, value, interval, n }: Told, colour: string, x: number, y: number, width: number): void {
    const swatch = element("span", { class: "dot" });
    swatch.style.background = colour;
    const doubt = [...(interval === undefined ? [] : [`interval ${interval}`]), n].join(" · ");
    this.element.replaceChildren(
      element(
        "div",
        { class: "who" },
        swatch,
        element("bdi", {}, name),
        ...(at === undefined ? [] : [element("bdi", { class: "at" }, at)]),
      ),
      element("div", { class: "value" }, value),
      element("div", { class: "doubt-line" }, doubt),
    );
    this.element.dataset["shown"] = "";
    const { offsetWidth, offsetHeight } = this.element;
    const left = Math.min(Math.max(x - offsetWidth / 2, 0), Math.max(0, width - offsetWidth));
    const above = y - offsetHeight - 16;
    this.element.style.left = `${left}px`;
    this.element.style.top = `${above >= 0 ? above : y + 18}px`;
  }

  hide(): void {
    delete this.element.dataset["shown"];
  }
}
