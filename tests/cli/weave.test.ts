import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { embedCommand } from "../../src/cli/embed.ts";
import { weaveCommand } from "../../src/cli/weave.ts";
import { timedMetrics } from "../../src/model/metric.ts";
import { saveComplete, sign } from "../../src/store/records.ts";
import { recordOf } from "../testdata/record.ts";
import { temporaryFolder, testdata } from "./_command.ts";

const once = [1.0, 1.01, 0.99, 1.0, 1.02].map((time) => time * 1e-9);
const at = { numbers: 1000 };
/** What `tiny/sums` could have measured: twice takes so many times as long as once. */
const sums = (times: number, changes: object = {}) =>
  sign(
    recordOf(
      [
        { variant: "once", point: at, readings: { time: once } },
        { variant: "once", point: at, control: true, readings: { time: once.toReversed() } },
        { variant: "twice", point: at, readings: { time: once.toReversed().map((time) => times * time) } },
      ],
      { experiment: "tiny/sums", metrics: { ...timedMetrics }, ...changes },
    ),
  );

let stdout: string[];
let stderr: string[];
beforeEach(() => {
  [stdout, stderr] = [[], []];
  vi.spyOn(console, "log").mockImplementation((line: string) => void stdout.push(line));
  vi.spyOn(console, "error").mockImplementation((line: string) => void stderr.push(line));
  vi.spyOn(process.stdout, "write").mockImplementation((text) => (stdout.push(String(text)), true));
});
afterEach(() => void vi.restoreAllMocks());

const benchmarks = testdata("sound");
const QUESTION = "tiny/sums ratio(twice, once) at numbers=1_000";
const mark = (says: string, question = QUESTION): string => `<!-- assay: ${question} -->${says}<!-- /assay -->`;

