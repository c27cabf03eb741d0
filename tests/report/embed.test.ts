import { expect, test } from "vitest";
import { ratio, step, value } from "../../src/model/claim.ts";
import type { Bound } from "../../src/model/claim.ts";
import type { Interval, Verdict } from "../../src/model/verdict.ts";
import { altOf, baseOf, embed, type Embedded } from "../../src/report/embed.ts";
import { figure } from "../../src/report/figure.ts";
import { estimates } from "../../src/stats/estimate.ts";
import { reportOf } from "../testdata/report/input.ts";
import { all } from "../testdata/report/synthetic.ts";
import { faultOf } from "./xml.ts";

const { id, definition, truth } = all[0];
const report = reportOf(id, definition, truth);
const record = report.record!;
const drawn = figure(definition, id, record, estimates(record), []);

const verdict = (bound: Bound, measured: Partial<Interval> = {}, at: Verdict["at"] = {}): Verdict => ({
  claim: "cache-01",
  experiment: id,
  says: "",
  ruling: "undecided",
  bound,
  at,
  measured: { center: 1.4412, low: 1.4102, high: 1.4733, n: 5, level: 0.95, ...measured },
});
const subject = (...verdicts: Verdict[]): Embedded => ({ id, figure: drawn, record, verdicts });

test("the alternative text says what was asked and what came out, with its interval", () => {
  const alt = altOf(subject(verdict(ratio("24-byte records", "16-byte records").atLeast(1.3), {}, { records: 10_000_000 })));
  expect(alt).toBe(
    `${drawn.title} 24-byte records takes 1.44 times as long as 16-byte records at records = 10,000,000, interval 1.41 to 1.47.`,
  );
});

test("a part of once is told from the other side, and two claims about the same two variants are one sentence", () => {
  const less = verdict(ratio("sorted", "declared").atMost(0.7), { center: 0.5, low: 0.4, high: 0.78 });
  const more = verdict(ratio("declared", "sorted").atLeast(1.3), { center: 2, low: 1.25, high: 2.5 });
  expect(altOf(subject(less))).toContain("declared takes 2.0 times as long as sorted, interval 1.3 to 2.5.");
  expect(altOf(subject(less, more)).match(/times as long/g)).toHaveLength(1);
});

test("values, steps, other readings and facts have sentences of their own; more than three of them nobody listens to", () => {
  const verdicts = [
    verdict(value("ordered", "time").atMost(1), { center: 1.02e-9, low: 0.98e-9, high: 1.07e-9 }),
    verdict(step("scattered", 1, "bytes").atMost(1), { center: 49152, low: 40960, high: 57344 }),
    verdict(ratio("ordered", "scattered", "bytes").atMost(1), { center: 3, low: 3, high: 3, level: 1 }),
  ];
  const alt = altOf(subject(...verdicts, verdict(ratio("a", "b").atMost(1))));
  expect(alt).toMatch(/ of ordered is 1\.02 ns, interval 0\.98 to 1\.07\./);
  expect(alt).toContain("scattered has step 1 at 48 KiB, interval 40 to 56.");
  expect(alt).toMatch(/ordered has 3(\.0+)? times the .* of scattered\.$/);
});

test("where no claim was measured the figure tells it in its own words", () => {
  expect(altOf(subject())).toBe(drawn.alt);
});

test("every synthetic record gives a picture with both themes, a size, numbers in words, and a frame", () => {
  for (const it of all) {
    const { record, verdicts } = reportOf(it.id, it.definition, it.truth);
    const picture = figure(it.definition, it.id, record!, estimates(record!), verdicts);
    const html = embed({ id: it.id, figure: picture, record: record!, verdicts }, "https://journal.example/lab/");
    const path = `https://journal.example/lab/charts/${it.id}`;
    expect(html).toContain(`media="(prefers-color-scheme: dark)" srcset="${path}-dark.svg"`);
    expect(html).toContain(`srcset="${path}.svg"`);
    expect(html).toMatch(new RegExp(`<img src="${path}.png" width="720" height="[1-9]\\d\\d" alt="[^"]*\\d[^"]*"`));
    expect(html).toMatch(new RegExp(`<iframe src="${path}.html" title="Interactive chart: [^"]+" [^>]*loading="lazy"`));
    expect(faultOf(`<div>${html.replace(/<(img|source)([^>]*)>/g, "<$1$2/>")}</div>`)).toBeUndefined();
  }
});

test("hostile names stay in the attribute they stand in", () => {
  const name = `"><script>alert('1')</script>\u202e`;
  const html = embed({ ...subject(verdict(ratio(name, "b").atLeast(1))), figure: { ...drawn, title: name } }, "");
  expect(html).not.toContain("<script");
  expect(html).not.toContain("\u202e");
  expect(html.match(/</g)).toHaveLength(7);
  expect(html).toContain("&quot;&gt;&lt;script&gt;");
});

test.each([
  ["", ""],
  [".", ""],
  ["lab", "lab/"],
  ["/lab/", "/lab/"],
  ["../lab", "../lab/"],
  ["https://journal.example", "https://journal.example/"],
  ["HTTP://journal.example:8080/a%20b/", "HTTP://journal.example:8080/a%20b/"],
])("base %j begins everything with %j", (address, base) => expect(baseOf(address)).toBe(base));

test.each([
  "javascript:alert(1)",
  "JavaScript:alert(1)",
  "data:text/html,x",
  "ftp://journal.example",
  "file:///etc",
  "//journal.example",
  "https://",
  "https://me:secret@journal.example/",
  "https://journal.example/?a=b",
  "https://journal.example/#top",
  'lab" onload="x',
  "la b",
  "lab\\..",
  "la\u202eb",
  "java\nscript:alert(1)",
  "x".repeat(3000),
])("base %j is refused", (address) => expect(baseOf(address)).toBeUndefined());
