import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compileTwin, runTwin, taskOf } from "../../scripts/c-twins.ts";
import { inputOf, load, twins } from "../../scripts/c-twins/table.ts";
import { pointsOf } from "../../src/model/sweep.ts";

const compiler = spawnSync("cc", ["--version"]).status === 0;
const cells = twins.flatMap((twin) => twin.points.map((point) => ({ twin, point, name: `${twin.name} at ${JSON.stringify(point)}` })));

test.skipIf(!compiler).each(cells)("$name: C and TypeScript come to the same sum", async ({ twin, point }) => {
  const folder = mkdtempSync(join(tmpdir(), "assay-twins-test-"));
  try {
    const it = await load(twin);
    expect(pointsOf(it.sweep)).toContainEqual(point);
    const input = await inputOf(it, twin.variant, point);
    const results = Array.from({ length: twin.calls(point) }, () => it.variants[twin.variant]!(input) as number | bigint);
    const here = results.reduce((sum: bigint, result) => sum + BigInt(result), 0n);
    // The walks count in 32 bits, and each result is signed here and unsigned there.
    const bits = results.every((result) => typeof result === "bigint") ? 64 : 32;

    const task = await taskOf(folder, twin, point);
    for (const how of ["without SIMD", "with SIMD"] as const) {
      const { sum, time } = runTwin(compileTwin(folder, twin, how), task, 0.001, 2);
      expect(BigInt.asUintN(bits, sum)).toBe(BigInt.asUintN(bits, here));
      expect(time).toBeGreaterThan(0);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
