import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { layoutOf, type Field, type Scalar } from "../../src/inputs/layout.ts";

const inC: Record<Scalar, string> = {
  bool: "bool",
  int8: "int8_t",
  uint8: "uint8_t",
  int16: "int16_t",
  int32: "int32_t",
  float32: "float",
  int64: "int64_t",
  float64: "double",
  pointer: "void *",
};
const scalars = Object.keys(inC) as Scalar[];
const sizes: Record<Scalar, number> = { bool: 1, int8: 1, uint8: 1, int16: 2, int32: 4, float32: 4, int64: 8, float64: 8, pointer: 8 };

const named = (types: readonly Scalar[]): Field[] => types.map((type, index) => ({ name: `f${index}`, type }));
const records = fc.array(fc.constantFrom(...scalars), { minLength: 1, maxLength: 12 }).map(named);

test("fields and padding together are the record, and nothing overlaps", () => {
  fc.assert(
    fc.property(records, (fields) => {
      const layout = layoutOf(fields);
      expect(layout.fields.reduce((sum, { size }) => sum + size, 0) + layout.padding).toBe(layout.size);
      let end = 0;
      for (const { offset, size, paddingAfter } of layout.fields) {
        expect(offset).toBe(end);
        expect(paddingAfter).toBeGreaterThanOrEqual(0);
        end = offset + size + paddingAfter;
      }
      expect(end).toBe(layout.size);
    }),
  );
});

test("every field is aligned, in every record of an array, and no padding could be spared", () => {
  fc.assert(
    fc.property(records, (fields) => {
      const { fields: placed, size, align } = layoutOf(fields);
      expect(align).toBe(Math.max(...fields.map(({ type }) => sizes[type])));
      expect(size % align).toBe(0);
      placed.forEach(({ type, offset, paddingAfter }, index) => {
        expect(offset % sizes[type]).toBe(0);
        const next = placed[index + 1];
        expect(paddingAfter).toBeLessThan(next ? sizes[next.type] : align);
      });
    }),
  );
});

test("largest fields first waste nothing but the end", () => {
  fc.assert(
    fc.property(records, (fields) => {
      const { fields: placed } = layoutOf(fields.toSorted((a, b) => sizes[b.type] - sizes[a.type]));
      expect(placed.slice(0, -1).every(({ paddingAfter }) => paddingAfter === 0)).toBe(true);
    }),
  );
});

test("the records of the post: 24 bytes as declared, 16 with the number first", () => {
  expect(layoutOf(named(["bool", "int64", "bool"]))).toMatchObject({ size: 24, padding: 14, align: 8 });
  expect(layoutOf(named(["int64", "bool", "bool"]))).toMatchObject({ size: 16, padding: 6, align: 8 });
  expect(layoutOf([])).toEqual({ fields: [], size: 0, align: 1, padding: 0 });
});

const compiler = spawnSync("cc", ["--version"]).status === 0;

test.skipIf(!compiler)("a C compiler places the same fields at the same offsets", () => {
  const all = [...fc.sample(records, { numRuns: 100, seed: 1 }), named(["bool", "int64", "bool"]), named(["int64", "bool", "bool"])];
  const structs = all.map((fields, index) => `struct r${index} { ${fields.map(({ name, type }) => `${inC[type]} ${name};`).join(" ")} };`);
  const prints = all.flatMap((fields, index) => [
    ...fields.map(({ name }) => `printf("%zu ", offsetof(struct r${index}, ${name}));`),
    `printf("%zu %zu\\n", sizeof(struct r${index}), _Alignof(struct r${index}));`,
  ]);
  const folder = mkdtempSync(join(tmpdir(), "assay-layout-"));
  try {
    const source = join(folder, "layout.c");
    const includes = ["stdio", "stddef", "stdint", "stdbool"].map((name) => `#include <${name}.h>`);
    writeFileSync(source, [...includes, ...structs, "int main(void) {", ...prints, "return 0; }"].join("\n"));
    execFileSync("cc", ["-std=c11", "-o", join(folder, "layout"), source]);
    const printed = execFileSync(join(folder, "layout"), { encoding: "utf8" }).trim().split("\n");
    const ours = all.map((fields) => {
      const { fields: placed, size, align } = layoutOf(fields);
      return [...placed.map(({ offset }) => offset), size, align].join(" ");
    });
    expect(printed).toEqual(ours);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
