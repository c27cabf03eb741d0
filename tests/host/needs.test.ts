import os from "node:os";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lacking } from "../../src/host/needs.ts";

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
