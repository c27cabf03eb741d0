/**
 * Finds the marks in a post: `<!-- assay: QUESTION -->1.44×<!-- /assay -->`. What stands in a fenced code block, in code between backticks
 * or in another comment is no mark. Offsets count UTF-16 units from the start of the text.
 */

const OPEN = "<!--";
const CLOSE = "-->";

/** One pair of marks and what stands between them. */
export interface Mark {
  readonly question: string;
  /** Where the question begins. */
  readonly at: number;
  /** The text between the marks without the white space around it, and where that begins. White space alone is all of it. */
  readonly says: string;
  readonly from: number;
}

/** What is wrong, in words that say what to do, and where. */
export interface Problem {
  readonly at: number;
  readonly message: string;
}

export interface Marks {
  readonly marks: readonly Mark[];
  readonly problems: readonly Problem[];
}

interface Span {
  readonly at: number;
  /** Behind its last character. */
  readonly end: number;
}

/** A mark that was opened; one that is broken has no question. */
interface Opened extends Span {
  readonly question?: { readonly text: string; readonly at: number };
}

/** All marks of a text in order, and all that look like marks and are none. */
export function marksOf(text: string): Marks {
  const marks: Mark[] = [];
  const blocks = codeBlocks(text);
  const problems: Problem[] = blocks
    .filter(({ at, closed }) => !closed && /<!--\s*(?:\/\s*)?assay\b/i.test(text.slice(at)))
    .map(({ at }) => ({ at, message: "this code block is never closed, and marks inside code are not read; close it" }));
  let opened: Opened | undefined;
  for (const { at, end, inner } of assayComments(text, blocks)) {
    if (inner !== undefined && /^\s*\/assay\s*$/.test(inner)) {
      if (opened === undefined) problems.push({ at, message: "this closes no mark; remove it, or begin one with <!-- assay: … -->" });
      else if (opened.question) marks.push(markOf(text, opened.question, opened.end, at));
      opened = undefined;
      continue;
    }
    if (opened)
      problems.push({
        at: opened.at,
        message: "this mark is not closed before the next one begins; write <!-- /assay --> behind its number",
      });
    const [, before, question] = /^(\s*assay:)(.*)$/s.exec(inner ?? "") ?? [];
    opened = { at, end, ...(question !== undefined && { question: { text: question, at: at + OPEN.length + before!.length } }) };
    if (inner === undefined) problems.push({ at, message: "this mark is not ended with --> before the next one begins" });
    else if (question === undefined) {
      problems.push({ at, message: "this is no mark; write <!-- assay: question --> before a number and <!-- /assay --> behind it" });
    }
  }
  if (opened?.question) problems.push({ at: opened.at, message: "this mark is never closed; write <!-- /assay --> behind its number" });
  return { marks, problems: problems.toSorted((a, b) => a.at - b.at) };
}

function markOf(text: string, question: { readonly text: string; readonly at: number }, start: number, stop: number): Mark {
  const between = text.slice(start, stop);
  const trimmed = between.trim();
  const says = trimmed === "" ? between : trimmed;
  return { question: question.text, at: question.at, says, from: start + between.indexOf(says) };
}

interface CodeBlock extends Span {
  readonly closed: boolean;
}

/** Fenced code blocks as CommonMark has them, also in lists and quotations; one that is never closed reaches to the end. */
function codeBlocks(text: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { readonly at: number; readonly fence: string } | undefined;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    if (open) {
      const [, fence] = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/.exec(line) ?? [];
      if (fence === undefined || fence[0] !== open.fence[0] || fence.length < open.fence.length) continue;
      blocks.push({ at: open.at, end: index + line.length, closed: true });
      open = undefined;
    } else {
      const [, fence, info = ""] = /^(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
      if (fence !== undefined && !(fence[0] === "`" && info.includes("`"))) open = { at: index, fence };
    }
  }
  return open ? [...blocks, { at: open.at, end: text.length, closed: false }] : blocks;
}

interface Comment extends Span {
  /** What it says; undefined where it does not end before the next one begins. */
  readonly inner?: string;
}

/** Comments outside code that begin with assay's name. */
function* assayComments(text: string, blocks: readonly Span[]): Generator<Comment> {
  // Signs that a backslash precedes are none.
  const sign = /\\[!-/:-@[-`{-~]|`+|<!--/g;
  const named = /<!--\s*(?:\/\s*)?assay\b/iy;
  const edge = /<!--|-->/g;
  const lastEnd = text.lastIndexOf(CLOSE);
  let block = 0;
  for (let found = sign.exec(text); found; found = sign.exec(text)) {
    const at = found.index;
    while (block < blocks.length && blocks[block]!.end <= at) block++;
    const next = blocks[block];
    named.lastIndex = at;
    if (next && next.at <= at) sign.lastIndex = next.end;
    else if (found[0].startsWith("`")) sign.lastIndex = codeEnd(text, sign.lastIndex, found[0], next?.at ?? text.length);
    else if (found[0] === OPEN && named.test(text)) {
      edge.lastIndex = sign.lastIndex;
      const ends = edge.exec(text)?.[0] === CLOSE;
      if (ends) sign.lastIndex = edge.lastIndex;
      yield { at, end: sign.lastIndex, ...(ends && { inner: text.slice(at + OPEN.length, edge.lastIndex - CLOSE.length) }) };
    } else if (found[0] === OPEN && at + 2 <= lastEnd) {
      sign.lastIndex = text.indexOf(CLOSE, at + 2) + CLOSE.length; // `<!-->` is a whole comment
    }
  }
}

/** Where code between backticks ends: behind as many of them, in the same paragraph; where there are none the first ones begin nothing. */
function codeEnd(text: string, from: number, ticks: string, before: number): number {
  const run = /`+|\n[ \t]*\r?\n|\r[ \t]*\r/g;
  run.lastIndex = from;
  for (let found = run.exec(text); found && found.index < before; found = run.exec(text)) {
    if (found[0] === ticks) return run.lastIndex;
    if (!found[0].startsWith("`")) break;
  }
  return from;
}
