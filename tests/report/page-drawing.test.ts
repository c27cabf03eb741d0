import { describe, expect, test } from "vitest";
import { drawSvg } from "../../src/report/draw.ts";
import { compact } from "../../src/report/page/drawing.ts";
import { light } from "../../src/report/theme.ts";
import { figures } from "../testdata/report/figures.ts";
import { labelsOf } from "./labels.ts";
import { faultOf } from "./xml.ts";

/** Where every step of a path ends and bends, from the picture's own corner. */
function corners(path: string): string[] {
  let [x, y, fromX, fromY] = [0, 0, 0, 0];
  return [...path.matchAll(/([A-Za-z])([^A-Za-z]*)/g)].map(([, command = "", rest = ""]) => {
    const numbers = (rest.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number);
    const isRelative = command === command.toLowerCase();
    const pairs = { h: [numbers[0]!, 0], v: [0, numbers[0]!] }[command] ?? numbers;
    const all = pairs.map((it, index) => it + (isRelative ? (index % 2 === 0 ? x : y) : 0));
    [x, y] = command.toLowerCase() === "z" ? [fromX, fromY] : [all.at(-2)!, all.at(-1)!];
    if (command.toLowerCase() === "m") [fromX, fromY] = [x, y];
    return all.map((it) => it.toFixed(2).replace("-0.00", "0.00")).join(" ");
  });
}

const paths = (svg: string): string[][] => [...svg.matchAll(/ d="([^"]*)"/g)].map(([, path]) => corners(path!));

/** What a text inherits from its drawing, written into it. */
const spelled = (svg: string): string => svg.replace(/<text\b(?![^>]*font-size)/g, '<text font-size="12"');

describe.each(figures)("a page's drawing of $id", ({ it }) => {
  const svg = drawSvg(it, light, { width: 720, framed: false });
  const short = compact(svg);

  test("has every line and every text in its place", () => {
    expect(paths(short)).toEqual(paths(svg));
    const [before, after] = [labelsOf(svg), labelsOf(spelled(short))];
    expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    after.forEach((label, index) => {
      for (const side of ["left", "right", "top", "bottom"] as const) expect(label[side]).toBeCloseTo(before[index]![side], 6);
    });
  });

  test("is sound, shorter, and leaves nothing but texts to the colour that they share", () => {
    expect(faultOf(short)).toBeUndefined();
    expect(short.length).toBeLessThan(0.8 * svg.length);
    const painted = short.replace(/<clipPath[\s\S]*?<\/clipPath>/g, "").match(/<(path|rect|circle|ellipse|polygon)\b[^>]*>/g) ?? [];
    for (const tag of painted) expect(tag).toMatch(/ fill="/);
  });
});

test("a path that holds what charts do not draw stays as it is", () => {
  const path = "M1 2A3 3 0 0 1 4 5";
  expect(compact(`<svg xmlns="x"><path fill="none" d="${path}"/></svg>`)).toContain(` d="${path}"`);
});

test("closing a path leads back to where it began", () => {
  expect(compact('<path d="M10 10L20 10L20.5 30Q21 31 22 32C1 2 3 4 5 6ZM11 11L11 12"/>')).toBe(
    '<path d="m10 10h10l.5 20q.5 1 1.5 2c-21-30-19-28-17-26zm1 1v1"/>',
  );
});