/** A folder with one record, and a post in it. */
async function desk(post: string | Uint8Array, times = 2) {
  const folder = temporaryFolder();
  await saveComplete(folder.path, sums(times));
  const path = join(folder.path, "post.md");
  writeFileSync(path, post);
  const flags = { benchmarks, from: [folder.path] };
  const complaints = (): string[] => stderr.filter((line) => !line.startsWith("note  "));
  return { path, flags, complaints, folder: folder.path, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

test("weave fills, check then finds nothing, and a new record makes it stale with line and column", async () => {
  using it = await desk(`# Post\r\n\r\nIt takes ${mark("")} as long.\r\n`);
  expect(await weaveCommand([it.path], { ...it.flags, check: true })).toBe(1);
  expect(it.complaints()).toEqual([`${it.path}:3:71: says nothing, the record says 2.00×`]);
  expect(readFileSync(it.path, "utf8")).toContain(mark(""));
  expect(await weaveCommand([it.path], it.flags)).toBe(0);
  expect(readFileSync(it.path, "utf8")).toBe(`# Post\r\n\r\nIt takes ${mark("2.00×")} as long.\r\n`);
  expect(await weaveCommand([it.path], { ...it.flags, check: true })).toBe(0);
  await saveComplete(it.folder, sums(3));
  expect(await weaveCommand([it.path], { ...it.flags, check: true })).toBe(1);
  expect(it.complaints().at(-1)).toBe(`${it.path}:3:71: says 2.00×, the record says 3.00×`);
  expect(stdout.at(-1)).toBe(`${it.path}: 1 number, 1 stale; npx assay weave fills them`);
});

test("what cannot be answered is exit code 2 in either way, names its place, and leaves the file as it was", async () => {
  const post = `${mark("1×")} ${mark("9×", "tiny/sums ratio(twice, thrice) at numbers=1000")}\n<!-- assay: tiny/facts value(length, letters) -->`;
  using it = await desk(post);
  for (const check of [false, true]) {
    stderr = [];
    expect(await weaveCommand([it.path], { ...it.flags, check })).toBe(2);
    expect(it.complaints().slice(check ? 1 : 0)).toEqual([
      expect.stringMatching(/:1:115: there is no variant thrice; there are once, twice$/),
      expect.stringMatching(/:2:1: this mark is never closed/),
    ]);
    expect(readFileSync(it.path, "utf8")).toBe(post);
  }
});

test.each([
  ["tiny/facts value(length, letters)", /no record of it was found; measure it with npx assay run tiny\/facts/],
  ["tiny/sum ratio(twice, once)", /there is no experiment tiny\/sum; the nearest names are tiny\/sums/],
  [`${QUESTION} on 000000000000`, /no record of it is of host 000000000000; there are 0123456789ab/],
  ["tiny verdict(tiny-09)", /the post has no claim tiny-09; the nearest names are tiny-0/],
  ["tinny verdict(tiny-01)", /there is no post tinny; the nearest names are tiny/],
  ["tiny/busy verdict(tiny-01)", /tiny\/busy does not read claim tiny-01|no record of it was found/],
  ["tiny/sums verdict(tiny-01) at numbers=7", /no reading of the claim is at this point/],
])("%s says what to do", async (question, problem) => {
  using it = await desk(mark("", question));
  expect(await weaveCommand([it.path], it.flags)).toBe(2);
  expect(it.complaints().join("\n")).toMatch(problem);
});

test("the ruling on a claim is what judging says of the record", async () => {
  using it = await desk(mark("", "tiny/sums verdict(tiny-01)"));
  expect(await weaveCommand([it.path], it.flags)).toBe(0);
  expect(readFileSync(it.path, "utf8")).toBe(mark("reproduced", "tiny/sums verdict(tiny-01)"));
});

test("the first folder that has a record answers, and there the newest", async () => {
  using it = await desk(mark("", `${QUESTION} as number`));
  using other = temporaryFolder();
  const host = { ...sums(1).host, id: "ffffffffffff" };
  await saveComplete(other.path, sums(4, { startedAt: "2026-11-20T12:00:00Z" }));
  await saveComplete(other.path, sums(5, { startedAt: "2026-11-22T12:00:00Z", host }));
  for (const [from, number] of [
    [[it.folder, other.path], "2.00"],
    [[other.path, it.folder], "5.0"],
  ] as const) {
    expect(await weaveCommand([it.path], { benchmarks, from })).toBe(0);
    expect(readFileSync(it.path, "utf8")).toContain(`>${number}<`);
  }
});

test.each([
  ["a folder", (path: string) => (mkdirSync(`${path}.d`), `${path}.d`), /it is a folder/],
  ["no file", (path: string) => `${path}.none`, /there is no such file/],
  ["a binary file", (path: string) => (writeFileSync(path, Uint8Array.of(0xff, 0xfe, 0x00, 0x41)), path), /no text in UTF-8/],
  ["a text with a zero byte", (path: string) => (writeFileSync(path, `${mark("")}\0`), path), /no text in UTF-8/],
  ["a huge file", (path: string) => (writeFileSync(path, mark("").repeat(80_000)), path), /larger than a post can be/],
  ["a device", () => (process.platform === "win32" ? "NUL" : "/dev/zero"), /it is no file|no such file/],
  ["a read-only file", (path: string) => (writeFileSync(path, mark("")), chmodSync(path, 0o444), path), /it is read-only/],
])("%s is one line and exit code 2, and the next post is woven all the same", async (_, prepare, reason) => {
  using it = await desk("");
  const bad = prepare(it.path);
  const before = statSync(bad, { throwIfNoEntry: false })?.isFile() ? readFileSync(bad) : undefined;
  const good = join(it.folder, "good.md");
  writeFileSync(good, mark(""));
  expect(await weaveCommand([bad, good], it.flags)).toBe(2);
  expect(it.complaints()).toEqual([expect.stringMatching(reason)]);
  expect(it.complaints()[0]).not.toContain("\n");
  if (before) expect(readFileSync(bad).equals(before)).toBe(true);
  expect(readFileSync(good, "utf8")).toBe(mark("2.00×"));
});

test.skipIf(process.platform === "win32")("links stay links, permissions stay, and nothing is left beside the post", async () => {
  using it = await desk(`\uFEFF${mark("")}`);
  chmodSync(it.path, 0o640);
  const link = join(it.folder, "link.md");
  symlinkSync(it.path, link);
  expect(await weaveCommand([link], it.flags)).toBe(0);
  expect(readFileSync(it.path, "utf8")).toBe(`\uFEFF${mark("2.00×")}`);
  expect(statSync(it.path).mode & 0o777).toBe(0o640);
  expect(readdirSync(it.folder).toSorted()).toEqual(["link.md", "post.md", "records"]);
});

test("a right post is not written anew, and one without marks says so", async () => {
  using it = await desk(mark("2.00×"));
  const before = statSync(it.path).mtimeMs;
  expect(await weaveCommand([it.path], it.flags)).toBe(0);
  expect(statSync(it.path).mtimeMs).toBe(before);
  writeFileSync(it.path, "no marks");
  await weaveCommand([it.path], it.flags);
  expect(stdout.at(-1)).toBe(`${it.path}: no numbers`);
});

test("a folder of records that is not there, and no post at all, are wrong use", async () => {
  await expect(weaveCommand(["post.md"], { benchmarks, from: ["/nowhere/at/all"] })).rejects.toThrow(/there is no folder/);
  await expect(weaveCommand([], { benchmarks })).rejects.toThrow(/name the posts/);
});

test("embed prints a picture and a frame, with numbers from the record", async () => {
  using it = await desk("");
  expect(await embedCommand("sums", { ...it.flags, baseUrl: "https://journal.example/lab" })).toBe(0);
  const html = stdout.join("");
  expect(html).toContain('src="https://journal.example/lab/charts/tiny/sums.html"');
  expect(html).toMatch(/alt="What does adding twice cost\? twice takes 2\.00 times as long as once at numbers = 1,000, interval /);
});

test.each([
  ["tiny/facts", {}, /tiny\/facts: no record of it was found; measure it with npx assay run tiny\/facts/],
  ["tiny", {}, /one chart at a time; tiny is tiny\//],
  ["nothing-like-it", {}, /nothing is called/],
  ["tiny/sums", { baseUrl: "javascript:alert(1)" }, /--base-url is an address/],
])("embed %s %o is refused in a line", async (pattern, flags, reason) => {
  using it = await desk("");
  await expect(embedCommand(pattern, { ...it.flags, ...flags })).rejects.toThrow(reason);
});
