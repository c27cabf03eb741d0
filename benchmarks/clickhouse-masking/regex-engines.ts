/**
 * How fast is a log masked, by which engine, and is one walk over a line faster than a walk for each pattern? The same lines go through
 * V8's own engine, which backtracks; V8's second engine, which does not (flag `l`, experimental); RE2 as ClickHouse and as DuckDB call it;
 * and re2js, a port of RE2 to JavaScript, which says more about JavaScript than about RE2.
 *
 * *Chained* replaces one pattern after the other. *Callback* is V8's only: one alternation, and a function that looks which pattern it
 * was, so that each kind keeps its mark. *One call* is the same alternation in ClickHouse, with one mark for all. *Literal first* looks
 * for a text that a pattern cannot do without ("@") before it runs the pattern.
 *
 * What to expect: RE2 turns an alternation into one automaton, and an automaton takes a step a character however many patterns are in it.
 * One call so costs about the same for two patterns as for sixteen, and the chain costs more with each, though less than in proportion:
 * for a pattern that begins with fixed letters an engine only has to search for those. An engine that backtracks tries the alternatives of
 * one walk one after the other at every place, so V8 gains less, and for two patterns next to nothing. What gains most there is not to run
 * a pattern at all on lines that lack its letter.
 *
 * Go's regexp is of RE2's kind and slower than it, so ratios between ways carry over better than rates.
 *
 * How you could be fooled: by counting what a statement costs beside its work (the databases mask the lines 32 times over in one
 * statement, each copy with an ending of its own: DuckDB stores a text that comes again once, and would mask it once); by more processors
 * (databases get one); by the first lines, with which patterns are compiled (not timed); by what one way leaves behind for the next (they
 * share a process, in another order each round, and each opens its database anew; `npm run together` compares that with processes of their
 * own); by patterns that disagree (all must mask alike before anything is timed, marks made one); and by characters taken for bytes (rates
 * are bytes of UTF-8, for all).
 */
import { RE2JS } from "re2js";
import { bytesPerSecond, clickhouse, duckdb, GiB, ratio, scenario, timed, type Engine } from "#lab";
import { chained, inOneCall } from "./_expressions.ts";
import { bytesIn, lengthOf, linesOf, load, textsOf } from "./_lines.ts";
import { firstPatterns, marksAlike, type Pattern } from "./_patterns.ts";
import { callbackMask, chainedMask, literalMask, type Mask } from "./_v8.ts";
import article from "./article.ts";

/** Seconds that passes over the lines take together, at least. */
const LONG_ENOUGH = 0.04;

interface Lines extends AsyncDisposable {
  readonly lines: readonly string[];
  readonly patterns: readonly Pattern[];
  readonly engine: Engine | undefined;
}

interface Way {
  readonly rate: (it: Lines) => Promise<number>;
  readonly texts: (it: Lines) => Promise<readonly string[]>;
  readonly engine?: "ClickHouse" | "DuckDB";
}

/** A mask in this process. */
const inJavaScript = (maskOf: (patterns: readonly Pattern[]) => Mask): Way => ({
  rate: async ({ lines, patterns }) => {
    const mask = maskOf(patterns);
    const pass = async (): Promise<number> => lines.reduce((sum, line) => sum + mask(line).length, 0);
    lines.slice(0, lines.length / 4).forEach(mask);
    let [passes, seconds] = [0, 0];
    for (; seconds < LONG_ENOUGH; passes++) seconds += (await timed(pass)).seconds;
    return (passes * bytesIn(lines)) / seconds;
  },
  texts: async ({ lines, patterns }) => lines.map(maskOf(patterns)),
});

/** A mask that a database computes. */
const inDatabase = (engine: "ClickHouse" | "DuckDB", expressionOf: typeof chained): Way => ({
  rate: async (it) => {
    const expression = expressionOf(engine, "line", it.patterns);
    // Reads the lines once, so that the statement that is timed finds them in memory.
    const bytes = await lengthOf(it.engine!, "line");
    // ClickHouse's first statement with sixteen patterns takes longer than all their walks over all copies; what it prepares is kept.
    await lengthOf(it.engine!, expression, "first");
    return bytes / (await timed(() => lengthOf(it.engine!, expression))).seconds;
  },
  texts: ({ engine: on, patterns }) => textsOf(on!, expressionOf(engine, "line", patterns)),
  engine,
});

