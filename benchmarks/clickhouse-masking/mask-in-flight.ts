/**
 * What does it cost a reader that the log is masked on the way? A ClickHouse holds the log of a web shop, a quarter of its messages with a
 * mail or an IPv4 address in them, and answers three questions from each of four places: *lines* (the text of one service's lines in a
 * stretch of time), *search* (how many messages say something, all of them read) and *numbers* (errors and p99 by service, no text
 * touched).
 *
 * *Raw* reads the table. *View* calls `replaceRegexpAll` for each pattern, one around the other, whenever the text is read. *One call*
 * looks for all patterns at once. RE2's replacement can repeat what was found and not choose by which pattern found it, so both kinds get
 * the same mark: "[REDACTED]" is the best that one call can do. *Column* holds the masked text beside the other, computed once at write.
 *
 * Masking policies exist in ClickHouse Cloud alone. What they are told to do to a column is such an expression, and the view computes it:
 * it stands in for them, and every verdict on it is about a model of a policy.
 *
 * What to expect: masking costs a processor some tenths of a microsecond a message and pattern. A page of lines does not show that beside
 * finding and sending them, numbers do not pay it at all, and a search pays it for every message there is.
 *
 * How you could be fooled: by a question that never reads the text (`length(message)` reads the sizes alone; here text is sent or
 * searched); by one question for all (there are three); by a column that was masked otherwise (all ways must answer alike, marks made one,
 * and V8 masks what is read raw); by the first answer, which fetches the table and compiles the patterns (it is not timed); by what one way
 * leaves behind for the next (they share a process, in another order each round, and each opens the database anew; `npm run together`
 * compares that with processes of their own); and by parts that are merged meanwhile (the table is merged to one before it is put away).
 * The engine would use all processors; here each question has one, so that its time is its work.
 */
import { beside, bytes, GiB, perSecond, ratio, scenario, seconds, timed } from "#lab";
import { ask, logIn, type Question, type Source, type Way } from "./_log.ts";
import { firstPatterns, marksAlike } from "./_patterns.ts";
import { chainedMask } from "./_v8.ts";
import article from "./article.ts";

const ANSWERS = 3;

async function answered(source: Source, question: Question): Promise<number[]> {
  await ask(source, question);
  const times: number[] = [];
  for (let answer = 0; answer < ANSWERS; answer++) times.push((await timed(() => ask(source, question))).seconds);
  return times;
}

async function asked(source: Source) {
  const search = await answered(source, "search");
  return {
    lines: await answered(source, "lines"),
    search,
    numbers: await answered(source, "numbers"),
    rate: search.map((time) => source.rows / time),
    stored: await source.size(),
  };
}

/** Two passes that are one: the reading where one call is at least a fifth quicker than the chain. */
const oneCallWins = (patterns: 2 | 4 | 8 | 16) =>
  ({
    says: `in ClickHouse one call for ${patterns} patterns masks and searches the log at least 1.2 times as fast as ${patterns} calls`,
    holds: ratio("view", "one call", "search").atLeast(1.2),
    at: { rows: 100_000, patterns },
  }) as const;

export default scenario(article, {
  question: "What do three questions to a log cost when its text is masked on the way?",
  sweep: { rows: [100_000, 1_000_000], patterns: [1, 2, 4, 8, 16] },
  quick: { rows: [100_000], patterns: [2] },
  timeout: 120,
  memory: 6 * GiB,
  together: true,
  metrics: {
    lines: seconds("lower", "time for the lines of a service"),
    search: seconds("lower", "time for a search in all messages"),
    numbers: seconds("lower", "time for numbers without text"),
    rate: perSecond("higher", "messages searched"),
    stored: bytes("lower", "the table on disk"),
  },
  chart: beside("lines", "search", "numbers"),
  setup: async ({ rows, patterns }, { variant }) => ({ ...(await logIn(rows, variant as Way, patterns)), variant, patterns }),
  agree: async (source) => {
    const masked = chainedMask(firstPatterns(source.patterns));
    const readable = (text: string): string => marksAlike(source.variant === "raw" ? masked(text) : text);
    const lines = await ask(source, "lines");
    if (lines.length === 0) throw new Error("no line was found to compare");
    const answers = [await ask(source, "search"), await ask(source, "numbers")];
    return [lines.map(([id, message]) => [id, readable(String(message))]), ...answers];
  },
  variants: { raw: asked, view: asked, "one call": asked, column: asked },
  claims: {
    "ch-mask-02": [
      {
        says: "the lines of a service take at most twice as long through the mask as raw: more than that would be ruin",
        holds: ratio("view", "raw", "lines").atMost(2),
        at: { rows: 100_000, patterns: 2 },
        model: true,
      },
      {
        says: "numbers that need no text take at most twice as long through the mask as raw",
        holds: ratio("view", "raw", "numbers").atMost(2),
        at: { rows: 100_000, patterns: 2 },
        model: true,
      },
      {
        says: "a search through all messages takes at most twice as long through the mask as raw",
        holds: ratio("view", "raw", "search").atMost(2),
        at: { rows: 100_000, patterns: 2 },
        model: true,
      },
    ],
    "ch-mask-08": [oneCallWins(2), oneCallWins(4), oneCallWins(8), oneCallWins(16)],
  },
});
