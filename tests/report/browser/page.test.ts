import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeReport } from "../../../src/report/write.ts";
import { enlivened, missing, open, startBrowser } from "./_chromium.ts";
import { input } from "./_hosts.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let folder: string;
let browser: Browser;
let index: string;

describe.skipIf(missing !== undefined)(`in a real browser${missing === undefined ? "" : ` (${missing})`}`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-browser-"));
    [browser, { page: index }] = await Promise.all([startBrowser(), writeReport(input, folder)]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("the page opens from disk without a request or a complaint, and every chart comes to life", async () => {
    await using opened = await open(browser, index);
    for (const { id } of input.posts[0]!.experiments) await enlivened(opened.page, id.replace("/", "-"));
    expect(await opened.page.locator("figure.alive").count()).toBe(input.posts[0]!.experiments.length);
    // Something was painted: a canvas of one colour would compress to next to nothing.
    const sizes = await opened.page.evaluate(() =>
      [...document.querySelectorAll<HTMLCanvasElement>(".stage canvas")].map((it) => it.toDataURL().length),
    );
    for (const size of sizes) expect(size).toBeGreaterThan(5000);
    expect(opened.complaints).toEqual([]);
    expect(opened.requests).toEqual([]);
  });

  test("without a script it is whole: drawings, tables, no dead buttons", async () => {
    await using opened = await open(browser, index, { javaScriptEnabled: false });
    const { page } = opened;
    expect(await page.locator(".chart.wide svg").first().isVisible()).toBe(true);
    expect(await page.locator("button").count()).toBe(0);
    expect(await page.getByText("The numbers").count()).toBe(input.posts[0]!.experiments.length);
  });

  test("a pointer reads value, interval and rounds; leaving hides them", async () => {
    await using opened = await open(browser, index);
    const figure = await enlivened(opened.page, "cache-line-staircase");
    const box = (await figure.locator(".stage").boundingBox())!;
    await opened.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const readout = figure.locator(".readout");
    await readout.waitFor();
    expect(await readout.innerText()).toMatch(
      /(ordered|page by page|scattered).*bytes = [\d.]+ [KM]iB\s+[\d.]+ [nµ]s\s+interval [\d.]+ to [\d.]+ · \d+ rounds/s,
    );
    await opened.page.mouse.move(2, 2);
    expect(await readout.isVisible()).toBe(false);
  });

  test("arrow keys walk along and between series, and say aloud what they find", async () => {
    await using opened = await open(browser, index);
    const figure = await enlivened(opened.page, "cache-line-staircase");
    const aloud = figure.locator("[aria-live]");
    await figure.locator(".stage").focus();
    const press = async (key: string): Promise<string> => {
      await opened.page.keyboard.press(key);
      return (await aloud.textContent()) ?? "";
    };
    const first = await press("ArrowRight");
    const second = await press("ArrowRight");
    const other = await press("ArrowDown");
    const last = await press("End");
    expect(first).toMatch(/^\w+, bytes = [^:]+: .*rounds\.$/);
    expect(second.split(",")[0]).toBe(first.split(",")[0]);
    expect(second).not.toBe(first);
    expect(other.split(",")[0]).not.toBe(second.split(",")[0]);
    expect(other.split(":")[0]!.split(", ")[1]).toBe(second.split(":")[0]!.split(", ")[1]);
    expect(await press("ArrowRight")).toBe(last);
    await press("Escape");
    expect(await figure.locator(".readout").isVisible()).toBe(false);
  });

  test("all of it works by keyboard alone: from chart to chart, legend, hosts and scale", async () => {
    await using opened = await open(browser, index);
    const figure = await enlivened(opened.page, "cache-line-staircase");
    const button = figure.getByRole("button", { name: "ordered" });
    await button.focus();
    await opened.page.keyboard.press("Space");
    expect(await button.getAttribute("aria-pressed")).toBe("false");
    const focused = (): Promise<string> => opened.page.evaluate(() => document.activeElement?.className ?? "");
    for (let tabs = 0; tabs < 12 && (await focused()) !== "stage"; tabs++) await opened.page.keyboard.press("Tab");
    expect(await focused()).toBe("stage");
    await opened.page.keyboard.press("ArrowRight");
    expect(await figure.locator("[aria-live]").textContent()).toMatch(/^page by page/);
  });

  test("the legend hides and shows a series", async () => {
    await using opened = await open(browser, index);
    const figure = await enlivened(opened.page, "cache-line-staircase");
    const before = await picture(opened.page);
    await figure.getByRole("button", { name: "scattered" }).click();
    const without = await picture(opened.page);
    expect(without).not.toBe(before);
    await figure.getByRole("button", { name: "scattered" }).click();
    expect(await picture(opened.page)).toBe(before);
  });

  test("the values turn from one scale to the other and back", async () => {
    await using opened = await open(browser, index);
    const figure = await enlivened(opened.page, "cache-line-staircase");
    const scale = figure.getByRole("group", { name: "Scale of the values" });
    const before = await picture(opened.page);
    const [pressed, free] = [scale.locator("[aria-pressed=true]"), scale.locator("[aria-pressed=false]")];
    const words = await pressed.innerText();
    await free.click();
    expect(await picture(opened.page)).not.toBe(before);
    await scale.getByRole("button", { name: words }).click();
    expect(await picture(opened.page)).toBe(before);
  });

  test("the reference host lies over the reader's from the start, others at choice; each is read by name", async () => {
    await using opened = await open(browser, index);
    const figure = await enlivened(opened.page, "cache-line-staircase");
    const [reference, other] = [
      figure.getByRole("button", { name: "reference host" }),
      figure.getByRole("button", { name: "Another CPU" }),
    ];
    expect(await reference.getAttribute("aria-pressed")).toBe("true");
    expect(await other.getAttribute("aria-pressed")).toBe("false");
    const before = await picture(opened.page);
    await other.click();
    expect(await picture(opened.page)).not.toBe(before);
    await figure.locator(".stage").focus();
    const heard = new Set<string>();
    for (let step = 0; step < 12; step++) {
      await opened.page.keyboard.press("ArrowDown");
      heard.add(((await figure.locator("[aria-live]").textContent()) ?? "").split(",")[0]!);
    }
    const variants = ["ordered", "page by page", "scattered"];
    const whose = ["", " on Another CPU", " on reference host"];
    expect([...heard].toSorted()).toEqual(variants.flatMap((name) => whose.map((host) => name + host)));
  });

  test("dark follows the system, turns at a click, and is remembered", async () => {
    await using opened = await open(browser, index, { colorScheme: "dark" });
    const { page } = opened;
    const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await paper()).toBe("rgb(20, 23, 27)");
    await enlivened(page, "cache-line-staircase");
    const drawn = await picture(page);
    await page.getByRole("button", { name: "light colours" }).click();
    expect(await paper()).toBe("rgb(255, 255, 255)");
    await expect.poll(() => picture(page)).not.toBe(drawn);
    await page.reload();
    expect(await paper()).toBe("rgb(255, 255, 255)");
  });

  test("without storage the choice lasts as long as the page, and nothing fails", async () => {
    await using opened = await open(browser, index);
    const { page, complaints } = opened;
    await page.addInitScript(() =>
      Object.defineProperty(window, "localStorage", {
        get: () => {
          throw new Error("forbidden");
        },
      }),
    );
    await page.reload();
    await page.waitForSelector("html[data-live]", { state: "attached" });
    await page.getByRole("button", { name: "dark colours" }).click();
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(20, 23, 27)");
    expect(complaints).toEqual([]);
  });

  test("360 pixels are enough: nothing scrolls sideways, and panels stand below each other", async () => {
    await using opened = await open(browser, index, { viewport: { width: 360, height: 740 } });
    for (const { id } of input.posts[0]!.experiments) await enlivened(opened.page, id.replace("/", "-"));
    expect(await opened.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    const beyond = await opened.page.evaluate(() =>
      [...document.querySelectorAll(".stage, .controls, .choice")]
        .filter((it) => it.getBoundingClientRect().right > 360.5)
        .map((it) => it.outerHTML.slice(0, 100)),
    );
    expect(beyond).toEqual([]);
  });

  test("on paper charts are drawings again, and no button is left", async () => {
    await using opened = await open(browser, index, { colorScheme: "dark" });
    const figure = await enlivened(opened.page, "cache-line-staircase");
    await opened.page.emulateMedia({ media: "print" });
    expect(await figure.locator(".chart.wide svg").isVisible()).toBe(true);
    expect(await figure.locator(".stage").isVisible()).toBe(false);
    expect(await opened.page.locator("button:visible").count()).toBe(0);
    expect(await opened.page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
  });

  test.each(["light", "dark"] as const)("axe-core finds nothing serious in the %s page, nor in a chart alone", async (colorScheme) => {
    for (const path of [index, join(folder, "charts", "cache-line", "staircase.html")]) {
      await using opened = await open(browser, path, { colorScheme, bypassCSP: true });
      if (path === index) await enlivened(opened.page, "cache-line-staircase");
      await opened.page.addScriptTag({ content: axe });
      const found = await opened.page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
        };
        return (await axe.run()).violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes[0]?.html.slice(0, 200) }));
      });
      expect(found.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
    }
  });

  test("a chart alone fits its frame, whatever its width, and leads to its record's page", async () => {
    await using opened = await open(browser, join(folder, "charts", "cache-line", "staircase.html"), {
      viewport: { width: 420, height: 500 },
    });
    const { page } = opened;
    await page.locator(".stage canvas").first().waitFor();
    for (const width of [420, 900, 320]) {
      await page.setViewportSize({ width, height: 500 });
      await expect
        .poll(() => page.evaluate(() => document.querySelector(".stage canvas")!.getBoundingClientRect().width <= innerWidth))
        .toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    expect(await page.getByRole("link", { name: "How it was measured" }).getAttribute("href")).toBe(
      "../../index.html#cache-line-staircase",
    );
    expect([opened.complaints, opened.requests]).toEqual([[], []]);
  });
});

/** What the first live chart shows. */
const picture = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector<HTMLCanvasElement>("#cache-line-staircase .stage canvas")!.toDataURL());
