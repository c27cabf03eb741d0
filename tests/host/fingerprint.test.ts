import os from "node:os";
import fc from "fast-check";
import { expect, test } from "vitest";
import { caches } from "../../src/host/caches.ts";
import { host, memoryClass } from "../../src/host/fingerprint.ts";
import { stolenTime } from "../../src/host/stolen.ts";

const bytes = fc.double({ min: 1, max: 2 ** 50, noNaN: true });

test("memory is rounded to a power of two times 1, 1.25, 1.5 or 1.75", () => {
  fc.assert(
    fc.property(bytes, (memory) => {
      const rounded = memoryClass(memory);
      const mantissa = rounded / 2 ** Math.floor(Math.log2(rounded));
      expect([1, 1.25, 1.5, 1.75]).toContain(mantissa);
      expect(Math.abs(rounded - memory)).toBeLessThanOrEqual(memory / 8);
      expect(memoryClass(rounded)).toBe(rounded);
    }),
  );
});

test("more memory is never a smaller class", () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      expect(memoryClass(Math.max(a, b))).toBeGreaterThanOrEqual(memoryClass(Math.min(a, b)));
    }),
  );
});

test("what the kernel keeps for itself does not make another host", () => {
  const GiB = 2 ** 30;
  expect(memoryClass(8 * GiB)).toBe(8 * GiB);
  expect(memoryClass(7.75 * GiB)).toBe(8 * GiB);
  expect(memoryClass(15.4 * GiB)).toBe(16 * GiB);
  for (const nothing of [0, -1, NaN]) expect(memoryClass(nothing)).toBe(0);
});

test("the same machine has the same fingerprint every time", () => {
  expect(host()).toEqual(host());
  expect(host().id).toMatch(/^[0-9a-f]{12}$/);
  expect(host().cores).toBe(os.availableParallelism());
});

test("a fingerprint tells nothing of whose machine it is", () => {
  const told = JSON.stringify(host()).toLowerCase();
  const words = JSON.stringify(Object.values(host()))
    .toLowerCase()
    .match(/[\w.-]+/g)!;
  const addresses = Object.values(os.networkInterfaces()).flatMap((all) => (all ?? []).flatMap(({ address, mac }) => [address, mac]));
  for (const secret of [os.homedir(), process.cwd(), ...addresses]) if (secret.length > 1) expect(told).not.toContain(secret.toLowerCase());
  // A short name may be part of a word by chance, but no word of its own.
  for (const secret of [os.userInfo().username, os.hostname()]) expect(words).not.toContain(secret.toLowerCase());
  expect(Object.keys(host()).toSorted()).toEqual(["arch", "caches", "cores", "cpu", "id", "memory", "os", "virtual"]);
});

test("caches are listed from the nearest on, each with a size, or not at all", () => {
  const levels = caches();
  expect(levels.map(({ level }) => level)).toEqual(levels.map(({ level }) => level).toSorted((a, b) => a - b));
  for (const { bytes } of levels) expect(bytes).toBeGreaterThan(0);
});

test("stolen time is a number of seconds that never falls, or unknown", () => {
  const before = stolenTime();
  const after = stolenTime();
  if (process.platform !== "linux") expect(before).toBeNull();
  else expect(after).toBeGreaterThanOrEqual(before!);
});
