import { oneLine } from "../words.ts";
import { answer, type Evidence } from "./answer.ts";
import { marksOf, type Problem } from "./marks.ts";
import { parseQuestion, Unanswerable } from "./question.ts";

/** Something to say of a place in a post. Lines and columns count from one, columns in UTF-16 units, as editors count them. */
export interface Finding {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface Woven {
  /** The post with every number as the records have it, nothing but what stands between marks changed; where there is a problem, as it was. */
  readonly text: string;
  /** Pairs of marks. */
  readonly numbers: number;
  /** Numbers that say something else than the records, or nothing, in order. */
  readonly stale: readonly Finding[];
  /** Marks that cannot be read or answered, in order. */
  readonly problems: readonly Finding[];
}

/** Fills and verifies the numbers of a post. Pure. How a line was broken between marks makes no difference. */
export function weave(text: string, evidence: Evidence): Woven {
  const { marks, problems } = marksOf(text);
  const found: Problem[] = [...problems];
  const stale: Problem[] = [];
  let woven = "";
  let copied = 0;
  for (const { question, at, says, from } of marks) {
    try {
      const should = answer(parseQuestion(question), evidence);
      const said = says.trim().replace(/\s+/g, " ");
      if (said === should) continue;
      stale.push({ at: from, message: `says ${said === "" ? "nothing" : oneLine(said, 60)}, the record says ${should}` });
      woven += text.slice(copied, from) + should;
      copied = from + says.length;
    } catch (error) {
      if (!(error instanceof Unanswerable)) throw error;
      found.push({ at: at + error.at, message: error.message });
    }
  }
  const place = placesOf(text);
  const placed = (all: readonly Problem[]): Finding[] =>
    all.toSorted((a, b) => a.at - b.at).map(({ at, message }) => ({ ...place(at), message }));
  return {
    text: found.length > 0 ? text : woven + text.slice(copied),
    numbers: marks.length,
    stale: placed(stale),
    problems: placed(found),
  };
}

/** Line and column of an offset. A byte order mark takes no column. */
function placesOf(text: string): (at: number) => { readonly line: number; readonly column: number } {
  const starts = [text.startsWith("\uFEFF") ? 1 : 0];
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return (at) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= at) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: at - starts[low]! + 1 };
  };
}
