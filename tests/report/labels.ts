/** A text of a chart's SVG with the rectangle that its letters fill. */
export interface Label {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** All texts of an SVG as `report/svg` writes them. */
export function labelsOf(svg: string): Label[] {
  return [...svg.matchAll(/<text\b([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = "", text = ""]) => {
    const read = (name: string): number => Number(new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1] ?? 0);
    const [, dx = "0", dy = "0"] = /transform="translate\(([-\d.]+)[ ,]+([-\d.]+)\)"/.exec(attributes) ?? [];
    const [left, baseline, size] = [read("x") + Number(dx), read("y") + Number(dy), read("font-size")];
    return { text, left, right: left + read("textLength"), top: baseline - size * 0.7, bottom: baseline + size * 0.12 };
  });
}

/** Pairs of texts that run into each other. */
export function collisions(labels: readonly Label[]): string[] {
  return labels.flatMap((a, index) =>
    labels
      .slice(index + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.text} / ${b.text}`),
  );
}
