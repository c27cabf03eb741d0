import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exact, seconds, count, fraction } from "../../src/model/metric.ts";
import type { Evidence } from "../../src/report/weave/answer.ts";
import { marksOf } from "../../src/report/weave/marks.ts";
import { weave } from "../../src/report/weave/weave.ts";
import { recordOf, scenarioWith } from "../testdata/record.ts";

const times = (center: number): number[] => [0.99, 1.01, 1, 1.005, 0.995].map((noise) => center * noise);
/** The noise of the two variants differs, so that their ratio has an interval. */
const column = (variant: string, records: number, time: number) => ({
  variant,
  point: { records, mode: "at rest" },
  readings: { time: variant === "sorted" ? times(time).toReversed() : times(time) },
});

const order = recordOf(
  [
    column("declared", 1_000, 0.5e-9),
    column("sorted", 1_000, 0.5e-9),
    column("declared", 10_000_000, 1.44e-9),
    column("sorted", 10_000_000, 1e-9),
  ],
  { experiment: "a-post/order", per: "record" },
);
const queue = recordOf(
  [
    { variant: "limited", readings: { p99: times(0.0123), lost: [0, 0, 0, 0, 0], share: times(0.44) } },
    { variant: "un limited", readings: { p99: times(0.2), lost: [3, 3, 3, 3, 3], share: times(0.5) } },
  ],
  { experiment: "a-post/queue", ...scenarioWith({ p99: seconds("lower"), lost: exact(count("lower")), share: fraction("higher") }) },
);
const apart = { ...order, experiment: "a-post/apart", agreement: { agree: false } };
const empty = { ...order, experiment: "a-post/empty", rounds: [], notTried: "there is no Postgres" };
const records = new Map([order, queue, apart, empty].map((it) => [it.experiment, it]));

const evidence: Evidence = {
  recordOf: (experiment, host) => {
    const record = records.get(experiment);
    if (!record) return { because: `there is no experiment ${experiment}` };
    return host === undefined || host === record.host.id ? record : { because: `no host ${host}` };
  },
  rulingOf: (subject, claim, at) =>
    claim === "a-01" ? (at({ records: 7 }) ? "reproduced" : `weaker in ${subject}`) : { because: "the post has no such claim" },
  parseValue: (_, text) => {
    if (text === "bad") throw new Error("it is no value");
    return /^[\d_]+$/.test(text) ? Number(text.replaceAll("_", "")) : text;
  },
};

const mark = (question: string, says = ""): string => `<!-- assay: ${question} -->${says}<!-- /assay -->`;
/** What a mark is filled with, or what is wrong with it. */
function filled(question: string): string {
  const { text, problems } = weave(mark(question), evidence);
  return problems.length > 0
    ? problems.map(({ line, column, message }) => `${line}:${column} ${message}`).join("\n")
    : marksOf(text).marks[0]!.says;
}

describe("what a mark is filled with", () => {
  const big = "at records=10_000_000";
  test.each([
    [`a-post/order ratio(declared, sorted) ${big}`, "1.44×"],
    [`a-post/order ratio(declared, sorted) ${big} as center`, "1.44×"],
    [`a-post/order ratio(declared,sorted,time) ${big} as number`, "1.44"],
    [`a-post/order ratio(declared, sorted) ${big} as percent`, "144%"],
    [`a-post/order ratio(declared, sorted) ${big} as more`, "44%"],
    [`a-post/order ratio(sorted, declared) ${big} as less`, "30.6%"],
    [`a-post/order ratio(declared, sorted) ${big} as less`, "−44%"],
    [`a-post/order ratio(declared, sorted) ${big} as n`, "5"],
    [`a-post/order ratio(declared, sorted) at records=1_000 as interval`, "1.000× [0.992, 1.008]"],
    [`a-post/order value(declared) ${big}`, "1.44 ns"],
    [`a-post/order value(declared) ${big} as interval`, "1.44 ns [1.43, 1.45]"],
    [`a-post/order value(declared) ${big} as estimate`, "1.44 ns [1.43, 1.45], n = 5"],
    [`a-post/order value(declared) ${big} as low`, "1.43 ns"],
    [`a-post/order value(declared) ${big} as high`, "1.45 ns"],
    [`a-post/order value(declared) at mode="at rest", records="10000000" on 0123456789ab`, "1.44 ns"],
    [`a-post/queue value(limited, p99)`, "12.3 ms"],
    [`a-post/queue value("un limited", lost) as number`, "3"],
    [`a-post/queue ratio(limited, "un limited", lost)`, "0×"],
    [`a-post/queue value(limited, share) as percent`, "44.0%"],
    [`a-post/order verdict(a-01) at records=7`, "reproduced"],
    [`a-post verdict(a-01) at records=8`, "weaker in a-post"],
    [`\n  a-post/order\n  ratio( declared , sorted )\n  ${big}\n`, "1.44×"],
  ])("%s", (question, words) => expect(filled(question)).toBe(words));
});

