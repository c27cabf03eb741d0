import { describe, expect, test } from "vitest";
import type { Duel, DuelRequest } from "../../src/gate/instrument.ts";
import { launcher } from "../../src/measure/launch.ts";

const kernel = (name: string, query: string): string => new URL(`../../src/gate/kernels/${name}.ts${query}`, import.meta.url).href;
const limits = { timeout: 30, memory: 3 * 2 ** 30 };

function duel(instrument: string, asked: Partial<DuelRequest>): Promise<Duel> {
  const files = { base: kernel("loop", "?version=base"), head: kernel("loop", "?version=head") };
  const request: DuelRequest = {
    files,
    variant: "sum",
    point: {},
    flags: { base: [], head: [] },
    seed: 7,
    timing: 0.02,
    warmUp: [0, 0.05],
    window: 0.05,
    ...asked,
  };
  return launcher<DuelRequest, Duel>(new URL(`../../src/gate/${instrument}.ts`, import.meta.url))(
    request,
    [],
    limits,
    new AbortController().signal,
  );
}

describe.each(["duet", "lock-step"])("%s", (instrument) => {
  test.each([
    ["loop", "sum"],
    ["async", "awaits"],
    ["objects", "churn"],
  ])("reads both versions of %s in one replicate", async (name, variant) => {
    const files = { base: kernel(name, "?version=base"), head: kernel(name, "?version=head") };
    const it = await duel(instrument, { files, variant });
    if (it.task !== "duel") throw new Error(it.message);
    expect(it.time.base).toBeGreaterThan(0);
    expect(it.time.head).toBeGreaterThan(0);
    expect(Number.isFinite(it.logRatio)).toBe(true);
    expect(it.blocks).toBeGreaterThanOrEqual(3);
    if (name === "objects") expect(it.bytes!.head).toBeGreaterThan(1_000);
  });

  test("names the side that has no such variant", async () => {
    expect(await duel(instrument, { variant: "product" })).toMatchObject({ task: "failed", message: expect.stringContaining("product") });
  });

  test("names the side whose file is not there", async () => {
    const files = { base: kernel("loop", ""), head: kernel("no-such-kernel", "") };
    expect(await duel(instrument, { files })).toMatchObject({ task: "failed", side: "head" });
  });
});
