import { isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { discover, type Catalogue } from "../../src/store/discover.ts";

const folder = (name: string): string => fileURLToPath(new URL(`../testdata/${name}`, import.meta.url));

let broken: Catalogue;
let sound: Catalogue;
beforeAll(async () => {
  broken = await discover(folder("broken"));
  sound = await discover(folder("sound"));
});

const messageOf = (name: string): string | undefined =>
  broken.articles.find(({ folder }) => folder === "troubled")!.broken.find(({ id }) => id === `troubled/${name}`)?.message;

test("the path of a file is the identity of its experiment, and the newest post comes first", () => {
  expect(sound.broken).toEqual([]);
  expect(sound.articles.map(({ folder }) => folder)).toEqual(["tiny", "known-costs"]);
  expect(sound.articles[0]!.experiments.map(({ id }) => id)).toEqual(["tiny/busy", "tiny/facts", "tiny/slow", "tiny/sums"]);
  expect(sound.articles.flatMap(({ broken }) => broken)).toEqual([]);
});

test("files that cannot be loaded are rows with a reason, and the others are found all the same", () => {
  expect(messageOf("syntax-error")).toMatch(/^\w*Error: /);
  expect(messageOf("no-default")).toContain("no default export");
  expect(messageOf("exits-at-import")).toContain("called process.exit(3) while it was being loaded");
  expect(messageOf("misplaced-claim")).toContain("which is no point of the sweep");
  const troubled = broken.articles.find(({ folder }) => folder === "troubled")!;
  expect(troubled.experiments.map(({ id }) => id)).toContain("troubled/healthy");
  for (const { message } of troubled.broken) expect(message).not.toContain("\n");
});

test("an experiment of another post's article is broken", () => {
  expect(messageOf("borrowed-article")).toBe("its article is not the one beside it");
});

test("a name that no record could bear is broken, not lost", () => {
  expect(messageOf("Not_A_Name")).toContain("lower-case letters, digits and hyphens");
});

test("files that begin with an underscore are never loaded", () => {
  const ids = broken.articles.flatMap(({ experiments, broken }) => [...experiments, ...broken].map(({ id }) => id));
  expect(ids.filter((id) => id.includes("_ignored"))).toEqual([]);
});

test("a folder without a usable article is one row", () => {
  const rows = Object.fromEntries(broken.broken.map(({ id, message }) => [id, message]));
  expect(Object.keys(rows).toSorted()).toEqual(["orphans", "unreadable"]);
  expect(rows.orphans).toContain("a file that it needs is missing");
  expect(rows.unreadable).toBe("Error: the ledger is gone");
});

test("a file that ends the process while it is loaded leaves the process able to end", () => {
  expect(process.exit.toString()).not.toContain("while it was being loaded");
});

test("files are named absolutely, however the folder was named", async () => {
  const { articles } = await discover(relative(process.cwd(), folder("sound")));
  for (const { file } of articles.flatMap(({ experiments }) => experiments)) expect(isAbsolute(file)).toBe(true);
});

test("a folder that is not there is an error for the caller", async () => {
  await expect(discover(folder("nowhere"))).rejects.toThrow("ENOENT");
});
