/** The four defences, each put to a set of functions of which one may be spoilt. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { privateDirectory, timed } from "#lab";
import { examples, type Functions, type Tests } from "./_examples.ts";
import { faults, source, spoilt, type Fault } from "./_faults.ts";
import { properties, type Drawn } from "./_properties.ts";
import { growsTooSteeply } from "./_scaling.ts";
import { refused } from "./_type-check.ts";

/** A module of all functions, written out. */
interface Copy {
  /** Which function the defences look at. */
  readonly name: keyof Functions;
  readonly file: string;
  readonly functions: Functions;
}

/** What a defence looks at. */
export interface Lot extends AsyncDisposable {
  readonly folder: string;
  /** A copy for each fault. */
  readonly wrong: readonly Copy[];
  /** The same functions as they should be. */
  readonly right: readonly Copy[];
  readonly signal: AbortSignal;
}

/** Tells for each copy whether it is refused. */
export type Defence = (copies: readonly Copy[], lot: Lot) => Promise<boolean[]>;

/** Writes a copy for each fault and loads it anew, because some remember what they were asked before. The process tells the time in UTC. */
export async function lotOf(signal: AbortSignal): Promise<Lot> {
  process.env.TZ = "UTC";
  const folder = await privateDirectory();
  const copy = async (name: string, file: string, text: string): Promise<Copy> => {
    const whole = path.join(folder.directory, file);
    await writeFile(whole, text);
    return { name: name as keyof Functions, file, functions: (await import(pathToFileURL(whole).href)) as Functions };
  };
  try {
    const right = await copy("", "right.mts", source);
    const wrong = await Promise.all(faults.map((fault: Fault) => copy(fault.in, `${fault.in}.mts`, spoilt(fault))));
    return {
      folder: folder.directory,
      wrong,
      right: wrong.map(({ name }) => ({ ...right, name })),
      signal,
      [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
    };
  } catch (error) {
    await folder[Symbol.asyncDispose]();
    throw error;
  }
}

const oneByOne =
  (refuses: (copy: Copy) => Promise<boolean>): Defence =>
  async (copies) => {
    const answers: boolean[] = [];
    for (const copy of copies) answers.push(await refuses(copy));
    return answers;
  };

const testing = (tests: Tests): Defence =>
  oneByOne(async ({ name, functions }) => {
    try {
      await tests[name](functions);
      return false;
    } catch {
      return true;
    }
  });

export const typeCheck: Defence = async (copies, { folder, signal }) => {
  const found = await refused(folder, [...new Set(copies.map(({ file }) => file))], signal);
  return copies.map(({ file }) => found.has(file));
};
export const exampleTests = testing(examples);
export const propertyTests = (draw: Drawn): Defence => testing(properties(draw));
export const scalingTests = oneByOne(({ name, functions }) => growsTooSteeply(functions, name));

/** What a defence finds among the spoilt functions, how many right ones it refuses, and the seconds that it takes for both. */
export async function put(defence: Defence, lot: Lot) {
  const { seconds, result } = await timed(() => defence([...lot.wrong, ...lot.right], lot));
  const caught = faults.filter((_, index) => result[index]);
  return { caught, falseAlarms: result.slice(faults.length).filter(Boolean).length, seconds };
}
