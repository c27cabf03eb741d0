import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import wabt from "wabt";
import { stridedSum, stridedSumBytes } from "../../src/inputs/strided-sum.ts";

test("the bytes of the kernel are what its text assembles to", async () => {
  const { parseWat } = await wabt();
  const module = parseWat("strided-sum.wat", readFileSync(new URL("../../src/inputs/strided-sum.wat", import.meta.url), "utf8"));
  module.validate();
  expect(Buffer.from(module.toBinary({}).buffer).toString("base64")).toBe(stridedSumBytes);
});

/** The same sum, one number at a time, in arbitrary precision. */
function reference(bytes: ArrayBuffer, start: number, stride: number, count: number, passes: number): bigint {
  const view = new DataView(bytes);
  let sum = 0n;
  for (let number = 0; number < count; number++) sum += view.getBigInt64(start + number * stride, true);
  return BigInt.asIntN(64, sum * BigInt(passes));
}

test("the kernel sums what a loop over the same numbers sums, modulo 2^64, aligned or not", () => {
  const PAGE = 65_536;
  const { memory, sum64 } = stridedSum(PAGE);
  const bytes = new Uint8Array(memory.buffer);
  let word = 1;
  for (let at = 0; at < bytes.length; at++) bytes[at] = (word = Math.imul(word, 1_664_525) + 1_013_904_223) >>> 24;
  const walks = fc
    .record({ start: fc.nat(1000), stride: fc.integer({ min: 1, max: 500 }), count: fc.nat(120), passes: fc.nat(4) })
    .filter(({ start, stride, count }) => start + stride * count + 8 <= PAGE);
  fc.assert(
    fc.property(walks, ({ start, stride, count, passes }) => {
      expect(sum64(start, stride, count, passes)).toBe(reference(memory.buffer, start, stride, count, passes));
    }),
    { numRuns: 500 },
  );
});

test("every remainder of a pass is read", () => {
  const { memory, sum64 } = stridedSum(1024);
  new BigInt64Array(memory.buffer).forEach((_, index, all) => (all[index] = 1n << BigInt(index % 32)));
  for (let count = 0; count <= 33; count++) expect(sum64(0, 8, count, 1)).toBe(reference(memory.buffer, 0, 8, count, 1));
});

test("memory is zeroed and at least as large as was asked for", () => {
  for (const bytes of [0, 1, 65_536, 65_537, 1_000_000]) {
    const { memory, sum64 } = stridedSum(bytes);
    expect(memory.buffer.byteLength).toBeGreaterThanOrEqual(bytes);
    expect(sum64(0, 8, Math.floor(bytes / 8), 1)).toBe(0n);
  }
});

test("reading beyond the memory is refused, not answered", () => {
  const { sum64 } = stridedSum(65_536);
  expect(() => sum64(65_532, 8, 1, 1)).toThrow();
});
