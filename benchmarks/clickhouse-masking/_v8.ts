/** Masks in V8. */
import type { Pattern } from "./_patterns.ts";

export type Mask = (line: string) => string;

/** @param flags beside `g`: `l` asks V8 for its engine that never backtracks, which has to be switched on by a flag of the runtime. */
export function chainedMask(patterns: readonly Pattern[], flags = ""): Mask {
  const compiled = patterns.map(({ source, mark }) => ({ expression: new RegExp(source, `g${flags}`), mark }));
  return (line) => compiled.reduce((text, { expression, mark }) => text.replace(expression, mark), line);
}

/** One walk, a group for each pattern; the function that V8 calls for each match looks which group it was, and so each kind keeps its mark. */
export function callbackMask(patterns: readonly Pattern[]): Mask {
  const expression = new RegExp(patterns.map(({ source }) => `(${source})`).join("|"), "g");
  const marks = patterns.map(({ mark }) => mark);
  return (line) => line.replace(expression, (_match, ...groups: unknown[]) => marks[groups.findIndex((group) => group !== undefined)]!);
}

/** The chain, each pattern behind a search for the text that it cannot do without. */
export function literalMask(patterns: readonly Pattern[]): Mask {
  const steps = patterns.map((pattern) => ({ mask: chainedMask([pattern]), must: pattern.must ?? "" }));
  return (line) => steps.reduce((text, { mask, must }) => (text.includes(must) ? mask(text) : text), line);
}
