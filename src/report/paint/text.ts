import { typeface } from "../theme.ts";

/** Advances of Inter by the width of the letter, in em; what is in no class is as wide as an `n`. */
const advances: readonly (readonly [RegExp, number])[] = [
  [/[ijlI.,:;|!'·]/, 0.27],
  [/[ frt()[\]-]/, 0.36],
  [/[mwMW@%—…]/, 0.88],
  [/[A-Z0-9+=<>≤≥×_~]/, 0.67],
];

/** Pixels that a text takes, a little generously; semibold is 4 % wider. */
export function estimate(text: string, size: number, strong: boolean): number {
  let em = 0;
  for (const letter of text) em += advances.find(([letters]) => letters.test(letter))?.[1] ?? 0.585;
  return em * size * (strong ? 1.05 : 1.01);
}

/** Breaks a text into lines that fit; a word longer than a line is cut hard, and no line begins with a middle dot. */
export function wrap(text: string, width: number, size: number, strong: boolean): string[] {
  // A word longer than a line is cut by the widest common letter: its estimate is not to be trusted.
  const most = Math.max(4, Math.floor(width / (size * 0.67)));
  const fits = (text: string): boolean => estimate(text, size, strong) <= width;
  const lines: string[] = [];
  let line = "";
  for (const word of text
    .replace(/[\t\r\n]+/g, " ")
    .replaceAll(" · ", "\u00a0· ")
    .split(/ +/)
    .flatMap((it) => (fits(it) ? [it] : (it.match(new RegExp(`.{1,${most}}`, "gu")) ?? [])))) {
    if (line !== "" && !fits(`${line} ${word}`)) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}

/** A font as a canvas wants it. */
export function font(size: number, strong: boolean): string {
  return `${strong ? typeface.strong : typeface.regular} ${size}px ${typeface.family}`;
}
