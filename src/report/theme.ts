/** All that makes one theme: colours as `#rrggbb`, chosen to stay apart for colour-blind readers and to reach 3:1 on the background. */
export interface Theme {
  readonly name: "light" | "dark";
  readonly background: string;
  /** Text and error bars. */
  readonly ink: string;
  /** Secondary text: subtitles, ticks, captions. */
  readonly muted: string;
  readonly grid: string;
  /** The axis that bars stand on. */
  readonly axis: string;
  /** Edges of claims. */
  readonly claim: string;
  /** Cache sizes. */
  readonly mark: string;
  /** One colour per slot, after Okabe and Ito (2008), darkened or lightened until they are visible. */
  readonly palette: readonly string[];
}

/** Both themes list their colours in the same order: the page turns one into the other by that order. */
export const light: Theme = {
  name: "light",
  background: "#ffffff",
  ink: "#1a1d21",
  muted: "#5c6570",
  grid: "#e7eaee",
  axis: "#b9c0c9",
  claim: "#a3122f",
  mark: "#8b95a1",
  palette: ["#0072b2", "#d55e00", "#00845f", "#93306f", "#8f6900", "#4b5563", "#2f9bd8", "#7a3fb0"],
};

export const dark: Theme = {
  name: "dark",
  background: "#14171b",
  ink: "#edf0f3",
  muted: "#a2acb8",
  grid: "#272c33",
  axis: "#4a525d",
  claim: "#ff8097",
  mark: "#76818e",
  palette: ["#56b4e9", "#ff8b3d", "#4fd6a8", "#d96ab0", "#e3c04b", "#b3bdc9", "#2f83c5", "#b48cf0"],
};

export const themes = [light, dark] as const;

/** Every colour of a theme, in the order in which themes correspond. */
export function coloursOf(theme: Theme): string[] {
  return [theme.background, theme.ink, theme.muted, theme.grid, theme.axis, theme.claim, theme.mark, ...theme.palette];
}

/** Shape of a series' points, so that it can be told without its colour. */
export type Marker = "circle" | "square" | "triangle" | "diamond" | "cross" | "ring" | "down" | "plus";
export const markers: readonly Marker[] = ["circle", "square", "triangle", "diamond", "cross", "ring", "down", "plus"];

/** Colour and marker of a slot. Beyond the palette colours come again with other markers. */
export function styleOf(theme: Theme, slot: number): { readonly colour: string; readonly marker: Marker } {
  const turn = Math.floor(slot / theme.palette.length);
  return {
    colour: theme.palette[slot % theme.palette.length]!,
    marker: markers[(slot + turn * 3) % markers.length]!,
  };
}

/** The typeface of charts: shipped with the package, so that they look the same everywhere. In a browser the family is followed by what stands in for it. */
export const typeface: { family: string; readonly regular: number; readonly strong: number } = {
  family: "Inter",
  regular: 400,
  strong: 600,
};

/** What stands in where an SVG is shown without the typeface. */
export const fallbackFonts = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
