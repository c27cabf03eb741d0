import { light } from "../theme.ts";

/**
 * A drawing as the page holds it: the same picture in fewer letters. A line is told from where the last one ended, and what most texts have
 * in common is said once. Texts keep their length, for a reader's browser may refuse the typeface that the page carries; it is held by
 * the spaces between letters, which is what a browser does by itself.
 */
export function compact(svg: string): string {
  return svg
    .replace(/ lengthAdjust="spacingAndGlyphs"/g, "")
    .replace(/ stroke-width="1"/g, "")
    .replace(/ d="([^"]*)"/g, (_, line: string) => ` d="${nearer(line)}"`)
    .replace(/<text\b[^>]*>/g, (tag) => common(placed(tag)))
    .replace(/<svg xmlns="[^"]*"/, `<svg${COMMON.join("")}`);
}

/** Of most texts; they inherit it from the drawing. Whatever else is painted has a colour of its own. */
const COMMON = [` fill="${light.muted}"`, ' font-size="12"'];

const common = (tag: string): string => COMMON.reduce((text, attribute) => text.replace(attribute, ""), tag);

/** A text that is only moved stands where it is moved to. */
function placed(tag: string): string {
  const moved = / transform="translate\((-?[\d.]+) (-?[\d.]+)\)" x="(-?[\d.]+)" y="(-?[\d.]+)"/;
  return tag.replace(moved, (_, right: string, down: string, x: string, y: string) => {
    return ` x="${written(hundredths(right) + hundredths(x))}" y="${written(hundredths(down) + hundredths(y))}"`;
  });
}

/** How many numbers each command of a path takes. */
const takes: { readonly [command: string]: number } = { M: 2, L: 2, Q: 4, C: 6, Z: 0 };

/** The same line in relative steps. Drawings have two decimals, so that nothing is rounded. */
function nearer(line: string): string {
  const steps = [...line.matchAll(/([A-Za-z])([^A-Za-z]*)/g)].map(([, command, rest]) => ({
    command: command!,
    ends: (rest!.match(/-?[\d.]+/g) ?? []).map(hundredths),
  }));
  if (steps.some(({ command, ends }) => takes[command] !== ends.length)) return line;
  let [x, y, fromX, fromY] = [0, 0, 0, 0];
  let told = "";
  for (const { command, ends } of steps) {
    const moves = ends.map((end, index) => end - (index % 2 === 0 ? x : y));
    told += command === "L" ? straight(moves[0]!, moves[1]!) : command.toLowerCase() + joined(moves);
    [x, y] = command === "Z" ? [fromX, fromY] : [ends.at(-2)!, ends.at(-1)!];
    if (command === "M") [fromX, fromY] = [x, y];
  }
  return told;
}

function straight(right: number, down: number): string {
  if (down === 0) return `h${written(right)}`;
  return right === 0 ? `v${written(down)}` : `l${joined([right, down])}`;
}

const hundredths = (number: string): number => Math.round(Number(number) * 100);

const written = (it: number): string => String(it / 100).replace(/^(-?)0\./, "$1.");

const joined = (numbers: readonly number[]): string => numbers.map(written).join(" ").replaceAll(" -", "-");
