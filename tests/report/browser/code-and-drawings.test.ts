import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeReport } from "../../../src/report/write.ts";
import { source } from "../../testdata/report/input.ts";
import { missing, open, startBrowser } from "./_chromium.ts";
import { input } from "./_hosts.ts";

const companion = { name: "_walk.ts", text: 'export const walk = "in order"; // 2 steps\n' };
const PLACE = "file-cache-line-walk-ts";

let folder: string;
let browser: Browser;
let index: string;

/** Text of the first benchmark file as it is shown, and how many of its words are coloured. */
const shown = (page: Page): Promise<{ text: string; coloured: number }> =>
  page.evaluate(() => {
    const code = document.querySelector("#cache-line-staircase details.source code")!;
    return { text: code.textContent, coloured: code.querySelectorAll("i").length };
  });

describe.skipIf(missing !== undefined)(`code and drawings in a real browser${missing === undefined ? "" : ` (${missing})`}`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-browser-"));
    const posts = input.posts.map((post) => ({
      ...post,
      experiments: post.experiments.map((it) => ({ ...it, companions: [companion] })),
    }));
    [browser, { page: index }] = await Promise.all([startBrowser(), writeReport({ ...input, posts }, folder)]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("code is plain until it is opened, is then coloured, and stays the same text", async () => {
    await using opened = await open(browser, index);
    const { page } = opened;
    const before = await shown(page);
    expect(before.coloured).toBe(0);
    await page.locator("#cache-line-staircase details.source summary").first().click();
    await expect.poll(async () => (await shown(page)).coloured).toBeGreaterThan(5);
    expect((await shown(page)).text).toBe(before.text);
    expect(before.text).toContain(source.slice(source.indexOf("*/") + 2));
    expect([opened.complaints, opened.requests]).toEqual([[], []]);
  });

  test("coloured words can be read on both papers", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await using opened = await open(browser, index, { colorScheme });
      const { page } = opened;
      await page.locator("#cache-line-staircase .compared").scrollIntoViewIfNeeded();
      await page.locator("#cache-line-staircase .compared i.s").first().waitFor();
      const [word, plain] = await page.evaluate(() =>
        ["i.s", "code"].map((it) => getComputedStyle(document.querySelector(`#cache-line-staircase .compared ${it}`)!).color),
      );
      expect(word).not.toBe(plain);
    }
  });

  test("without a script code is plain and whole", async () => {
    await using opened = await open(browser, index, { javaScriptEnabled: false });
    await opened.page.locator("#cache-line-staircase details.source summary").first().click();
    expect(await opened.page.locator("#cache-line-staircase details.source code").innerText()).toContain("scattered");
    expect(await opened.page.locator("pre i").count()).toBe(0);
  });

  test("a link to a file at the end of the post opens it", async () => {
    await using opened = await open(browser, index);
    const { page } = opened;
    const file = page.locator(`#${PLACE}`);
    expect(await file.locator("pre").isVisible()).toBe(false);
    await page.locator("#cache-line-staircase").getByRole("link", { name: "_walk.ts" }).click();
    await file.locator("pre").waitFor();
    expect(await file.locator("pre").textContent()).toBe(companion.text);
    await page.goto(`${page.url().split("#")[0]!}#${PLACE}`);
    await page.reload();
    await file.locator("pre").waitFor();
  });

  test("on a phone without a script a drawing moves in its own box, large enough to be read, and the page does not", async () => {
    await using opened = await open(browser, index, { javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    const sizes = await opened.page.evaluate(() => {
      const boxes = [...document.querySelectorAll<HTMLElement>(".chart")];
      for (const it of boxes) it.scrollIntoView();
      return {
        page: document.documentElement.scrollWidth,
        boxes: boxes.map((it) => ({
          seen: it.clientWidth,
          all: it.scrollWidth,
          drawing: it.firstElementChild!.getBoundingClientRect().width,
        })),
      };
    });
    expect(sizes.page).toBe(360);
    for (const { seen, all, drawing } of sizes.boxes) {
      expect(seen).toBeLessThanOrEqual(360);
      expect(all).toBe(Math.round(drawing));
      // The smallest letters of a drawing have 11 px at a width of 720.
      expect((drawing / 720) * 11).toBeGreaterThanOrEqual(10);
    }
  });

  test("who reaches a drawing by keyboard stands at the live chart that takes its place", async () => {
    await using opened = await open(browser, index);
    const { page } = opened;
    const last = input.posts[0]!.experiments.at(-1)!.id.replace("/", "-");
    await page.locator(`#${last} .chart`).focus();
    await page.locator(`#${last} .stage canvas`).first().waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe("stage");
  });
});
