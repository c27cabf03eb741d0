import { describe, expect, test } from "vitest";
import { defaultPrice } from "../../src/model/price.ts";
import type { Drawn } from "../../src/report/input.ts";
import { page } from "../../src/report/page.ts";
import { priceTable } from "../../src/report/page/price.ts";
import { dollars } from "../../src/report/words.ts";
import { assay, temporaryFolder, testdata } from "../cli/_command.ts";
import { climbed, drawn } from "../testdata/report/figures.ts";
import { inputOf, postOf, reportOf } from "../testdata/report/input.ts";
import { orderSizes, permutations, stairs, trade, tradeOff } from "../testdata/report/kinds.ts";
import { climb, estimatesOf } from "../testdata/report/synthetic.ts";

const input = inputOf();
const text = (markup: { readonly text: string } | undefined): string => (markup?.text ?? "").replace(/\s+/g, " ");
const charts = { wide: "", narrow: [] };

function tableOf(definition: typeof permutations, truth: typeof orderSizes, price = input.price): string {
  const report = reportOf("cache-line/permutations", definition, truth);
  const figure = drawn("cache-line/permutations", definition, truth);
  const state: Drawn = { state: "drawn", figure, estimates: estimatesOf(report.record!), charts };
  return text(priceTable(report, state, { ...input, price }));
}

describe("bytes that are held are shown as money", () => {
  test("each variant's bytes, how many there are of them, and what they cost by the GB of 2^30", () => {
    const table = tableOf(permutations, orderSizes);
    expect(table).toContain("a hundred million records held in memory");
    expect(table).toContain("× 100,000,000");
    // 56 B × 10^8 = 5.215 GiB, at $3.20 a GB.
    expect(table).toMatch(
      /declared<\/th> <td class="number">56 B<\/td> <td class="number">5\.22 GiB<\/td> <td class="number"> \$16\.69 <\/td>/,
    );
    expect(table).toContain("A GB is 2³⁰ bytes");
  });

  test("with source and date of the price, and how to set one's own", () => {
    const table = tableOf(permutations, orderSizes);
    expect(table).toContain(
      'that of a kit of two modules on 3 November 2026: <a href="https://shop.example/memory" rel="noreferrer">Price list of memory</a>',
    );
    expect(table).toContain("npx assay report --price-per-gb 4");
    expect(tableOf(permutations, orderSizes, { perGb: 10 })).toContain("was set for this report");
  });

  test("the price of a report whose reader sets none is one that can be looked up", () => {
    const table = tableOf(permutations, orderSizes, defaultPrice);
    expect(table).toContain("at $11.72 a GB");
    expect(table).toContain("that of the cheapest 32 GB DDR5 kit, new, at retail on 4 June 2026: <a href=");
  });

  test("an interval where there is one, at the largest point", () => {
    const swept = {
      ...permutations,
      sweep: { records: [10, 1000], kind: ["a", "b"] },
      metrics: { size: { unit: "bytes", better: "lower" } },
    } as never;
    const table = tableOf(swept, (_, { records }) => ({ size: Number(records) }));
    expect(table).toMatch(/\$\d+ \[\$\d+, \$\d+\]/);
    expect(table).toContain("records = 1,000, kind = b");
    expect(table).not.toContain("records = 10,");
  });

  test("nothing is said where nothing is priced or measured", () => {
    const report = reportOf("cache-line/trade", trade, tradeOff);
    expect(priceTable(report, { state: "empty" }, input)).toBeUndefined();
    expect(text(priceTable(report, { state: "drawn", figure: climbed(), estimates: [], charts }, input))).toBe("");
  });
});

test.each([
  [1234.5, "$1,235"],
  [16.688, "$16.69"],
  [0.42, "$0.42"],
  [0.0042, "$0.0042"],
  [0, "$0"],
  [NaN, "n/a"],
])("%d dollars are %s", (amount, words) => {
  expect(dollars(amount)).toBe(words);
});

describe("the page", () => {
  const stairsReport = reportOf("cache-line/stairs", stairs, climb);
  const pageOf = (caches: boolean): string => {
    const reports = [stairsReport, reportOf("cache-line/trade", trade, tradeOff)].map((it) =>
      caches ? it : { ...it, record: { ...it.record!, host: { ...it.record!.host, caches: [] } } },
    );
    const found = new Map<string, Drawn>([[stairsReport.id, { state: "drawn", figure: climbed(), estimates: [], charts }]]);
    return text({ text: page({ ...input, posts: [postOf(reports)] }, found) });
  };

  test("says below the chart how found steps and reported caches compare", () => {
    expect(pageOf(true)).toContain("Found 44 KiB [32, 52], reported L1 48 KiB.");
  });

  test("says once that a system reports no caches", () => {
    expect(pageOf(false).match(/does not report its caches/g)).toHaveLength(1);
    expect(pageOf(true)).not.toContain("does not report its caches");
  });
});

test.each(["0", "-3", "cheap", "Infinity", "1e400", ""])("--price-per-gb %s is one line and code 2", async (price) => {
  const { code, stdout, stderr } = await assay("report", `--price-per-gb=${price}`, "--benchmarks", testdata("sound"));
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^assay: .*positive number of US dollars.*\n$/);
});

test("--price-per-gb is accepted", async () => {
  using folder = temporaryFolder();
  const { code } = await assay(
    "report",
    "--price-per-gb",
    "3.5",
    "--from",
    folder.path,
    "--out",
    folder.path,
    "--benchmarks",
    testdata("sound"),
  );
  expect(code).toBe(0);
});
