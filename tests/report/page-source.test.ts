import { describe, expect, test } from "vitest";
import type { ExperimentReport } from "../../src/report/input.ts";
import { page } from "../../src/report/page.ts";
import { html } from "../../src/report/page/markup.ts";
import { listingOf } from "../../src/report/page/source.ts";
import { inputOf, postOf, reportOf, source } from "../testdata/report/input.ts";
import { all } from "../testdata/report/synthetic.ts";

const reports = all.slice(0, 3).map(({ id, definition, truth }) => reportOf(id, definition, truth));
const pageOf = (experiments: readonly ExperimentReport[]): string => page({ ...inputOf(), posts: [postOf(experiments)] }, new Map());

describe("a file that experiments of a post share", () => {
  const walk = { name: "_walk.ts", text: "/** How to walk. */\nexport const walk = 1;\n" };
  const list = { name: "_list.ts", text: "export const list = [];\n" };
  const [first, second, third] = reports;
  const text = pageOf([{ ...first!, companions: [walk] }, { ...second!, companions: [walk, list] }, third!]);

  test("stands once, whole, at the end of the post, and every experiment that uses it leads there", () => {
    expect(text.match(/export const walk = 1;/g)).toHaveLength(1);
    expect(text).toContain("/** How to walk. */\nexport const walk = 1;");
    expect(text.match(/href="#file-cache-line-walk-ts"/g)).toHaveLength(2);
    expect(text.match(/href="#file-cache-line-list-ts"/g)).toHaveLength(1);
    for (const place of ["walk", "list"])
      expect(text.match(new RegExp(`<details class="source" id="file-cache-line-${place}-ts">`, "g"))).toHaveLength(1);
    expect(text.indexOf("Files that these experiments use")).toBeGreaterThan(text.lastIndexOf('<section class="experiment"'));
  });

  test("is spoken of nowhere where there is none", () => {
    expect(pageOf(reports)).not.toMatch(/Files that these experiments use|It uses/);
  });
});

describe("the comment that begins a benchmark", () => {
  test("is told as prose, and the file says so in its place", () => {
    const { rest, whole } = listingOf(source);
    expect(rest).toBe(`/* The comment that begins this file stands above as prose. */${whole.slice(whole.indexOf("*/") + 2)}`);
    const text = pageOf([{ ...reports[0]!, sourceText: source }]);
    expect(text.match(/Two walks visit every slot once/g)).toHaveLength(1);
  });

  test("leaves a file alone that begins with something else", () => {
    const text = "const x = 1; /** later */";
    expect(listingOf(text).rest).toBe(text);
  });
});

describe("what is put into markup", () => {
  const sign = `"'<>&`;

  test("keeps its quotation marks as text and loses them in an attribute", () => {
    expect(html`<p title="${sign}">it’s ${sign}</p>`.text).toBe(`<p title="&quot;&#39;&lt;&gt;&amp;">it’s "'&lt;&gt;&amp;</p>`);
    expect(html`<a title="a > b ${sign}" lang="en">${sign}</a>`.text).toContain('title="a > b &quot;&#39;&lt;&gt;&amp;" lang="en">"');
  });

  test("cannot leave an attribute as markup either", () => {
    expect(html`<p title="${html`${sign}`}"></p>`.text).toBe(`<p title="&quot;'&lt;&gt;&amp;"></p>`);
  });

  test("keeps its own lines, while indentation of the page's is dropped", () => {
    const lines = "a\n  b\n\n    c";
    expect(
      html`<pre>${lines}</pre>
        <p>d</p>`.text,
    ).toBe(`<pre>${lines}</pre>\n<p>d</p>`);
  });
});