describe("what cannot be answered says where and what to do", () => {
  test.each([
    ["", /^1:14 expected a question/],
    ["order ratio(declared, sorted)", /^1:13 ratio needs the experiment as well: order\/<experiment>/],
    ["A-Post/x ratio(a, b)", /^1:13 a question begins with <article>\/<experiment>/],
    ["a-post/order", /^1:26 expected ratio/],
    ["a-post/order median(declared)", /^1:26 expected ratio/],
    ["a-post/order ratio declared", /^1:32 expected ratio\(/],
    ["a-post/order ratio(declared)", /ratio takes two variants/],
    ["a-post/order value(declared, time, more)", /value takes one variant/],
    ["a-post/order ratio(declared, sorted", /expected a comma and another name, or \)/],
    ["a-post/order ratio(declared, sorted) at", /expected a parameter and its value/],
    ["a-post/order ratio(declared, sorted) at records=10,000,000", /thousands are parted by underscores/],
    ["a-post/order ratio(declared, sorted) at records=bad", /^1:53 it is no value/],
    ["a-post/order ratio(declared, sorted) as big", /^1:53 a form is one of center, interval/],
    ["a-post/order ratio(declared, sorted) as n at records=1000", /^1:55 expected the end of the question/],
    ['a-post/order ratio("declared, sorted)', /closed with "/],
    ["a-post/order ratio(declared, sort)", /^1:42 there is no variant sort; there are declared, sorted/],
    ["a-post/order ratio(declared, sorted, speed)", /there is no metric speed; there are time, bytes/],
    ["a-post/order ratio(declared, sorted, rss) at records=1000", /the record has no ratio/],
    ["a-post/order ratio(declared, sorted)", /measured at 2 points; say which with at: records=1000, records=10000000/],
    ["a-post/order ratio(declared, sorted) at rows=7", /^1:53 there is no parameter rows; there are records, mode/],
    ["a-post/order ratio(declared, sorted) at records=7", /^1:61 no point has it; there are records=1000/],
    ["a-post/order ratio(declared, sorted) at mode=busy", /no point has it; there are mode="at rest"/],
    ["a-post/order value(declared) at records=1000 as more", /only a ratio is so much more/],
    ["a-post/order value(declared) at records=1000 as percent", /only a ratio or a share/],
    ["a-post/order value(declared) at records=1000 as number", /only a ratio or a count/],
    ["a-post/order value(declared) on elsewhere", /no host elsewhere/],
    ["a-post/queue value(limited)", /there is no metric time; there are p99/],
    ["a-post/apart ratio(declared, sorted)", /do not return the same, so their times are withheld/],
    ["a-post/empty ratio(declared, sorted)", /nothing was measured: there is no Postgres/],
    ["a-post/none ratio(declared, sorted)", /there is no experiment a-post\/none/],
    ["a-post verdict(a-99)", /^1:28 the post has no such claim/],
    ["a-post verdict(a-01, a-02)", /verdict takes one claim/],
    ["a-post verdict(a-01) as n", /takes no form/],
  ])("%s", (question, problem) => {
    expect(filled(question)).toMatch(problem);
    expect(weave(mark(question, "1.44×"), evidence).text).toBe(mark(question, "1.44×"));
  });
});

const ask = "a-post/order ratio(declared, sorted) at records=10000000";

test("a stale number is named with line and column, a right one is not, and neither is one that only wraps", () => {
  const post = `\uFEFF${mark(ask, "1.44×")}\r\n\r\nzwölf ${mark(ask, "\n 1.39× ")} and ${mark(ask)}\rand ${mark(`${ask} as estimate`, "1.44×\r\n[1.44, 1.44], n = 5")}`;
  const { stale, problems, numbers } = weave(post, evidence);
  expect(problems).toEqual([]);
  expect(numbers).toBe(4);
  expect(stale.slice(0, 2)).toEqual([
    { line: 4, column: 2, message: "says 1.39×, the record says 1.44×" },
    { line: 4, column: 44 + ask.length, message: "says nothing, the record says 1.44×" },
  ]);
});

test("only what stands between marks is written, and once written nothing is stale", () => {
  const around = ["\uFEFF# Post\r\n\r\n\ttab  \r\n", "  two\n", "\rthe end\u2028 without a line feed"] as const;
  const { text, stale } = weave(`${around[0]}${mark(ask, "\r\n 9× \n")}${around[1]}${mark(ask)}${around[2]}`, evidence);
  expect(stale).toHaveLength(2);
  expect(text).toBe(`${around[0]}${mark(ask, "\r\n 1.44× \n")}${around[1]}${mark(ask, "1.44×")}${around[2]}`);
  expect(weave(text, evidence)).toMatchObject({ text, stale: [], problems: [] });
});

const unread = (post: string): void => expect(weave(post, evidence)).toEqual({ text: post, numbers: 0, stale: [], problems: [] });

test.each([
  ["a fence", `\`\`\`md\n${mark("x")}\n\`\`\`\n`],
  ["a fence of tildes with ticks in it", `~~~\n\`\`\`\n${mark("x")}\n~~~~\n`],
  [
    "a fence in a list and in a quotation",
    `1. one\n\n   - \`\`\`\`\n     ${mark("x")}\n     \`\`\`\n     ${mark("y")}\n     \`\`\`\`\n\n> ~~~\n> ${mark("z")}\n> ~~~\n`,
  ],
  ["backticks", `Write \`${mark("x")}\` or \`\` ${mark("`y`")} \`\`.`],
  ["another comment", `<!-- soon: \`<!-- assay: x --> and\n<!--> <!-- of the assay: -->`],
])("marks in %s are left alone", (_, post) => unread(post));

test("what is no code hides no mark", () => {
  for (const before of ["a ` tick, ", "a \\` b ` ", "```one line``` ", "` and\n\nits fellow ` ", "<!-- a comment --> ", "<!--> ", "    "]) {
    expect(weave(`${before}${mark(ask, "9×")}`, evidence).stale, before).toHaveLength(1);
  }
});

test.each([
  ["an unclosed mark", `a\n <!-- assay: ${ask} -->1.44×`, ["2:2 this mark is never closed"]],
  [
    "nested marks",
    `<!-- assay: ${ask} -->${mark(ask)}<!-- /assay -->`,
    ["1:1 this mark is not closed before", `1:${ask.length * 2 + 48} this closes no mark`],
  ],
  ["an end without a beginning", "1.44×<!-- /assay -->", ["1:6 this closes no mark"]],
  ["a mark without its end", `<!-- assay: ${ask} 1.44× <!-- /assay -->`, ["1:1 this mark is not ended with -->"]],
  ["an unknown mark", "<!-- assay ratio(a, b) -->1<!-- /assay -->", ["1:1 this is no mark"]],
  ["a misspelt end", `<!-- assay: ${ask} -->1<!-- / assay -->`, ["1:1 this mark is not closed", `1:${ask.length + 18} this is no mark`]],
  ["a fence that is never closed", `\`\`\`\n${mark(ask)}`, ["1:1 this code block is never closed"]],
])("%s is named with its place and nothing is changed", (_, post, expected) => {
  const { text, problems } = weave(post, evidence);
  expect(text).toBe(post);
  expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual(
    expected.map((it) => expect.stringContaining(it)),
  );
});

test("hostile names and texts reach no terminal as they are", () => {
  const { stale, problems } = weave(mark(ask, "\u001b[2J\u202e9×") + mark('a-post/order ratio("\\u001b[2J", declared)'), evidence);
  for (const { message } of [...stale, ...problems]) expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(stale).toHaveLength(1);
  expect(problems).toHaveLength(1);
});

test("no text makes it throw, and a text without assay's name never changes", () => {
  const piece = fc.constantFrom(
    "<!--",
    "-->",
    "assay:",
    "/assay",
    "`",
    "```\n",
    "~~~\n",
    "\n\n",
    "\\",
    ask,
    "ratio(",
    '"',
    "=",
    " as ",
    " at ",
    "\u0000",
    "é",
    "\r",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 40 }), (pieces) => {
      const post = pieces.join("");
      const { text, stale, problems } = weave(post, evidence);
      if (stale.length === 0) expect(text).toBe(post);
      for (const { line, column } of [...stale, ...problems]) expect(Math.min(line, column)).toBeGreaterThan(0);
    }),
    { numRuns: 2_000, seed: 1 },
  );
});

test("a large text of nothing but beginnings is read to its end", () => {
  for (const piece of ["<!-- assay: ", "<!-- ", "`", "<!-- /assay -->", "``` ```\n", " "]) {
    expect(() => weave(`<!--${piece.repeat(100_000)}`, evidence), piece).not.toThrow();
  }
});
