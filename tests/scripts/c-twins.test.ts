import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compileTwin, experimentFile, runTwin, writeArray } from "../../scripts/c-twins.ts";
import { host } from "../../src/host/fingerprint.ts";
import { seeded } from "../../src/inputs/random.ts";
import type { DefinedExperiment } from "../../src/model/experiment.ts";

const compiler = spawnSync("cc", ["--version"]).status === 0;

test.skipIf(!compiler)("the walk in C and the walk in TypeScript compute the same, within a call and over several", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-twins-test-"));
  try {
    const program = compileTwin(folder);
    const { default: definition } = (await import(experimentFile)) as { default: DefinedExperiment };
    for (const bytes of [16 * 1024, 16 * 1024 ** 2]) {
      const stage = { variant: "dependent", random: seeded(1), window: 0, signal: new AbortController().signal, host: host() };
      const walk = await definition.setup!({ bytes }, stage);
      const here = definition.agree!(() => (definition.variants.dependent as (walk: unknown) => unknown)(walk), { bytes });
      const { sum, time } = runTwin(program, await writeArray(folder, bytes), bytes, 0.001);
      expect(sum).toBe(here);
      expect(time).toBeGreaterThan(0);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
