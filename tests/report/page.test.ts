import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { RunRecord } from "../../src/model/record.ts";
import type { ExperimentReport } from "../../src/report/input.ts";
import { page } from "../../src/report/page.ts";
import { ledger } from "../../src/report/page/claim.ts";
import { inline } from "../../src/report/page/markup.ts";
import { badge, shownRulings } from "../../src/report/page/ruling.ts";
import { listingOf } from "../../src/report/page/source.ts";
import { tokens } from "../../src/report/page/tokens.ts";
import { inputOf, postOf, reportOf, source } from "../testdata/report/input.ts";
import { stairs } from "../testdata/report/kinds.ts";
import { post, staircase, climb } from "../testdata/report/synthetic.ts";
import { expectGolden } from "./golden.ts";

const nothing = new Map();

test("the ledger of a post is the golden one", () => {
  const input = inputOf();
  expectGolden("ledger.html", ledger(input.posts[0]!, input).text.replace(/\s+/g, " ").replace(/> </g, ">\n<").trim() + "\n");
});

describe("every claim of the ledger is shown with what its kind demands", () => {
  const input = inputOf();
  const text = page(input, nothing);

  test("measured ones with the post's figure, the ratio, its interval, n, host and experiment", () => {
    expect(text).toContain("the post’s figure: <b>3×</b>");
    expect(text).toContain("measured <b>1.44× [1.41, 1.47], n = 5</b>");
    expect(text).toContain('href="#host-a1b2c3d4e5f6"');
    expect(text).toContain('href="#cache-line-staircase"');
  });

  test("steps in the units of what they lie along", () => {
    const report = reportOf("cache-line/stairs", stairs, climb);
    const measured = { center: 45_056, low: 32_768, high: 53_248, n: 8, level: 0.95 };
    const [first, ...others] = report.verdicts;
    const told = page({ ...input, posts: [postOf([{ ...report, verdicts: [{ ...first!, measured }, ...others] }])] }, nothing);
    expect(told).toContain("measured <b>44 KiB [32, 52], n = 8</b>");
    expect(told).toContain("claimed between 16 KiB and 64 KiB");
    expect(told).toContain("scattered, step 1 along bytes");
  });

  test("those of the listing as from the post's summary", () => {
    expect(text).toContain("from the post’s summary");
  });

  test("cited ones with source and date, argued ones with their sentence", () => {
    expect(text).toContain(
      '<a href="https://vendor.example/manual" rel="noreferrer">Optimization Reference Manual</a>, looked up 2 May 2026',
    );
    expect(text).toContain("No program can ask most programmers");
  });

  test("those that nothing answers as not yet answered", () => {
    const unanswered = page({ ...input, posts: [postOf([])] }, nothing);
    expect(unanswered.match(/No experiment answers this claim yet/g)).toHaveLength(5);
  });

  test("and what chance alone would turn is told", () => {
    expect(text).toContain("Chance alone would turn at most about 0.4 of these 9");
  });
});

