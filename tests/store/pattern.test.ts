import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { discover, type Catalogue } from "../../src/store/discover.ts";
import { nearestNames, select, UnknownPattern } from "../../src/store/pattern.ts";

const folder = (name: string): string => fileURLToPath(new URL(`../testdata/${name}`, import.meta.url));

let sound: Catalogue;
let broken: Catalogue;
beforeAll(async () => {
  sound = await discover(folder("sound"));
  broken = await discover(folder("broken"));
});

const chosen = (...patterns: string[]): string[] =>
  select(sound, patterns).articles.flatMap(({ experiments }) => experiments.map(({ id }) => id));

const tiny = ["tiny/busy", "tiny/facts", "tiny/slow", "tiny/sums"];

test("no pattern means everything", () => {
  expect(select(sound, [])).toBe(sound);
});

test("a post is named by its folder, its slug or its address, in any case and with or without the last slash", () => {
  for (const name of [
    "tiny",
    "TINY",
    " tiny ",
    "tiny/",
    "a-very-small-post",
    "https://example.org/a-very-small-post/",
    "https://example.org/a-very-small-post",
    "small-post",
  ]) {
    expect(chosen(name), name).toEqual(tiny);
  }
});

test("an experiment is named by its path, its own name or a part of it", () => {
  expect(chosen("tiny/sums")).toEqual(["tiny/sums"]);
  expect(chosen("sums")).toEqual(["tiny/sums"]);
  expect(chosen("sum")).toEqual(["tiny/sums"]);
  expect(chosen("y/fac")).toEqual(["tiny/facts"]);
});

test("a whole name means that name alone, and a post comes before experiments of that name", () => {
  expect(chosen("empty")).toEqual(["known-costs/empty"]);
  // "costs" is part of a folder, and of every path below it.
  expect(chosen("costs").every((id) => id.startsWith("known-costs/"))).toBe(true);
  expect(chosen("costs").length).toBeGreaterThan(3);
});

test("several patterns add up, in the order of the catalogue", () => {
  expect(chosen("empty", "sums", "tiny/facts")).toEqual(["tiny/facts", "tiny/sums", "known-costs/empty"]);
});

test("a file that could not be loaded can be named as well", () => {
  const found = select(broken, ["syntax-error"]);
  expect(found.articles.flatMap((article) => article.broken.map(({ id }) => id))).toEqual(["troubled/syntax-error"]);
  expect(select(broken, ["unreadable"]).broken.map(({ id }) => id)).toEqual(["unreadable"]);
});

test("a pattern that names nothing is refused with the nearest names", () => {
  expect(() => select(sound, ["sumz"])).toThrow(/^nothing is called "sumz"; the nearest names are tiny\/sums, /);
  expect(() => select(sound, ["tiny", "nothing-of-the-kind"])).toThrow(UnknownPattern);
  for (const blank of ["", " ", "/"]) expect(() => select(sound, [blank])).toThrow(UnknownPattern);
  expect(() => select({ articles: [], broken: [] }, ["a"])).toThrow('nothing is called "a"; there is nothing at all');
});

test("nearest names are the three that take the fewest edits", () => {
  expect(nearestNames("pading", ["l1/padding", "l1/field-order", "cpu/latency", "go/clocks"])[0]).toBe("l1/padding");
  expect(nearestNames("a", [])).toEqual([]);
  expect(nearestNames("", ["b", "a"])).toHaveLength(2);
});

test("whatever somebody types is matched or refused in one short line, never anything else", () => {
  const typed = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constantFrom("__proto__", "constructor", "../..", "*", ".*", "(", "\\", "\u001b[2J", "-"),
  );
  fc.assert(
    fc.property(typed, (pattern) => {
      try {
        expect(chosen(pattern).length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(UnknownPattern);
        const { message } = error as Error;
        expect(message.length).toBeLessThan(700);
        expect(message).not.toMatch(/[\u0000-\u001f]/);
      }
    }),
  );
});

test("a megabyte of pattern is refused as quickly and as briefly as a word", () => {
  let message = "";
  try {
    select(sound, ["x".repeat(2 ** 20)]);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toMatch(/^nothing is called "x+…"/);
  expect(message.length).toBeLessThan(300);
});
