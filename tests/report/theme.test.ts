import { describe, expect, test } from "vitest";
import { coloursOf, dark, light, markers, styleOf, themes } from "../../src/report/theme.ts";

function channels(colour: string): [number, number, number] {
  const linear = (at: number): number => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [linear(1), linear(3), linear(5)];
}

/** Contrast after WCAG 2.2, between 1 and 21. */
function contrast(a: string, b: string): number {
  const [x, y] = [a, b].map((colour) => {
    const [r, g, blue] = channels(colour);
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue + 0.05;
  }) as [number, number];
  return Math.max(x, y) / Math.min(x, y);
}

/** What the two frequent kinds of colour blindness see, after Machado, Oliveira and Fernandes (2009), severity 1. */
const blindness = {
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
};

/** Distance of two colours in Oklab, where 1 lies between black and white. */
function distance(a: string, b: string, matrix: readonly number[]): number {
  const [x, y] = [a, b].map((colour) => {
    const rgb = channels(colour);
    const [r, g, bl] = [0, 3, 6].map((row) =>
      Math.max(
        0,
        rgb.reduce((sum, channel, index) => sum + channel * matrix[row + index]!, 0),
      ),
    ) as [number, number, number];
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * bl);
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * bl);
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * bl);
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ];
  }) as [number[], number[]];
  return Math.hypot(...x.map((value, index) => value - y[index]!));
}

describe.each(themes)("the $name theme", (theme) => {
  test("shows every series, claim and error bar at 3:1 or more on its background", () => {
    for (const colour of [...theme.palette, theme.claim, theme.ink]) {
      expect(contrast(colour, theme.background), colour).toBeGreaterThanOrEqual(3);
    }
  });

  test("shows every text at 4.5:1 or more", () => {
    for (const colour of [theme.ink, theme.muted, theme.claim]) {
      expect(contrast(colour, theme.background), colour).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(Object.entries(blindness))("keeps the first four series apart under %s", (_, matrix) => {
    const first = theme.palette.slice(0, 4);
    for (const a of first) for (const b of first) if (a !== b) expect(distance(a, b, matrix), `${a} ${b}`).toBeGreaterThan(0.06);
  });
});

test("both themes list the same roles, each colour once, so that one can stand in for the other", () => {
  expect(coloursOf(dark)).toHaveLength(coloursOf(light).length);
  for (const theme of themes) expect(new Set(coloursOf(theme)).size).toBe(coloursOf(theme).length);
});

test("sixteen series have sixteen looks", () => {
  const looks = Array.from({ length: 16 }, (_, slot) => Object.values(styleOf(light, slot)).join(" "));
  expect(new Set(looks).size).toBe(16);
  expect(new Set(markers).size).toBe(markers.length);
});
