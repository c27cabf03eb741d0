import type { Figure } from "../model/figure.ts";
import { drawPng, drawSvg } from "./draw.ts";
import type { Charts } from "./input.ts";
import { dark, fallbackFonts, light } from "./theme.ts";

/** Everything that is drawn of a figure: files of their own in both themes, and the page's own drawings. */
export interface Drawings {
  readonly png: Uint8Array;
  readonly svg: string;
  readonly darkPng: Uint8Array;
  readonly darkSvg: string;
  readonly charts: Charts;
}

const WIDE = { width: 720, framed: false };
const NARROW = { width: 370, framed: false };

/**
 * Pure; the same figure gives the same bytes. A phone shows one panel below the other.
 * @param prefix starts every id in the page's own drawings, so that they can stand in one document.
 */
export function drawings(figure: Figure, prefix: string): Drawings {
  return {
    png: drawPng(figure, light),
    svg: drawSvg(figure, light),
    darkPng: drawPng(figure, dark),
    darkSvg: drawSvg(figure, dark),
    charts: {
      wide: unfonted(drawSvg(figure, light, WIDE, `${prefix}w`)),
      narrow: figure.panels.map((panel, index) => unfonted(drawSvg({ ...figure, panels: [panel] }, light, NARROW, `${prefix}n${index}-`))),
    },
  };
}

/** In the page every text has the typeface of the page: said once there, not a thousand times here. */
const unfonted = (svg: string): string => svg.replaceAll(` font-family="${fallbackFonts}"`, "");