test("every ruling has a word and a sign of its own, so that colour is never alone", () => {
  const signs = shownRulings.map((ruling) => badge(ruling).text.replace(/ class="[^"]*"/g, ""));
  expect(new Set(signs).size).toBe(shownRulings.length);
  for (const ruling of shownRulings) expect(badge(ruling).text).toContain(ruling);
});

describe("the page is closed in itself", () => {
  const text = page(inputOf(), nothing);

  test("it names no address but in links that a reader may follow", () => {
    const unlinked = text
      .replace(/<a href="https?:[^"]*"/g, "<a")
      .replaceAll("http://www.w3.org/2000/svg", "")
      .replace(/url\(data:font\/woff;base64,[A-Za-z0-9+/=]+\)/g, "");
    expect(unlinked).not.toMatch(/https?:|\/\/[a-z]+\.|url\(|@import/i);
  });

  test("without a script it holds none, and forbids all that it does not need", () => {
    expect(text).not.toMatch(/<script|<link|<iframe|<form|\son\w+=/i);
    expect(text).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none'; style-src`);
  });

  test("with one, its scripts are those whose hashes it names", () => {
    const script = "document.title = '\u2028'";
    const live = page(inputOf(), nothing, { script });
    const scripts = [...live.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, it]) => it!);
    expect(scripts).toHaveLength(2);
    expect(scripts[1]).toBe(script);
    const named = [...live.matchAll(/'sha256-([^']+)'/g)].map(([, it]) => it);
    expect(named).toEqual(scripts.map((it) => createHash("sha256").update(it).digest("base64")));
    expect(live).not.toMatch(/<link|<iframe|<form|unsafe-inline'[^;]*script/i);
  });
});

describe("the overview", () => {
  const text = page(inputOf(), nothing);

  test("has a mark for every claim, with a sign, that leads to the claim", () => {
    const marks = [...text.matchAll(/<a class="mark \w+" href="#(claim-[^"]+)" title="([^"]+)"/g)];
    const overview = marks.slice(0, Object.keys(post.claims).length);
    expect(overview.map(([, id]) => id)).toEqual(Object.keys(post.claims).map((id) => `claim-${id}`));
    for (const [, id] of marks) expect(text).toContain(`id="${id}"`);
    for (const [, , says] of overview) expect(shownRulings.some((ruling) => says!.startsWith(`${ruling}: `))).toBe(true);
  });

  test("explains every ruling that occurs", () => {
    const explained = text.slice(text.indexOf('class="rulings"'), text.indexOf("</dl>"));
    for (const ruling of ["reproduced", "refuted", "cited", "argued"]) expect(explained).toContain(`</b> ${ruling}`);
  });
});

describe("how a reader could be fooled", () => {
  const report = reportOf("cache-line/staircase", staircase, climb);
  const told = (sourceText: string): string => page({ ...inputOf(), posts: [postOf([{ ...report, sourceText }])] }, nothing);

  test("is what the benchmark's own comment says, a way each, and stands apart from its prose", () => {
    const listing = listingOf(
      "/**\n * What it does.\n *\n * How you could be fooled: by one (see; by the\n * way) thing; by another;\n * and by `a third`.\n *\n * Afterwards.\n */",
    );
    expect(listing.prose).toBe("What it does.\n\nAfterwards.");
    expect(listing.fooled).toEqual(["By one (see; by the way) thing; by another; and by `a third`."]);
    expect(listingOf("/** How you could be fooled: by one (yes); and by two. */").fooled).toEqual(["By one (yes).", "By two."]);
    expect(told("/** How you could be fooled: by <b>this</b>; by that. */")).toContain("<li>By &lt;b&gt;this&lt;/b&gt;.</li>");
  });

  test("is not made up where nothing was drawn", () => {
    expect(told("/** Prose. */")).not.toContain("How you could be fooled");
  });
});

describe("a record's provenance", () => {
  const report = reportOf("cache-line/stairs", stairs, climb);
  const pageOf = (change: Partial<RunRecord>): string =>
    page({ ...inputOf(), posts: [postOf([{ ...report, record: { ...report.record!, ...change } }])] }, nothing).replace(/\s+/g, " ");

  test("says where the trials of a round shared one process, and the page promises no more than holds of both", () => {
    const shared = "the trials of a round shared one process";
    expect(pageOf({ together: true })).toContain(shared);
    expect(pageOf({})).not.toContain(shared);
    for (const text of [pageOf({}), pageOf({ together: true })]) {
      expect(text).toContain("in rounds that have processes of their own");
      expect(text).not.toContain("fresh process");
    }
  });

  test("names the points that the host could not try, for the chart has no room for them", () => {
    const skipped = [1, 2, 3, 4, 5].map((bytes) => ({ point: { bytes: bytes * 1024 }, because: "it needs more" }));
    expect(pageOf({ skipped })).toContain(
      "Not tried on this host: bytes = 1 KiB (it needs more); bytes = 2 KiB (it needs more); bytes = 3 KiB (it needs more); and 2 more",
    );
    const whole = pageOf({ skipped, notTried: "it needs more" });
    expect(whole.match(/Not tried on this host/g)).toHaveLength(1);
  });

  test("and the most memory that a trial had", () => {
    expect(pageOf({ memoryLimit: 2 ** 30 })).toContain("memory limit at most 1 GiB");
  });
});

describe("what strangers write stays text", () => {
  const evil = `"><script>alert('1')</script><img src=x onerror=alert(2)>&amp;\u0000`;
  const report = reportOf("cache-line/staircase", staircase, climb);
  const record = report.record!;
  const hostile: ExperimentReport = {
    ...report,
    sourceText: `/** ${evil} */ const variants = 1; ${evil}`,
    definition: { ...staircase, question: evil },
    failure: evil,
    warnings: [{ kind: "not-steady", variant: evil, point: { [evil]: evil } }],
    verdicts: report.verdicts.map((it) => ({ ...it, says: evil, because: evil })),
    record: {
      ...record,
      commit: evil,
      runtime: evil,
      flags: [evil],
      host: { ...record.host, cpu: evil, os: evil, label: evil },
      failures: [{ phase: "trial", variant: evil, message: evil }],
    },
  };
  const input = {
    ...inputOf(),
    version: evil,
    posts: [
      {
        ...postOf([hostile]),
        folder: evil,
        broken: [{ id: evil, message: evil }],
        article: { ...post, title: evil, url: "javascript:alert(1)", published: evil },
      },
    ],
  };
  const text = page(input, nothing);

  test("no markup of theirs survives", () => {
    expect(text).not.toMatch(/<script|<img|onerror=alert\(2\)>(?!&)|\u0000/);
    expect(text).toContain("&lt;script&gt;");
  });

  test("no address that runs code becomes a link", () => {
    expect(text).not.toContain('href="javascript');
  });

  test("a name of a million letters is shortened", () => {
    const long = {
      ...hostile,
      definition: { ...staircase, question: "q".repeat(1e6) },
      failure: "f".repeat(1e6),
      sourceText: "x".repeat(1e6),
    };
    expect(page({ ...input, posts: [postOf([long])] }, nothing).length).toBeLessThan(500_000);
  });
});

describe("the benchmark file beside its chart", () => {
  const listing = listingOf(source);

  test("its first comment is its prose", () => {
    expect(listing.prose).toMatch(/^Two walks visit every slot once[\s\S]*where it stopped\.$/);
    expect(listingOf("const x = 1; /** later */").prose).toBe("");
  });

  test("its variants are cut out whole, whatever strings and comments hold", () => {
    expect(listing.variants).toMatch(/^variants: \{\n {2}ordered/);
    expect(listing.variants).toMatch(/comment \*\/\n\}$/);
    expect(listingOf("nothing here").variants).toBe("");
  });

  test("colouring loses no character", () => {
    for (const text of [source, "`a ${b}`", "'unclosed", "/* unclosed", "a / b // c", "\u2028é 0x1F_n"]) {
      expect(
        tokens(text)
          .map((it) => it.text)
          .join(""),
      ).toBe(text);
    }
  });
});

test("prose marks code and emphasis, and leaves multiplication alone", () => {
  const words = (text: string): string => inline(text).text;
  expect(words("*Client per task* is `all()` at once")).toBe("<em>Client per task</em> is <code>all()</code> at once");
  expect(words("2 * 3 * 4 and a*b*c")).toBe("2 * 3 * 4 and a*b*c");
  expect(words("*<b>*")).toBe("<em>&lt;b&gt;</em>");
});
