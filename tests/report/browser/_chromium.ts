import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Where a Chromium stands: the one that is named, Debian's, and what the runners of other systems come with. */
const places = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
].filter((path) => path !== undefined);

const executablePath = places.find((path) => existsSync(path));

/** Why there is no browser to try pages in; undefined where there is one. Where CI runs the tests there must be one. */
export const missing =
  executablePath !== undefined || process.env["CI"] === "true" ? undefined : "not tried: no Chromium; install it or name it in CHROMIUM";

if (missing !== undefined) console.warn(`the page in a real browser is ${missing}`);

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executablePath ?? places[0]!,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/** A page from disk with all that it complained of and asked for. */
export interface Opened extends AsyncDisposable {
  readonly page: Page;
  /** Errors and warnings of the console, and exceptions. */
  readonly complaints: string[];
  /** Addresses that are neither the file itself nor data in it. */
  readonly requests: string[];
}

export async function open(browser: Browser, path: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const address = pathToFileURL(path).href;
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith("data:")) requests.push(url);
  });
  await page.goto(address);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("html[data-live]", { state: "attached" });
  return { page, complaints, requests, [Symbol.asyncDispose]: () => context.close() };
}

/** Scrolls to the chart of an experiment and waits until it lives. */
export async function enlivened(page: Page, id: string) {
  const figure = page.locator(`#${id} figure`);
  await figure.scrollIntoViewIfNeeded();
  await figure.locator(".stage canvas").first().waitFor();
  return figure;
}
