import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ratio } from "../../../src/model/claim.ts";
import { experiment } from "../../../src/model/experiment.ts";
import type { ExperimentReport } from "../../../src/report/input.ts";
import { writeReport, type Written } from "../../../src/report/write.ts";
import { inputOf, reportOf } from "../../testdata/report/input.ts";
import { climb, post, recordOf, staircase, type Truth } from "../../testdata/report/synthetic.ts";
import { enlivened, missing, open, startBrowser } from "./_chromium.ts";

/** Records that are allowed and that nobody would make: the page appears, lives, and what is odd does nothing. */

const evil = `"'></script><script>alert(1)</script><img src=x onerror=alert(2)>`;
const turned = "\u202eתוצאה\u202c مقياس";
const huge = "m".repeat(1_000_000);
const run = (): number => 0;

const hostile = experiment(post, {
  question: `${evil}?`,
  sweep: { [`${evil}Bytes`]: [1024, 2048, 4096] },
  variants: { [evil]: run, [turned]: run, [huge]: run },
  claims: {},
});
const long = experiment(post, {
  question: "What do a thousand points look like?",
  sweep: { size: Array.from({ length: 1000 }, (_, index) => index + 1) },
  variants: { one: run, two: run },
  claims: { "cache-01": [{ says: "it holds", holds: ratio("two", "one").atLeast(1), at: { size: 1 } }] },
});

const rising: Truth = (variant, { size }) => ({ time: 1e-9 * Number(size) * (variant === "one" ? 1 : 2) });

const plain = reportOf("odd/plain", staircase, climb);
const record = plain.record!;
const host = { ...record.host, id: "cccccccccccc", cpu: evil, label: `${turned}: ${huge}` };

const odd: readonly ExperimentReport[] = [
  {
    ...reportOf("odd/hostile", hostile, (variant) => ({ time: 1e-9 * (1 + (variant.length % 7)) })),
    others: [{ ...recordOf("odd/hostile", hostile, () => ({ time: 2e-9 })), host }],
  },
  { ...reportOf("odd/long", long, rising), record: recordOf("odd/long", long, rising, 2) },
  { ...plain, id: "odd/no-rounds", record: { ...record, rounds: [] } },
  {
    ...plain,
    id: "odd/others",
    others: [
      { ...record, host, rounds: [] },
      { ...record, host: { ...host, id: "dddddddddddd" }, variants: ["nobody knows this one"] },
      { ...record, host: { ...host, id: "eeeeeeeeeeee" }, rounds: null as never },
      { ...record, host: { ...host, id: "ffffffffffff" }, agreement: { agree: false } },
    ],
  },
  {
    ...plain,
    id: "odd/flat",
    record: {
      ...record,
      rounds: record.rounds.map(({ trials }) => ({ trials: trials.map((it) => ({ ...it, readings: { time: [0] } })) })),
    },
  },
  {
    ...plain,
    id: "odd/not-finite",
    record: {
      ...record,
      rounds: record.rounds.map(({ trials }) => ({
        trials: trials.map((it) => ({ ...it, readings: { time: [it.variant === "ordered" ? NaN : 1e-9] } })),
      })),
    },
  },
];

let folder: string;
let browser: Browser;
let written: Written;

describe.skipIf(missing !== undefined)(`odd records in a real browser${missing === undefined ? "" : ` (${missing})`}`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-browser-"));
    const input = inputOf(() => [...odd]);
    const titled = { ...input, posts: input.posts.map((it) => ({ ...it, article: { ...it.article, title: evil + turned + huge } })) };
    [browser, written] = await Promise.all([startBrowser(), writeReport(titled, folder)]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("every one has its place in the page", async () => {
    expect(written.broken).toEqual([{ id: "odd/not-finite", why: "the series holds NaN, which has no rank" }]);
    await using opened = await open(browser, written.page);
    for (const { id } of odd) expect(await opened.page.locator(`#${id.replace("/", "-")}`).count(), id).toBe(1);
    expect(await opened.page.locator("#odd-no-rounds").textContent()).toContain("No numbers yet");
    expect(await opened.page.locator("#odd-not-finite").textContent()).toContain("could not be drawn: the series holds NaN");
  });

  test("names do nothing, wherever they are shown, and no chart breaks", async () => {
    await using opened = await open(browser, written.page);
    const { page } = opened;
    for (const id of ["odd-hostile", "odd-long", "odd-others", "odd-flat"]) {
      const figure = await enlivened(page, id);
      await figure.locator(".stage").focus();
      for (const key of ["ArrowRight", "ArrowDown", "End", "ArrowUp", "Home"]) await page.keyboard.press(key);
      const buttons = figure.locator("button");
      for (let index = 0; index < (await buttons.count()); index++) await buttons.nth(index).click();
    }
    expect(await page.locator("img, iframe").count()).toBe(0);
    expect(await page.evaluate(() => document.scripts.length)).toBe(2 + odd.length - 2);
    expect([opened.complaints, opened.requests]).toEqual([[], []]);
  });

  test("what of other hosts cannot be shown is explained by name", async () => {
    await using opened = await open(browser, written.page);
    const caption = await opened.page.locator("#odd-others figcaption").textContent();
    for (const why of ["none of its readings", "could not be drawn", "its variants disagree"]) expect(caption).toContain(why);
  });

  test("nothing of it scrolls sideways on a phone", async () => {
    await using opened = await open(browser, written.page, { viewport: { width: 360, height: 740 } });
    await enlivened(opened.page, "odd-hostile");
    expect(await opened.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});
