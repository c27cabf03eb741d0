import { fallbackFonts, typeface } from "./theme.ts";

/** Width of a text in pixels, in the chart's typeface. */
export type Measure = (text: string, size: number, strong: boolean) => number;

/**
 * Skia's SVG made small, lasting and the same every time. Skia numbers its clip paths by a counter of the process,
 * writes nine digits where two can be seen, and places every glyph on its own, which falls apart in another typeface.
 * Here ids count from one, numbers are rounded to 0.01 px, and a text is one run that is held to its width.
 * @param prefix starts every id, so that several charts can stand in one document.
 */
export function tidy(svg: string, width: number, height: number, prefix: string, measure: Measure): string {
  const ids = new Map<string, string>();
  const renamed = svg.replace(/^<\?xml[^>]*\?>\s*/, "").replace(/\b(id="|url\(#)([\w-]+)/g, (_, before: string, id: string) => {
    if (!ids.has(id)) ids.set(id, `${prefix}${ids.size + 1}`);
    return before + ids.get(id)!;
  });
  return renamed
    .replace(
      /<svg\b[^>]*>/,
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    )
    .replace(/<text\b([^>]*)>([^<]*)<\/text>/g, (_, attributes: string, text: string) => textRun(attributes, text, measure))
    .replace(/<rect fill-opacity="0"[^>]*\/>/g, "")
    .replace(/ stroke-miterlimit="10"/g, "")
    .replace(/ (fill|stroke)="([#\w]+)"/g, (_, name: string, colour: string) => ` ${name}="${spelled(colour)}"`)
    .replace(
      / (d|x|y|x1|y1|x2|y2|width|height|transform|stroke-width|stroke-opacity|fill-opacity)="([^"]*)"/g,
      (_, name: string, value: string) => ` ${name}="${rounded(value)}"`,
    )
    .replace(/>\s+</g, "><");
}

function textRun(attributes: string, text: string, measure: Measure): string {
  const read = (name: string): string => new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
  const first = (name: string): string => read(name).split(",")[0]?.trim() || "0";
  const strong = read("font-family").includes("SemiBold");
  const size = Number(read("font-size")) || 12;
  const length = measure(unescaped(text), size, strong);
  const kept = ["fill", "transform"].flatMap((name) => (read(name) ? [`${name}="${read(name)}"`] : []));
  const weight = strong ? ` font-weight="${typeface.strong}"` : "";
  return `<text ${kept.join(" ")} x="${first("x")}" y="${first("y")}" font-size="${size}"${weight} font-family="${fallbackFonts}" textLength="${length.toFixed(1)}" lengthAdjust="spacingAndGlyphs">${text}</text>`;
}

/** Every colour as `#rrggbb` in small letters, as the themes spell them; Skia prefers names and short forms where it can. */
function spelled(colour: string): string {
  if (colour === "white") return "#ffffff";
  if (colour === "black") return "#000000";
  if (/^#[\da-f]{3}$/i.test(colour)) return colour.replace(/[\da-f]/gi, "$&$&").toLowerCase();
  return colour.startsWith("#") ? colour.toLowerCase() : colour;
}

function rounded(value: string): string {
  return value.replace(/-?\d*\.\d+(e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100 || 0));
}

function unescaped(text: string): string {
  return text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&apos;|&#39;/g, "'")
    .replace(/&amp;/g, "&");
}
