import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Canvas, SKRSContext2D, SvgCanvas } from "canvas";
import type { ChartJSNodeCanvas } from "chartjs-node-canvas";
import type { Figure } from "../model/figure.ts";
import { chart } from "./chart.ts";
import type { Format } from "./paint/frame.ts";
import { tidy } from "./svg.ts";
import { type Theme, typeface } from "./theme.ts";

/**
 * The only file that loads a canvas. chartjs-node-canvas draws; it was written for another canvas than the one installed,
 * which wants a flag where that one wants the word "svg", and has `getContent` where that one has `toBuffer`.
 */

/** Pixels of a PNG for every pixel of the chart. */
export const PNG_SCALE = 2;

/** A PNG of the chart with title and caption, at twice its nominal size. The same figure gives the same bytes. */
export function drawPng(figure: Figure, theme: Theme, format: Format = { width: 720, framed: true }): Buffer {
  const { configuration, width, height } = chart(figure, theme, format);
  configuration.options = { ...configuration.options, devicePixelRatio: PNG_SCALE };
  const { drawer, release } = load();
  const png = drawer(width, height, false).renderToBufferSync(configuration);
  release();
  return png;
}

/**
 * An SVG of the chart. Its texts are text in the typeface of the charts, held to their width where that is missing.
 * @param prefix starts every id in it, so that several can stand in one page.
 */
export function drawSvg(figure: Figure, theme: Theme, format: Format = { width: 720, framed: true }, prefix = "c"): string {
  const { configuration, width, height } = chart(figure, theme, format);
  configuration.options = { ...configuration.options, devicePixelRatio: 1 };
  const { drawer, measure, spelt, release } = load();
  const raw = drawer(width, height, true).renderToBufferSync(configuration, "image/svg+xml").toString("utf8");
  release();
  return tidy(spelt(raw), width, height, prefix, measure);
}

interface Loaded {
  readonly drawer: (width: number, height: number, svg: boolean) => ChartJSNodeCanvas;
  /** Gives back the pixels of what was just drawn. The collector does not know of them, and would leave hundreds of megabytes lying. */
  readonly release: () => void;
  readonly measure: (text: string, size: number, strong: boolean) => number;
  /** Skia's SVG with every character as it was written. */
  readonly spelt: (svg: string) => string;
}

/** Signs that typefaces draw higher or wider between figures or capitals. */
const SIGNS = ":-−–—+×=~*≥≤<>()[]{}@•·→←/|";

let loaded: Loaded | undefined;

/** Loads canvas and typeface at the first chart, for most commands draw none. */
function load(): Loaded {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  // Without the system's fonts a chart depends on the shipped typeface alone, and looks the same on every host.
  const before = process.env["DISABLE_SYSTEM_FONTS_LOAD"];
  process.env["DISABLE_SYSTEM_FONTS_LOAD"] = "1";
  const { createCanvas, GlobalFonts, SvgExportFlag } = require("canvas") as typeof import("canvas");
  const library = require("chartjs-node-canvas") as typeof import("chartjs-node-canvas");
  if (before === undefined) delete process.env["DISABLE_SYSTEM_FONTS_LOAD"];
  else process.env["DISABLE_SYSTEM_FONTS_LOAD"] = before;
  const fonts = dirname(require.resolve("@expo-google-fonts/inter/package.json"));
  GlobalFonts.registerFromPath(join(fonts, "400Regular", "Inter_400Regular.ttf"), typeface.family);
  GlobalFonts.registerFromPath(join(fonts, "600SemiBold", "Inter_600SemiBold.ttf"), typeface.family);

  let last: Canvas | SvgCanvas | undefined;
  const release = (): void => {
    if (last) Object.assign(last, { width: 1, height: 1 });
    last = undefined;
  };
  /** The canvas that chartjs-node-canvas believes it has when it asks for type "svg". */
  const svgCanvas = (width: number, height: number): SvgCanvas => {
    const canvas = createCanvas(width, height, SvgExportFlag.NoPrettyXML);
    last = canvas;
    return Object.assign(canvas, { toBuffer: () => canvas.getContent() });
  };
  const pngCanvas = (width: number, height: number): Canvas => (last = createCanvas(width, height));
  const toPng = Object.assign(new library.ChartJSNodeCanvas({ width: 1, height: 1 }), { _createCanvas: pngCanvas });
  const toSvg = Object.assign(new library.ChartJSNodeCanvas({ width: 1, height: 1, type: "svg" }), { _createCanvas: svgCanvas });
  // Each drawer holds a chart.js of its own, so one a kind serves all sizes.
  const drawer = (width: number, height: number, svg: boolean): ChartJSNodeCanvas =>
    Object.assign(svg ? toSvg : toPng, { _width: width, _height: height });
  const ruler: SKRSContext2D = (createCanvas(8, 8) as Canvas).getContext("2d");
  const measure = (text: string, size: number, strong: boolean): number => {
    ruler.font = `${strong ? typeface.strong : typeface.regular} ${size}px ${typeface.family}`;
    return ruler.measureText(text).width;
  };
  /*
   * The typeface has other glyphs for signs between figures ("12:30", "1 × 2"), and Skia, which writes glyphs, spells those with characters
   * of the private use area that no other typeface has. Which stands for which is asked of the typeface itself.
   */
  const written = new Map<string, string>();
  for (const sign of SIGNS) {
    for (const text of [`1${sign}1`, `1 ${sign} 1`, `1${sign} 1`, `A${sign}A`, `${sign}A`, `1${sign}`, `${sign}1`]) {
      const canvas = svgCanvas(200, 40);
      const context = canvas.getContext("2d");
      context.font = `${typeface.regular} 12px ${typeface.family}`;
      context.fillText(text, 10, 20);
      const [stranger] = /\p{Co}/u.exec(canvas.getContent().toString()) ?? [];
      if (stranger !== undefined) written.set(stranger, sign);
    }
  }
  const escapes: { readonly [sign: string]: string } = { "<": "&lt;", ">": "&gt;" };
  const spelt = (svg: string): string =>
    svg.replace(/\p{Co}/gu, (stranger) => {
      const sign = written.get(stranger) ?? stranger;
      return escapes[sign] ?? sign;
    });
  return (loaded = { drawer, measure, spelt, release });
}