function re2jsMask(patterns: readonly Pattern[]): Mask {
  const compiled = patterns.map(({ source, mark }) => ({ expression: RE2JS.compile(source), mark }));
  return (line) => compiled.reduce((text, { expression, mark }) => expression.matcher(text).replaceAll(mark), line);
}

const ways = {
  "V8, chained": inJavaScript((patterns) => chainedMask(patterns)),
  "V8, callback": inJavaScript(callbackMask),
  "V8, literal first": inJavaScript(literalMask),
  "V8, linear engine": inJavaScript((patterns) => chainedMask(patterns, "l")),
  "RE2 in ClickHouse, chained": inDatabase("ClickHouse", chained),
  "RE2 in ClickHouse, one call": inDatabase("ClickHouse", inOneCall),
  "RE2 in DuckDB, chained": inDatabase("DuckDB", chained),
  "RE2 port (re2js)": inJavaScript(re2jsMask),
} as const;

const wayOf = (variant: string): Way => ways[variant as keyof typeof ways];

async function engineOf(way: Way, messages: number): Promise<Engine | undefined> {
  const stored = { name: `masking-lines-${messages}`, fill: (engine: Engine) => load(engine, linesOf(messages)) };
  if (way.engine === "ClickHouse") return clickhouse({ stored });
  if (way.engine === undefined) return undefined;
  const engine = await duckdb({ stored });
  await engine.query("SET threads = 1");
  return engine;
}

const masked = (way: Way) => async (it: Lines) => ({ rate: await way.rate(it) });

/** Whether one walk for so many patterns is at least a fifth faster than one for each. */
const oneWalkWins = (patterns: 2 | 16) => [
  {
    says: `RE2 in ClickHouse: one call for ${patterns} patterns masks at least 1.2 times as fast as ${patterns} calls`,
    holds: ratio("RE2 in ClickHouse, one call", "RE2 in ClickHouse, chained", "rate").atLeast(1.2),
    at: { patterns, messages: 1 },
  } as const,
  {
    says: `V8: one alternation of ${patterns} patterns with a callback masks at least 1.2 times as fast as ${patterns} replacements`,
    holds: ratio("V8, callback", "V8, chained", "rate").atLeast(1.2),
    at: { patterns, messages: 1 },
    model: true,
  } as const,
];

export default scenario(article, {
  question: "How fast do regular expressions mask a log, by engine and by the number of patterns?",
  sweep: { patterns: [1, 2, 4, 8, 16], messages: [1, 10, 100] },
  quick: { patterns: [16], messages: [1] },
  flags: ["--enable-experimental-regexp-engine"],
  timeout: 60,
  memory: 6 * GiB,
  together: true,
  metrics: { rate: bytesPerSecond("higher", "text masked") },
  setup: async ({ patterns, messages }, { variant }): Promise<Lines> => {
    const engine = await engineOf(wayOf(variant), messages);
    const end = async (): Promise<void> => void (await engine?.[Symbol.asyncDispose]());
    return { lines: linesOf(messages), patterns: firstPatterns(patterns), engine, [Symbol.asyncDispose]: end };
  },
  agree: async (it, { variant }) => (await wayOf(variant).texts(it)).map(marksAlike),
  variants: {
    "V8, chained": masked(ways["V8, chained"]),
    "V8, callback": masked(ways["V8, callback"]),
    "V8, literal first": masked(ways["V8, literal first"]),
    "V8, linear engine": masked(ways["V8, linear engine"]),
    "RE2 in ClickHouse, chained": masked(ways["RE2 in ClickHouse, chained"]),
    "RE2 in ClickHouse, one call": masked(ways["RE2 in ClickHouse, one call"]),
    "RE2 in DuckDB, chained": masked(ways["RE2 in DuckDB, chained"]),
    "RE2 port (re2js)": masked(ways["RE2 port (re2js)"]),
  },
  claims: { "ch-mask-08": [...oneWalkWins(16), ...oneWalkWins(2)] },
});
