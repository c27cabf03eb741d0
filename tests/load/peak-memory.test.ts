import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { peakMemory } from "../../src/load/peak-memory.ts";

const MIB = 1024 ** 2;
const module = JSON.stringify(new URL("../../src/load/peak-memory.ts", import.meta.url).href);

test("it is what this process holds at least, and grows with it", () => {
  const before = peakMemory();
  expect(before).toBeGreaterThan(10 * MIB);
  const held = new Uint8Array(before + 32 * MIB).fill(1);
  expect(peakMemory()).toBeGreaterThanOrEqual(before + 32 * MIB);
  expect(held.at(-1)).toBe(1);
});

test.skipIf(process.platform !== "linux")("a small process that a large one started reads its own peak", () => {
  const small = `const { peakMemory } = await import(${module}); console.log(peakMemory());`;
  const large = `
    const held = new Uint8Array(${400 * MIB}).fill(1);
    const { execFileSync } = await import("node:child_process");
    process.stdout.write(execFileSync("/bin/sh", ["-c", 'exec "$@"', "sh", process.execPath, "--input-type=module", "-e", ${JSON.stringify(small)}]));
    if (held.at(-1) !== 1) throw new Error();`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", large], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(Number(stdout)).toBeGreaterThan(10 * MIB);
  expect(Number(stdout)).toBeLessThan(300 * MIB);
});
