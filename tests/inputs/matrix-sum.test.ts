import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import wabt from "wabt";
import { matrixSum, matrixSumBytes } from "../../src/inputs/matrix-sum.ts";

test("the bytes of the kernel are what its text assembles to", async () => {
  const { parseWat } = await wabt();
  const module = parseWat("matrix-sum.wat", readFileSync(new URL("../../src/inputs/matrix-sum.wat", import.meta.url), "utf8"));
  module.validate();
  expect(Buffer.from(module.toBinary({}).buffer).toString("base64")).toBe(matrixSumBytes);
});

test("the kernel sums the numbers that its table names, walk after walk, whatever the count", () => {
  const numbers = fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: 60, maxLength: 60 });
  const asked = fc.record({
    base: fc.nat(10),
    stride: fc.nat(4),
    walks: fc.nat(5),
    table: fc.array(fc.nat(25), { maxLength: 40 }),
  });
  fc.assert(
    fc.property(numbers, asked, (values, { base, stride, walks, table }) => {
      const matrix = matrixSum(60 * 8, 40 * 4);
      new BigInt64Array(matrix.memory.buffer, 0, 60).set(values);
      const at = matrix.table(Int32Array.from(table, (index) => 8 * index));
      let sum = 0n;
      for (let walk = 0; walk < walks; walk++) for (const index of table) sum += values[base + walk * stride + index]!;
      expect(matrix.sumAt(8 * base, 8 * stride, walks, at, table.length)).toBe(BigInt.asIntN(64, sum));
    }),
  );
});

test("tables lie behind the matrix and behind each other", () => {
  const matrix = matrixSum(64, 32);
  expect(matrix.table(Int32Array.of(1, 2, 3))).toBe(64);
  expect(matrix.table(Int32Array.of(4))).toBe(76);
  expect([...new Int32Array(matrix.memory.buffer, 64, 4)]).toEqual([1, 2, 3, 4]);
});
