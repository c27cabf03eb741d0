import os from "node:os";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lacking, lackingAt } from "../../src/host/needs.ts";

const here = fileURLToPath(import.meta.url);

test("what asks for nothing, or for what there is, lacks nothing", () => {
  expect(lacking(undefined, here)).toBeUndefined();
  expect(lacking({}, here)).toBeUndefined();
  const modest = { cores: 1, memory: 1, platforms: [process.platform], packages: ["mitata", "zod", "p-limit"] };
  expect(lacking(modest, here)).toBeUndefined();
});

test("what is lacking is named, with what there is instead", () => {
  const cores = os.availableParallelism();
  expect(lacking({ cores: cores + 1 }, here)).toBe(`it needs ${cores + 1} cores and this host offers ${cores}`);
  expect(lacking({ memory: 2 ** 60 }, here)).toMatch(/^it needs 1099511627776 MiB of free memory and this host has \d+ MiB$/);
  expect(lacking({ platforms: ["aix"] }, here)).toBe(`it needs one of aix and this is ${process.platform}`);
  expect(lacking({ packages: ["zod", "no-such-package"] }, here)).toBe("it needs the package no-such-package, which is not installed");
});

test("a package is looked for from the experiment's file, whichever kind of module it is", () => {
  expect(lacking({ packages: ["p-limit"] }, "/p-limit/is/not/here.ts")).toContain("p-limit");
  expect(lacking({ packages: ["p-queue", "tinybench"] }, here)).toBeUndefined();
});

test("a point that asks for more memory than a trial could fill is told apart from those that fit", () => {
  const needs = { memory: ({ bytes }: { readonly [parameter: string]: unknown }) => 2 * (bytes as number) };
  expect(lackingAt(needs, { bytes: 2 ** 20 }, 2 ** 21)).toBeUndefined();
  expect(lackingAt(needs, { bytes: 2 ** 30 }, 1.25 * 2 ** 30)).toBe("it needs 2048 MiB of free memory and this host has 1280 MiB");
  expect(lackingAt({ memory: 1 }, {}, 0), "a need of all points is no point's own").toBeUndefined();
  expect(lackingAt(undefined, {})).toBeUndefined();
});
