/**
 * A log holds what strangers write into it. This line is an at sign, a dot and then thousands of letters, and nothing in it is a mail
 * address. An engine that backtracks tries the post's pattern for mail at every letter, runs to the end of the line each time, and comes
 * back. Four times the line is sixteen times the work. An engine in RE2's manner reads each letter once, whatever the pattern.
 *
 * On two logarithmic axes work that grows with the length has slope one, work that grows with its square has slope two. V8's engine has
 * two; its second engine (flag `l`), RE2 in ClickHouse, and re2js, a port of RE2, have one. *At most 64* is V8 again with a pattern that
 * takes no more than 64 letters before the at sign, which is all that a mail address may have (RFC 5321): the cheap way out where the
 * engine cannot be chosen. Looking for an at sign first is none: the line begins with one, and with a dot for whoever looks for that.
 *
 * The post's pattern is not exotic. Patterns of the kind `(a+)+$` are far worse in V8, twice the work for each letter more; they are not
 * run here.
 *
 * How you could be fooled: by an engine that sees that a character it needs is missing and does not begin (re2js does: both are there); by
 * what a statement costs beside its work (ClickHouse gets so many copies of the line that it has megabytes to read, no two neighbours
 * alike); by first calls, while V8 compiles (as many come before, untimed); by what one engine leaves behind for the next (they share a
 * process, in another order each round, and ClickHouse is opened anew each time; `npm run together` compares that with processes of their
 * own); and by two points, through which any law can be drawn (full effort runs five). Nothing can stop a regular expression in V8 once it
 * runs, so the longest line is one that takes it about an eighth of a second.
 */
import { RE2JS } from "re2js";
import { clickhouse, GiB, growth, scenario, seconds, timed } from "#lab";
import { chained } from "./_expressions.ts";
import { mail } from "./_patterns.ts";
import { chainedMask, type Mask } from "./_v8.ts";
import article from "./article.ts";

/** Bytes that ClickHouse reads in a statement. */
const READ = 4_000_000;
/** Statements that are timed; the median counts, because ClickHouse compiles an expression when it comes for the third time. */
const STATEMENTS = 3;
/** Seconds that calls take together, at least. */
const LONG_ENOUGH = 0.03;
const LOCAL_PART = 64;

const BEGIN = "@.";
const hostile = (length: number): string => BEGIN + "a".repeat(length - BEGIN.length);

/** Seconds for one line. */
async function inJavaScript(mask: Mask, length: number): Promise<number> {
  const line = hostile(length);
  const called = async (): Promise<number> => {
    let [calls, spent] = [0, 0];
    for (; spent < LONG_ENOUGH; calls++) {
      const { seconds: once, result } = await timed(async () => mask(line));
      if (result !== line) throw new Error("the mask changed a line that holds no address");
      spent += once;
    }
    return spent / calls;
  };
  await called();
  return called();
}

/** Seconds for one line, by one processor, statement by statement. */
async function inClickHouse(length: number): Promise<number[]> {
  await using engine = await clickhouse();
  const copies = Math.ceil(READ / length);
  const line = `concat('${BEGIN}', repeat('a', ${length - BEGIN.length} + number % 2))`;
  const masked = chained("ClickHouse", "line", [mail]);
  const sql = `SELECT count() FROM (SELECT ${line} AS line FROM numbers(${copies})) WHERE ${masked} = line SETTINGS max_threads = 1`;
  await engine.query(sql);
  const times: number[] = [];
  for (let statement = 0; statement < STATEMENTS; statement++) {
    const { seconds: spent, result } = await timed(() => engine.query(sql));
    if (result[0]![0] !== copies) throw new Error("the mask changed a line that holds no address");
    times.push(spent / copies);
  }
  return times;
}

const port = RE2JS.compile(mail.source);
const bounded = { ...mail, source: mail.source.replace("]+@", `]{1,${LOCAL_PART}}@`) };

export default scenario(article, {
  question: "What does a line cost that was written to be slow?",
  sweep: { length: [500, 1_000, 2_000, 4_000, 8_000] },
  quick: { length: [500, 8_000] },
  flags: ["--enable-experimental-regexp-engine"],
  timeout: 60,
  memory: 6 * GiB,
  together: true,
  metrics: { line: seconds("lower", "time for one line") },
  setup: ({ length }) => length,
  // The first is the null control as well, so it is the one that the claim is about.
  variants: {
    "RE2 in ClickHouse": async (length) => ({ line: await inClickHouse(length) }),
    V8: async (length) => ({ line: await inJavaScript(chainedMask([mail]), length) }),
    "V8, at most 64": async (length) => ({ line: await inJavaScript(chainedMask([bounded]), length) }),
    "V8, linear engine": async (length) => ({ line: await inJavaScript(chainedMask([mail], "l"), length) }),
    "RE2 port (re2js)": async (length) => ({ line: await inJavaScript((line) => port.matcher(line).replaceAll(mail.mark), length) }),
  },
  claims: {
    "ch-mask-05": [
      {
        says: "in ClickHouse a hostile line 16 times as long takes at most 32 times as long: RE2's law gives 16, backtracking 256",
        holds: growth("RE2 in ClickHouse", { length: 500 }, "line").atMost(32),
        at: { length: 8_000 },
      },
    ],
  },
});
