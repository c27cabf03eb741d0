/** Five things to do with a list, each in a way that reads well and in one whose work does not grow with what is done already. */
import { seeded } from "#lab";

export interface Input {
  /** From 0 to below their count, with repetitions. */
  readonly numbers: readonly number[];
  /** One for each number, equal where these are. */
  readonly words: readonly string[];
}

export type Idiom = "spread in reduce" | "includes in a loop" | "filter for each row" | "shift as a queue" | "text looked at";

type Way = (input: Input) => unknown;

export const idioms: { readonly [K in Idiom]: { readonly plausible: Way; readonly linear: Way } } = {
  "spread in reduce": {
    plausible: ({ numbers }) => numbers.reduce<number[]>((all, it) => [...all, it + 1], []),
    linear({ numbers }) {
      const all: number[] = [];
      for (const it of numbers) all.push(it + 1);
      return all;
    },
  },
  "includes in a loop": {
    plausible({ numbers }) {
      const seen: number[] = [];
      for (const it of numbers) if (!seen.includes(it)) seen.push(it);
      return seen;
    },
    linear: ({ numbers }) => [...new Set(numbers)],
  },
  "filter for each row": {
    plausible: ({ numbers }) => numbers.map((_, row) => numbers.filter((it) => it === row).length),
    linear({ numbers }) {
      const rows = Map.groupBy(numbers, (it) => it);
      return numbers.map((_, row) => rows.get(row)?.length ?? 0);
    },
  },
  "shift as a queue": {
    plausible({ numbers }) {
      const waiting = [...numbers];
      let sum = 0;
      while (waiting.length > 0) sum = (31 * sum + waiting.shift()!) | 0;
      return sum;
    },
    linear({ numbers }) {
      const waiting = [...numbers];
      let sum = 0;
      for (let next = 0; next < waiting.length; next++) sum = (31 * sum + waiting[next]!) | 0;
      return sum;
    },
  },
  "text looked at": {
    plausible({ words }) {
      let text = "";
      for (const word of words) {
        text += word;
        if (!text.endsWith(".")) text += ".";
      }
      return text;
    },
    linear: ({ words }) => words.map((word) => (word.endsWith(".") ? word : `${word}.`)).join(""),
  },
};

/** A list as it comes: the same for all that are compared. */
export function inputOf(elements: number, random: () => number): Input {
  const numbers = Array.from({ length: elements }, () => Math.floor(random() * elements));
  return { numbers, words: numbers.map((it) => `word ${it}`) };
}

/** Elements of the list on which both ways must come to the same. */
const COMPARED = 60;

/** @throws {Error} unless both ways come to the same. */
export function mustAgree(name: Idiom): void {
  const { plausible, linear } = idioms[name];
  const input = inputOf(COMPARED, seeded(1));
  const [one, other] = [JSON.stringify(plausible(input)), JSON.stringify(linear(input))];
  if (one !== other) throw new Error(`${name} comes to ${one}, and written in the other way to ${other}`);
}
